"""The Linux packages of a frozen app: a .deb for Debian and Ubuntu, a .tar.gz that needs no install."""

from __future__ import annotations

import datetime
import gzip
import hashlib
import os
import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterable
from pathlib import Path

from bundle_rules import PROGRAM
from package_error import PackageError

HERE = Path(__file__).resolve().parent / "linux"
METAINFO = "org.sda_desktop.SDADesktop.metainfo.xml"
MAINTAINER = "The SDA Desktop authors <sda-desktop@localhost>"
# Found by the app while it runs, not by the linker: the sound server's ALSA plugin, what opens folders and
# links, letters to write with.
RECOMMENDS = ("libasound2-plugins", "xdg-utils", "fonts-dejavu-core | fonts-liberation | fonts-noto-core")
SUMMARY = "train a generative model on your own sounds and play it"
DESCRIPTION = """\
 Drop a folder of 5 to 500 of your own sounds on the window, train a model
 on it, hear it learn, and stop when it sounds right. Then play the model:
 a map, sliders, variations, morphs and textures, and drag what you find
 into your DAW. Everything happens on this computer.
"""


def make_deb(dist: Path, icons: Path, out: Path, version: str) -> Path:
    """Write the .deb of the frozen app in `dist` into `out`.  Raises PackageError."""
    bundle = dist / PROGRAM
    architecture = _output(["dpkg", "--print-architecture"]).strip()
    root = out.parent / "deb"
    shutil.rmtree(root, ignore_errors=True)
    library = root / "usr" / "lib" / PROGRAM
    shutil.copytree(bundle, library, symlinks=True)
    program = root / "usr" / "bin" / PROGRAM
    program.parent.mkdir(parents=True)
    program.symlink_to(f"../lib/{PROGRAM}/{PROGRAM}")
    install_data(root / "usr" / "share", icons, version)
    _write_documents(root / "usr" / "share" / "doc" / PROGRAM, bundle, version)
    _set_modes(root)
    control = root / "DEBIAN"
    control.mkdir()
    # The version in the file's name is as people write it: some places do not take a tilde there.
    for script in ("postinst", "postrm"):
        shutil.copyfile(HERE / script, control / script)
        (control / script).chmod(0o755)
    (control / "md5sums").write_text(_md5sums(root), encoding="utf-8")
    (control / "control").write_text(
        f"Package: {PROGRAM}\nVersion: {debian_version(version)}\nArchitecture: {architecture}\n"
        f"Section: sound\nPriority: optional\nMaintainer: {MAINTAINER}\nInstalled-Size: {_kilobytes(root)}\n"
        f"Depends: {', '.join(depends(bundle))}\nRecommends: {', '.join(RECOMMENDS)}\n"
        f"Description: {SUMMARY}\n{DESCRIPTION}",
        encoding="utf-8",
    )
    package = out / f"{PROGRAM}_{version}_{architecture}.deb"
    _output(["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build", str(root), str(package)])
    shutil.rmtree(root)
    return package


def debian_version(version: str) -> str:
    """The version as Debian orders it: only with a tilde is 1.2.0rc1 older than 1.2.0, which updates it."""
    return re.sub(r"(?=(?:a|b|rc)\d)", "~", version.replace(".dev", "~~dev"), count=1)


def make_archive(dist: Path, icons: Path, out: Path, version: str) -> Path:
    """Write the .tar.gz of the frozen app into `out`: the same inside, and a script that starts it."""
    machine = os.uname().machine
    name = f"{PROGRAM}-{version}-linux-{machine}"
    share = out.parent / "share"
    shutil.rmtree(share, ignore_errors=True)
    install_data(share, icons, version)
    package = out / f"{name}.tar.gz"
    partial = package.with_suffix(".part")
    with (
        partial.open("wb") as raw,
        gzip.GzipFile("", "wb", compresslevel=6, fileobj=raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w") as archive,
    ):
        for source, inside in (
            (dist / PROGRAM, PROGRAM),
            (share, "share"),
            (HERE / "start.sh", "start.sh"),
            (HERE / "README.txt", "README.txt"),
        ):
            archive.add(source, f"{name}/{inside}", filter=_plain)
    os.replace(partial, package)
    shutil.rmtree(share)
    return package


def install_data(share: Path, icons: Path, version: str) -> None:
    """Lay out what a desktop reads, below a folder like /usr/share."""
    for source, target in (
        (HERE / f"{PROGRAM}.desktop", share / "applications" / f"{PROGRAM}.desktop"),
        (HERE / f"{PROGRAM}.xml", share / "mime" / "packages" / f"{PROGRAM}.xml"),
        (HERE / METAINFO, share / "metainfo" / METAINFO),
    ):
        target.parent.mkdir(parents=True, exist_ok=True)
        text = source.read_text(encoding="utf-8")
        today = datetime.datetime.now(datetime.UTC).date().isoformat()
        target.write_text(text.replace("@VERSION@", version).replace("@DATE@", today), encoding="utf-8")
    shutil.copytree(icons / "hicolor", share / "icons" / "hicolor", dirs_exist_ok=True)


def depends(bundle: Path) -> list[str]:
    """The Debian packages, with versions, that hold the libraries which the folder's own files are linked to.

    Found by dpkg-shlibdeps from what every library and program in it asks for; it also names the packages
    of those that lie in the folder themselves.
    """
    internal = bundle / "_internal"
    binaries = [path for path in _files(bundle) if _is_elf(path)]
    places = sorted({path.parent for path in binaries})
    work = bundle.parent / "shlibdeps"
    shutil.rmtree(work, ignore_errors=True)
    (work / "debian").mkdir(parents=True)
    (work / "debian" / "control").write_text(
        f"Source: {PROGRAM}\n\nPackage: {PROGRAM}\nArchitecture: any\n", encoding="utf-8"
    )
    command = ["dpkg-shlibdeps", "-O", "--ignore-missing-info", "--warnings=0"]
    command += [f"-l{place}" for place in (internal, *places)]
    found = _output([*command, *map(str, binaries)], cwd=work)
    shutil.rmtree(work)
    line = next((line for line in found.splitlines() if line.startswith("shlibs:Depends=")), "")
    bundled = {package for package, _ in foreign_libraries(bundle)}
    named = (name.strip() for name in line.partition("=")[2].split(","))
    names = sorted(name for name in named if name and re.split(r"[ (|]", name)[0] not in bundled)
    if not names:
        raise PackageError("dpkg-shlibdeps named no packages; what it said stands above.")
    return names


def foreign_libraries(bundle: Path) -> list[tuple[str, Path]]:
    """The system's libraries in the folder: the Debian package that each is of, and its copyright file."""
    found: dict[str, Path] = {}
    for path in sorted((bundle / "_internal").glob("lib*.so*")):
        if path.is_symlink() or path.name.startswith("libpython"):
            continue
        search = subprocess.run(
            ["dpkg-query", "--search", f"*/{path.name}"], capture_output=True, text=True, check=False
        )
        # In the system's own folder: other programs, this one too, may hold a copy.
        packages = re.findall(
            rf"^([a-z0-9.+-]+)(?::\w+)?: (?:/usr)?/lib/[^/]+/{re.escape(path.name)}$",
            search.stdout,
            re.MULTILINE,
        )
        copyrights = [Path("/usr/share/doc") / name / "copyright" for name in packages]
        pairs = [pair for pair in zip(packages, copyrights, strict=True) if pair[1].is_file()]
        if not pairs:
            raise PackageError(f"No Debian package with a licence is known for {path.name}: leave it out.")
        found[pairs[0][0]] = pairs[0][1]
    return sorted(found.items())


def _write_documents(folder: Path, bundle: Path, version: str) -> None:
    """Debian's copyright and changelog files; the components' own licences lie within the program."""
    folder.mkdir(parents=True)
    licence = (HERE.parent.parent / "LICENSE").read_text(encoding="utf-8")
    text = "".join(f" {line}\n" if line.strip() else " .\n" for line in licence.splitlines())
    inside = f"/usr/lib/{PROGRAM}/{(bundle / '_internal/resources/licenses').relative_to(bundle)}"
    (folder / "copyright").write_text(
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
        f"Upstream-Name: SDA Desktop\n"
        f"Comment: the licences of everything that is packed with it are in {inside}\n"
        f"\nFiles: *\nCopyright: the SDA Desktop authors\nLicense: Expat\n{text}",
        encoding="utf-8",
    )
    date = datetime.datetime.now(datetime.UTC).strftime("%a, %d %b %Y %H:%M:%S +0000")
    head = f"{PROGRAM} ({debian_version(version)}) stable; urgency=medium"
    entry = f"{head}\n\n  * Release.\n\n -- {MAINTAINER}  {date}\n"
    with gzip.GzipFile(folder / "changelog.gz", "wb", mtime=0) as packed:
        packed.write(entry.encode())


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Nobody's own user, and modes that let everybody read."""
    member.uid = member.gid = 0
    member.uname = member.gname = "root"
    member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
    return member


def _set_modes(root: Path) -> None:
    for path in (root, *root.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    # Libraries are read, not run.
    for path in (root / "usr" / "lib").rglob("*.so*"):
        if not path.is_symlink():
            path.chmod(0o644)


def _md5sums(root: Path) -> str:
    lines = []
    for path in sorted(_files(root / "usr")):
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
        lines.append(f"{digest}  {path.relative_to(root)}\n")
    return "".join(lines)


def _kilobytes(root: Path) -> int:
    return sum(-(-path.stat().st_size // 1024) for path in _files(root))


def _files(folder: Path) -> Iterable[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _output(command: list[str], cwd: Path | None = None) -> str:
    """What a program says.  Raises PackageError if it fails or is not there."""
    try:
        done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise PackageError(f"{command[0]} is missing: install the package dpkg-dev.") from error
    if done.returncode != 0:
        raise PackageError(f"{command[0]} failed:\n{done.stdout}{done.stderr}")
    return done.stdout
