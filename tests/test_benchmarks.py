"""The benchmarks are run by hand; that their names lead somewhere is tested."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "benchmarks"


SCRIPTS = sorted(
    path.name for path in FOLDER.glob("*.py") if "ArgumentParser" in path.read_text(encoding="utf-8")
)


def _bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(FOLDER / "bench.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_without_a_name_the_benchmarks_are_listed_and_all_of_them_take_their_arguments() -> None:
    done = _bench()
    assert done.returncode == 0
    listed = [line.split()[0] for line in done.stdout.partition("names:")[2].splitlines() if line.strip()]
    assert {"quality", "loop", "start", "window", "data", "memory"} <= set(listed)


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_benchmark_tells_what_it_is(script: str) -> None:
    command = [sys.executable, str(FOLDER / script), "--help"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "usage:" in done.stdout


def test_an_unknown_name_is_answered_with_those_there_are() -> None:
    done = _bench("speed")
    assert done.returncode == 2
    assert "no benchmark called speed" in done.stderr
    assert "quality" in done.stderr
