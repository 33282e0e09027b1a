"""What a Linux desktop reads of the packages, and the .deb of a program that stands in for the app."""

from __future__ import annotations

import itertools
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import app_icons
import linux_packages
import pytest
from linux_packages import HERE, METAINFO

from sda_desktop import __version__

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux packages are made on Linux")


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def icons(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Drawn once: it takes a second."""
    folder = tmp_path_factory.mktemp("drawn") / "icons"
    app_icons.write_icons(folder)
    return folder


@pytest.fixture
def share(tmp_path: Path, icons: Path) -> Path:
    linux_packages.install_data(tmp_path / "share", icons, __version__)
    return tmp_path / "share"


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="desktop-file-utils is missing")
def test_the_desktop_entry_is_valid(share: Path) -> None:
    done = run("desktop-file-validate", share / "applications" / "sda-desktop.desktop")
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.skipif(shutil.which("appstreamcli") is None, reason="appstream is missing")
def test_the_appstream_file_is_valid(share: Path) -> None:
    done = run("appstreamcli", "validate", "--no-net", "--no-color", share / "metainfo" / METAINFO)
    assert done.returncode == 0, done.stdout
    assert __version__ in (share / "metainfo" / METAINFO).read_text(encoding="utf-8")


def test_every_icon_that_is_named_is_there(share: Path) -> None:
    for size in ("16x16", "48x48", "256x256"):
        assert (share / "icons/hicolor" / size / "apps/sda-desktop.png").is_file()
    assert (share / "icons/hicolor/scalable/apps/sda-desktop.svg").is_file()
    assert (share / "icons/hicolor/48x48/mimetypes/application-x-sda-model.png").is_file()


@pytest.mark.skipif(shutil.which("update-mime-database") is None, reason="shared-mime-info is missing")
def test_models_and_runs_have_a_type(share: Path) -> None:
    done = run("update-mime-database", share / "mime")
    assert done.returncode == 0, done.stderr
    globs = (share / "mime" / "globs2").read_text(encoding="utf-8")
    assert "60:application/x-sda-model:*.sda" in globs
    assert "60:application/x-sda-run:run.json" in globs
    entry = (share / "applications" / "sda-desktop.desktop").read_text(encoding="utf-8")
    assert "MimeType=application/x-sda-model;application/x-sda-run;" in entry


def test_the_magic_of_a_model_is_what_the_app_writes(tmp_path: Path) -> None:
    """run.json is the first member, uncompressed header: offset 30 is its name."""
    with zipfile.ZipFile(tmp_path / "like.sda", "w") as archive:
        archive.writestr("run.json", "{}")
    assert (tmp_path / "like.sda").read_bytes()[30:38] == b"run.json"
    assert 'offset="30" value="run.json"' in (HERE / "sda-desktop.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize("script", ["postinst", "postrm", "start.sh"])
def test_the_scripts_are_plain_shell(script: str) -> None:
    assert run("sh", "-n", HERE / script).returncode == 0
    assert (HERE / script).stat().st_mode & 0o111


def stand_in(folder: Path) -> Path:
    """A frozen folder of one real program that needs only the C library."""
    bundle = folder / "sda-desktop"
    (bundle / "_internal" / "resources" / "licenses").mkdir(parents=True)
    shutil.copy2("/bin/true", bundle / "sda-desktop")
    (bundle / "_internal" / "zu Hause.txt").write_text("ü", encoding="utf-8")
    (bundle / "_internal" / "link.txt").symlink_to("zu Hause.txt")
    return folder


@pytest.mark.skipif(shutil.which("dpkg") is None, reason="dpkg is missing")
def test_a_release_is_newer_than_what_came_before_it() -> None:
    versions = ("1.1.9", "1.2.0.dev4", "1.2.0a1", "1.2.0b2", "1.2.0rc1", "1.2.0rc2", "1.2.0", "1.2.0.post1")
    for older, newer in itertools.pairwise(versions):
        pair = [linux_packages.debian_version(version) for version in (older, newer)]
        assert run("dpkg", "--compare-versions", pair[0], "lt", pair[1]).returncode == 0, pair


@pytest.mark.skipif(shutil.which("dpkg-shlibdeps") is None, reason="dpkg-dev is missing")
def test_a_deb_declares_what_it_is_linked_to_and_installs_nothing_strange(
    tmp_path: Path, icons: Path
) -> None:
    dist, out = stand_in(tmp_path / "dist"), tmp_path / "build" / "out"
    out.mkdir(parents=True)
    package = linux_packages.make_deb(dist, icons, out, "1.2.3")

    fields = run("dpkg-deb", "--field", package).stdout
    assert "Package: sda-desktop\n" in fields
    assert "Version: 1.2.3\n" in fields
    assert "libc6 (>= " in fields.partition("Depends: ")[2].partition("\n")[0]
    listed = run("dpkg-deb", "--contents", package).stdout.splitlines()
    owners = {line.split()[1] for line in listed}
    assert owners == {"root/root"}
    paths = {line.split(maxsplit=5)[5] for line in listed}
    assert "./usr/bin/sda-desktop -> ../lib/sda-desktop/sda-desktop" in paths
    assert "./usr/lib/sda-desktop/_internal/zu Hause.txt" in paths
    root = tmp_path / "root"
    assert run("dpkg-deb", "--extract", package, root).returncode == 0
    assert run(root / "usr" / "bin" / "sda-desktop").returncode == 0
    control = tmp_path / "control"
    assert run("dpkg-deb", "--control", package, control).returncode == 0
    assert {path.name for path in control.iterdir()} == {"control", "md5sums", "postinst", "postrm"}
    sums = (control / "md5sums").read_text(encoding="utf-8")
    assert "  usr/lib/sda-desktop/_internal/zu Hause.txt\n" in sums


def test_the_archive_holds_the_same_and_a_script_that_starts_it(tmp_path: Path, icons: Path) -> None:
    dist, out = stand_in(tmp_path / "dist"), tmp_path / "build" / "out"
    out.mkdir(parents=True)
    package = linux_packages.make_archive(dist, icons, out, "1.2.3")
    with tarfile.open(package) as archive:
        assert {member.uid for member in archive} == {0}
    (tmp_path / "un packed").mkdir()
    assert run("tar", "--extract", "--file", package, "--directory", tmp_path / "un packed").returncode == 0
    (unpacked,) = (tmp_path / "un packed").iterdir()
    assert unpacked.name.startswith("sda-desktop-1.2.3-linux-")
    started = run(unpacked / "start.sh", "anything")
    assert (started.returncode, started.stderr) == (0, "")
    assert (unpacked / "share" / "applications" / "sda-desktop.desktop").is_file()
