"""`scan` on real and broken files."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from sda_desktop.audio.io import write_wav
from sda_desktop.cli import main

RATE_HZ = 48_000


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Two sound files that are fine, one silent, one that is no sound at all."""
    folder = tmp_path / "sounds"
    folder.mkdir()
    tone = (0.5 * np.sin(np.arange(RATE_HZ) * 0.05)).astype(np.float32)
    write_wav(folder / "tone.wav", tone, RATE_HZ)
    write_wav(folder / "stereo.wav", np.stack([tone[:24_000], 0.5 * tone[:24_000]]), RATE_HZ)
    write_wav(folder / "silent.wav", np.zeros(RATE_HZ, np.float32), RATE_HZ)
    (folder / "broken.wav").write_bytes(b"no sound at all")
    return folder


def test_the_table_lists_every_file_with_its_findings(
    mixed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["scan", str(mixed)]) == 0
    lines = capsys.readouterr().out.splitlines()
    rows = {line.split()[0]: line for line in lines if ".wav" in line.split(" ")[0]}
    assert rows["tone.wav"].split() == ["tone.wav", "1.00", "s", "48000", "1", "24", "-6.0", "-9.0"]
    assert rows["stereo.wav"].split()[3:6] == ["48000", "2", "24"]
    assert "ERROR: " in rows["silent.wav"]
    assert "ERROR: " in rows["broken.wav"]
    assert lines[-1] == "2 usable sounds, 2 left out, 1.50 s in all, model rate 48000 Hz."


def test_json_is_one_object(mixed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", str(mixed), "--json"]) == 0
    out, err = capsys.readouterr()
    result = json.loads(out)
    assert err == ""
    assert result["sources"] == [str(mixed)]
    files = {Path(file["path"]).name: file for file in result["files"]}
    assert files["tone.wav"]["usable"]
    assert files["tone.wav"]["duration_s"] == 1.0
    assert files["stereo.wav"]["channels"] == 2
    assert files["silent.wav"]["peak_db"] is None
    assert [finding["code"] for finding in files["silent.wav"]["findings"]] == ["silent"]
    assert files["broken.wav"]["findings"][0]["is_error"]
    summary = result["summary"]
    assert (summary["files"], summary["usable"], summary["model_rate_hz"]) == (4, 2, RATE_HZ)
    assert summary["findings"]["silent"] == 1


@pytest.mark.parametrize("arguments", [[], ["--json"]])
def test_no_usable_sound_is_exit_code_2(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken.wav").write_bytes(b"no sound at all")
    assert main(["scan", str(tmp_path), *arguments]) == 2
    out, err = capsys.readouterr()
    assert "broken.wav" in out
    assert err.startswith("There is no usable sound here.")
    assert err.count("\n") == 1


def test_files_of_several_sources(mixed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_wav(tmp_path / "other.wav", np.full(4800, 0.1, np.float32), RATE_HZ)
    assert main(["scan", str(tmp_path / "other.wav"), str(mixed / "tone.wav")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[1:3]] == ["other.wav", str(Path("sounds") / "tone.wav")]
