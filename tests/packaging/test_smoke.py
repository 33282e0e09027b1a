"""The smoke test believes only a success that nothing contradicts."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

import pytest
import smoke

GOOD = "ok  1.0 s  open the window\nSelf-test passed\n"


def test_a_good_run_passes() -> None:
    smoke.judge(0, GOOD, "a warning that means nothing\n")


@pytest.mark.parametrize(
    ("code", "report", "output"),
    [
        (1, GOOD, ""),
        (0, "", GOOD),  # said, but not written
        (0, "ok  1.0 s  open the window\nSelf-test FAILED\n", ""),
        (0, GOOD, "Traceback (most recent call last):\n  File x\n"),
        (0, GOOD, "x: error while loading shared libraries: liby.so.1: cannot open shared object file"),
        (0, GOOD, "ModuleNotFoundError: No module named 'sklearn'"),
        (0, GOOD, 'qt.qpa.plugin: Could not load the Qt platform plugin "xcb" in ""'),
        (-11, "", ""),
    ],
)
def test_everything_else_fails(code: int, report: str, output: str) -> None:
    with pytest.raises(smoke.SmokeError):
        smoke.judge(code, report, output)


def test_a_program_that_cannot_start_is_told(tmp_path: Path) -> None:
    with pytest.raises(smoke.SmokeError, match="could not be started"):
        smoke.smoke(tmp_path / "not-there")


def test_a_program_for_terminals_must_print(tmp_path: Path) -> None:
    smoke.hear(Path(sys.executable), f"Python {platform.python_version()}")
    with pytest.raises(smoke.SmokeError, match="should have printed 'Perl'"):
        smoke.hear(Path(sys.executable), "Perl")
    with pytest.raises(smoke.SmokeError, match="could not tell its version"):
        smoke.hear(tmp_path / "nothing", "")


@pytest.mark.skipif(sys.platform == "win32", reason="a script with a first line that names its interpreter")
def test_a_program_is_asked_for_its_self_test_in_a_home_of_its_own(tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_text(
        f"#!{sys.executable}\n"
        "import os, sys\n"
        "assert sys.argv[1:3] == ['self-test', '--report'] and 'PYTHONPATH' not in os.environ\n"
        "open(sys.argv[3], 'w').write(os.environ['SDA_DESKTOP_HOME'] + '\\nSelf-test passed\\n')\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    home, last = smoke.smoke(program).splitlines()
    assert last == smoke.SUCCESS
    assert Path(home).name == "home"
    assert not Path(home).exists()
