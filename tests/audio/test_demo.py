"""The demo sounds: there at once, the same every time, clean, in tune and varied."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from sda_desktop import paths
from sda_desktop.audio.demo import RECIPES, ensure_demo_sounds, render
from sda_desktop.audio.demo_voices import RATE_HZ, note_hz
from sda_desktop.audio.io import probe
from sda_desktop.audio.scan import scan
from sda_desktop.errors import StorageError


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ensure_demo_sounds(tmp_path_factory.mktemp("place") / "demo sounds")


def test_they_are_a_few_dozen_usable_sounds_that_differ(demo: Path) -> None:
    result = scan([demo])
    assert 36 <= len(result.files) <= 45
    assert [file.findings for file in result.files] == [()] * len(result.files)
    assert result.notes == ()
    assert result.model_rate_hz == 44_100
    assert all(0.2 <= file.duration_s <= 3.0 for file in result.files)
    assert all(-6.1 <= file.peak_db <= -0.9 for file in result.files)
    assert all(file.rms_db > -32 for file in result.files)
    kinds = {re.split(r" \d", file.path.stem)[0] for file in result.files}
    assert {"Pluck", "Bell", "Pad", "Wind", "Kick", "Snare", "Hat"} <= kinds


def test_they_are_24_bit_mono_wav(demo: Path) -> None:
    for path in demo.iterdir():
        form = probe(path)
        assert (form.container, form.subtype, form.channels) == ("WAV", "PCM_24", 1)


@pytest.mark.parametrize("name", RECIPES)
def test_each_begins_and_ends_in_silence_without_a_click(name: str) -> None:
    sound = render(name)
    assert abs(sound[0]) < 1e-4
    assert sound[-1] == 0
    assert np.abs(sound[-20:]).max() < 0.01
    assert np.abs(np.diff(sound[:8])).max() < 0.2
    assert abs(sound.mean()) < 2e-3


@pytest.mark.parametrize("name", [name for name in RECIPES if re.search(r" [A-G]\d$", name)])
def test_each_is_in_tune_with_its_name(name: str) -> None:
    ringing = render(name)[4_000:20_000]
    spectrum = np.abs(np.fft.rfft(ringing * np.hanning(len(ringing)), 1 << 18))
    frequency = np.fft.rfftfreq(1 << 18, 1 / RATE_HZ)
    hz = note_hz(name.split()[-1])
    near = (frequency > hz * 0.94) & (frequency < hz * 1.06)
    peak_hz = frequency[near][spectrum[near].argmax()]
    assert 1200 * np.log2(peak_hz / hz) == pytest.approx(0, abs=5)  # cents


def test_the_default_place_is_the_users_data_and_the_sounds_are_the_same_every_time(demo: Path) -> None:
    # What a killed process left beside it is cleared away.
    script = "import os; print(os.getpid())"
    dead = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    leftover = paths.data_dir() / f".tmp-{int(dead.stdout)}-0123abcd"
    leftover.mkdir(parents=True)
    (leftover / "Pluck 01 A2.wav").write_bytes(b"half")

    folder = ensure_demo_sounds()
    assert folder == paths.demo_dir()
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == {
        p.name: p.read_bytes() for p in demo.iterdir()
    }
    assert list(paths.data_dir().iterdir()) == [folder]
    assert len(scan([folder]).usable) == len(RECIPES)


def test_a_second_call_changes_nothing_and_deleted_sounds_come_back(demo: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(demo, tmp_path / "demo"))
    before = {p: p.stat().st_mtime_ns for p in folder.iterdir()}
    ensure_demo_sounds(folder)
    assert {p: p.stat().st_mtime_ns for p in folder.iterdir()} == before
    victim = next(iter(before))
    victim.unlink()
    ensure_demo_sounds(folder)
    assert victim.read_bytes() == (demo / victim.name).read_bytes()


def test_a_place_that_cannot_be_written_is_a_storage_error_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError):
        ensure_demo_sounds(tmp_path / "file" / "demo")
    (tmp_path / "demo").write_bytes(b"a file in the way")
    with pytest.raises(StorageError):
        ensure_demo_sounds(tmp_path / "demo")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["demo", "file"]
