"""Where packaged programs fail: no streams, odd names, other disks, a read-only installation, a full disk."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from app_process import WINDOW, as_nobody, run
from sample_checkpoints import sample_run

import sda_desktop
from sda_desktop import diagnostics, paths
from sda_desktop.generation.archive import write_archive
from sda_desktop.training.checkpoint_manifest import check_seal
from sda_desktop.ui import icons
from sda_desktop.upgrades import FileFormat

NAME = "Zoë's Töne 音"
TINY = (
    *("--epochs", "1", "--channels", "32", "--batch-frames", "88", "--threads", "1"),
    *("--preview-sounds", "1", "--preview-new-sounds", "1"),
)
PACKAGE = Path(sda_desktop.__file__).resolve().parent
NO_STREAMS = """
import sys
sys.stdin = sys.stdout = sys.stderr = sys.__stdin__ = sys.__stdout__ = sys.__stderr__ = None
"""
POSIX_ONLY = pytest.mark.skipif(os.name == "nt", reason="a matter of POSIX")


def log_text(home: Path) -> str:
    return (home / "logs" / "sda-desktop.log").read_text(encoding="utf-8")


# Streams.


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--help"], 0),
        (["models", "list"], 0),
        (["models", "list", "--json"], 0),
        (["models", "delete", "nothing"], 2),
        (["train", "--no-such-option"], 2),
        (["info", "nothing"], 2),
    ],
)
def test_a_command_without_streams_ends_as_usual(arguments: list[str], code: int) -> None:
    ran = run("-c", f"{NO_STREAMS}\nfrom sda_desktop.__main__ import main\nsys.exit(main())", *arguments)
    assert (ran.returncode, ran.stdout, ran.stderr) == (code, "", "")


def test_without_an_input_nobody_is_asked() -> None:
    model = sample_run(name="bells").path
    code = f"{NO_STREAMS}\nfrom sda_desktop.__main__ import main\nsys.exit(main())"
    assert run("-c", code, "models", "delete", "bells").returncode == 2
    assert model.is_dir()


def test_a_training_without_streams(small_corpus: Path, sda_home: Path) -> None:
    code = f"{NO_STREAMS}\nfrom sda_desktop.__main__ import main\nsys.exit(main())"
    assert run("-c", code, "train", small_corpus, *TINY).returncode == 0
    (saved,) = (sda_home / "data" / "runs").iterdir()
    assert list((saved / "checkpoints").glob("*-final"))


def test_the_window_opens_without_streams(sda_home: Path) -> None:
    assert run("-c", NO_STREAMS + WINDOW).returncode == 0
    assert "Window visible" in log_text(sda_home)
    assert "Traceback" not in log_text(sda_home)


@POSIX_ONLY
def test_no_file_gets_the_number_of_a_closed_stream(tmp_path: Path) -> None:
    # What a library in C writes to descriptor 2 must not end in the settings.
    told = tmp_path / "told"
    code = f"""
import os
from sda_desktop.commands.output import prepare_streams
prepare_streams()
with open({str(told)!r}, "w") as file:
    nowhere = os.stat(os.devnull).st_rdev
    file.write(str([os.fstat(number).st_rdev == nowhere for number in range(3)]))
    assert file.fileno() > 2
"""
    closed = ["sh", "-c", 'exec "$0" -c "$1" <&- >&- 2>&-', sys.executable, code]
    assert subprocess.run(closed, timeout=60).returncode == 0
    assert told.read_text() == "[True, True, True]"


# Names and disks.


@pytest.fixture
def other_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on another file system than the temporary one, where there is one."""
    memory = Path("/dev/shm")
    elsewhere = memory.is_dir() and memory.stat().st_dev != tmp_path.stat().st_dev
    with tempfile.TemporaryDirectory(dir=memory if elsewhere else tmp_path) as folder:
        yield Path(folder)


def test_odd_names_everywhere_and_a_home_on_another_disk(
    sonic_pi_sounds: Path, tmp_path: Path, other_disk: Path
) -> None:
    home, sounds, out = other_disk / NAME, tmp_path / NAME / '& "more" %41#', tmp_path / f"out {NAME}"
    if os.name == "nt":
        sounds = tmp_path / NAME / "& more %41#"
    sounds.mkdir(parents=True)
    for name in ("elec_blip", "elec_ping", "elec_plip"):
        shutil.copyfile(sonic_pi_sounds / f"{name}.flac", sounds / f"{name} ü.flac")
    environment = {paths.HOME_VARIABLE: str(home)}
    trained = run("-m", "sda_desktop", "train", sounds, *TINY, environment=environment)
    assert trained.returncode == 0, trained.stderr
    (saved,) = (home / "data" / "runs").iterdir()
    bare = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}  # as a service is started, at worst
    made = run(
        "-m", "sda_desktop", "vary", saved, "elec_blip ü", "--count", "1", "--out", out,
        environment=environment | bare,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    assert f"out {NAME}" in made.stdout
    assert [path.suffix for path in out.iterdir()] == [".wav"]
    model = tmp_path / f"{NAME}.sda"
    exported = run("-m", "sda_desktop", "models", "export", saved, model, environment=environment)
    assert exported.returncode == 0, exported.stderr
    assert model.is_file()
    assert run("-c", WINDOW, environment=environment).returncode == 0
    assert "Traceback" not in log_text(home)


@POSIX_ONLY
@pytest.mark.parametrize(
    "poor",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "C.UTF-8", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii:strict"},
    ],
)
def test_names_are_shown_where_the_system_knows_no_letters_but_english_ones(
    tmp_path: Path, poor: dict[str, str]
) -> None:
    sounds = tmp_path / f"{NAME}…"
    sounds.mkdir()
    soundfile.write(sounds / "ü.wav", np.full(4410, 0.5), 44100)
    plain = run("-m", "sda_desktop", "scan", sounds, environment=poor)
    assert plain.returncode == 0, plain.stderr
    assert "ü.wav" in plain.stdout or "\\xfc.wav" in plain.stdout
    told = run("-m", "sda_desktop", "scan", sounds, "--json", environment=poor)
    assert json.loads(told.stdout)["sources"] == [str(sounds)]
    wrong = run("-m", "sda_desktop", "scan", sounds / "où", environment=poor)
    assert wrong.returncode == 2
    assert "does not exist" in wrong.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take no such names")
def test_names_that_are_no_valid_text_are_written_into_archives(tmp_path: Path) -> None:
    manifest = io.BytesIO()
    write_archive(manifest, FileFormat("marker", 1, "a thing"), {"name": "T\udcf6ne"}, [])
    with zipfile.ZipFile(manifest) as archive:
        facts = json.loads(archive.read("manifest.json"))
    check_seal(facts)
    assert facts["name"] == "T\udcf6ne"
    sample_run(paths.runs_dir() / "T\udcf6ne")
    assert diagnostics.save(tmp_path / "d\udcf6.zip").path.is_file()


# The installation.


def test_a_read_only_installation_in_a_folder_with_an_odd_name(tmp_path: Path) -> None:
    prefix = as_nobody()
    if prefix is None:
        pytest.skip("this interpreter cannot be run by another user than root")
    odd = "(no quotes)" if os.name == "nt" else '(with "quotes")'
    place = Path(tempfile.mkdtemp()) / f"{NAME} {odd} #%41"
    try:
        shutil.copytree(PACKAGE, place / "sda_desktop", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(paths.resources_dir(), place / "resources")
        home = place.parent / "home"
        home.mkdir()
        home.chmod(0o777)
        place.parent.chmod(0o755)
        before = sorted(place.rglob("*"))
        for path in (place, *before):
            path.chmod(0o555 if path.is_dir() else 0o444)
        environment = {"PYTHONPATH": str(place), paths.HOME_VARIABLE: str(home / NAME)}
        done = run("-c", WINDOW, prefix=prefix, environment=environment)
        assert (done.returncode, done.stdout) == (0, ""), done.stderr
        text = log_text(home / NAME)
        assert "Window visible" in text
        assert "WARNING" not in text  # as Qt says it when it does not find a picture
        assert sorted(place.rglob("*")) == before
    finally:
        for path in (place, *place.rglob("*")):
            path.chmod(0o755)
        shutil.rmtree(place.parent)


def test_a_frozen_app_finds_its_resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(paths.resources_dir() / "icons", tmp_path / NAME / "resources" / "icons")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / NAME), raising=False)
    assert paths.resources_dir() == tmp_path / NAME / "resources"
    assert icons._source("close").startswith("<svg")


# The system.


@POSIX_ONLY
@pytest.mark.parametrize("what", ["models", "train", "window"])
def test_a_disk_that_is_full_from_the_start(what: str, small_corpus: Path, sda_home: Path) -> None:
    full = "import resource, sys\nresource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n"
    if what == "window":
        done = run("-c", full + WINDOW)
        assert "NOTICE The disk is full" in done.stdout
        assert done.returncode == 0
    else:
        arguments = ["models", "list"] if what == "models" else ["train", str(small_corpus), "--epochs", "1"]
        code = f"{full}\nfrom sda_desktop.__main__ import main\nsys.exit(main())"
        done = run("-c", code, *arguments)
        assert done.returncode == (0 if what == "models" else 1)
        assert (
            done.stderr.count("\n") == done.stderr.count("The disk is full") == (0 if what == "models" else 1)
        )
    assert "Traceback" not in done.stderr


@POSIX_ONLY
def test_a_real_decimal_comma_reaches_neither_libraries_nor_fields(tmp_path: Path) -> None:
    localedef = shutil.which("localedef")
    if localedef is None or not Path("/usr/share/i18n/locales/de_DE").is_file():
        pytest.skip("no locale with a decimal comma can be made here (Debian package locales)")
    made = tmp_path / "de_DE.UTF-8"
    subprocess.run([localedef, "-i", "de_DE", "-f", "UTF-8", "--no-archive", made], check=True)
    code = """
import ctypes, locale
locale.setlocale(locale.LC_ALL, "")
assert locale.localeconv()["decimal_point"] == ","
from sda_desktop.app import create_app
app = create_app([])
from PySide6.QtCore import QLocale
assert QLocale().toString(1.5) == "1,5", QLocale().name()
assert locale.localeconv()["decimal_point"] == "."
libc = ctypes.CDLL(None)
libc.strtod.restype = ctypes.c_double
assert libc.strtod(b"1.5", None) == 1.5
from sda_desktop.ui.export_form import NumberSpin
spin = NumberSpin("spin", "A number", "s", 0.0, 10.0, 0.1)
for typed in ("1.5 s", "1,5 s"):
    spin.setValue(0)
    spin.lineEdit().setText(typed)
    spin.interpretText()
    assert (spin.value(), spin.text()) == (1.5, "1.5 s"), (typed, spin.value(), spin.text())
from sda_desktop.ui.settings import Settings
settings = Settings()
settings.volume_db = -7.5
assert settings.sync() and Settings().volume_db == -7.5
"""
    done = run("-c", code, environment={"LOCPATH": str(tmp_path), "LC_ALL": "de_DE.UTF-8"})
    assert done.returncode == 0, done.stderr


def test_the_window_opens_where_there_is_no_sound_system(sda_home: Path) -> None:
    missing = """
import importlib.abc, sys
class Missing(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name == "sounddevice":
            raise OSError("PortAudio library not found")
sys.meta_path.insert(0, Missing())
"""
    done = run("-c", missing + WINDOW)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in log_text(sda_home)
