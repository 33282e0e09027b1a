"""Killed at any moment: nothing saved is lost, and the resumed run is the one that it would have been."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / "benchmarks" / "kill.py"
KILLS = 20


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the script forks")
def test_killed_trainings_lose_nothing_and_resume_exactly(small_corpus: Path, tmp_path: Path) -> None:
    arguments = ["--kills", str(KILLS), "--sounds", str(small_corpus), "--folder", str(tmp_path), "--json"]
    done = subprocess.run(
        [sys.executable, str(SCRIPT), *arguments], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads(done.stdout)
    assert report["kills"] == KILLS
    assert report["resumes"] >= KILLS // 2
    assert report["finished_runs"] >= 1
