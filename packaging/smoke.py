"""Run a frozen SDA Desktop without a screen and demand that it works: `python packaging/smoke.py PROGRAM`.

The program does its own self-test: window, training, the trained model, sound files.  Demanded are its last
line, an exit code of 0, and that nothing it wrote looks like a traceback or a missing library.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

SUCCESS = "Self-test passed"
TROUBLE = re.compile(
    r"Traceback \(most recent call last\)|ModuleNotFoundError|ImportError|DLL load failed|Library not loaded|"
    r"error while loading shared libraries|cannot open shared object|Could not load the Qt platform|"
    r"could not find or load the Qt platform|No such file or directory: .*(resources|_internal)|"
    r"QSvgIconEngine|Failed to execute script",
    re.IGNORECASE,
)
PATIENCE_S = 600  # a cold disk and an antivirus that looks at every file


class SmokeError(Exception):
    """The frozen program does not work; the text says what it did."""


def smoke(program: Path, environment: dict[str, str] | None = None) -> str:
    """Run the self-test of a program; returns what it told.  Raises SmokeError."""
    with tempfile.TemporaryDirectory(prefix="smoke test ü ") as folder:
        report = Path(folder) / "report.txt"
        home = Path(folder) / "home"
        inherited = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "SDA_DESKTOP_HOME": str(home)}
        for name in ("PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "VIRTUAL_ENV"):
            inherited.pop(name, None)
        try:
            done = subprocess.run(
                [str(program), "self-test", "--report", str(report)],
                env={**inherited, **(environment or {})},
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=PATIENCE_S,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise SmokeError(f"{program} did not end within {PATIENCE_S} s") from error
        except OSError as error:
            raise SmokeError(f"{program} could not be started: {error}") from error
        # A windowed program on Windows has no standard output: there the report is all there is.
        told = report.read_text(encoding="utf-8") if report.is_file() else ""
        logs = [path.read_text(encoding="utf-8", errors="replace") for path in home.rglob("*.log")]
    said = done.stdout.decode("utf-8", errors="replace")
    judge(done.returncode, told, said + "".join(logs))
    return told


def hear(program: Path, words: str) -> None:
    """Demand that a program prints `words` as its version, for a terminal to show.  Raises SmokeError."""
    try:
        done = subprocess.run(
            [str(program), "--version"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=PATIENCE_S,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        raise SmokeError(f"{program} could not tell its version: {error}") from error
    said = done.stdout.decode("utf-8", errors="replace").strip()
    if done.returncode != 0 or said != words:
        raise SmokeError(f"{program} should have printed {words!r}, and it printed {said!r}")


def judge(code: int, report: str, output: str) -> None:
    """Raise SmokeError unless all is well."""
    everything = f"{report}\n{output}"
    trouble = TROUBLE.search(everything)
    if trouble is not None:
        around = everything[max(0, trouble.start() - 500) : trouble.end() + 2000]
        raise SmokeError(f"it wrote {trouble.group()!r}:\n{around}")
    lines = report.strip().splitlines()
    if code != 0 or not lines or lines[-1] != SUCCESS:
        raise SmokeError(f"exit code {code}, and it said:\n{everything.strip() or '(nothing)'}")


def main(arguments: Sequence[str]) -> int:
    """Test one program; returns the exit code."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print("usage: python packaging/smoke.py PROGRAM", file=sys.stderr)
        return 2
    try:
        print(smoke(Path(arguments[0]).absolute()), end="")
    except SmokeError as error:
        print(f"The smoke test failed: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
