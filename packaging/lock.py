"""Write the lock files anew from pyproject.toml: `python packaging/lock.py` (needs uv and a network).

Each lock file holds one exact version per package for every supported system, told apart by markers.
The libraries of a CUDA build of torch are left out: torch's own metadata names their exact versions,
and a CPU build of torch must not bring them.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
RUN_LOCK = CHECKOUT / "packaging" / "requirements.txt"
TEST_LOCK = CHECKOUT / "packaging" / "requirements-test.txt"
PACKAGE_LOCK = CHECKOUT / "packaging" / "requirements-package.txt"
# What must not move to the newest version by itself.
CONSTRAINTS = """\
torch==2.13.0
torchaudio==2.11.0
PySide6-Essentials==6.11.3
"""
CUDA_LIBRARY = re.compile(r"^(nvidia-|cuda-|triton\b)")
HEADER = "# Written by packaging/lock.py from pyproject.toml: change it there.  {purpose}\n"


def compile_lock(*options: str) -> list[str]:
    """Return the pins of pyproject.toml's dependencies, one "name==version ; markers" each, sorted."""
    with tempfile.TemporaryDirectory() as folder:
        constraints = Path(folder) / "constraints.txt"
        constraints.write_text(CONSTRAINTS, encoding="utf-8")
        command = [sys.executable, "-m", "uv", "pip", "compile", "--universal", "--python-version", "3.11"]
        command += ["--fork-strategy", "fewest", "--no-header", "--no-annotate", "--quiet"]
        command += ["--constraint", str(constraints), *options, "pyproject.toml"]
        output = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout
    pins = [line.strip() for line in output.splitlines() if "==" in line]
    return [pin for pin in pins if not CUDA_LIBRARY.match(pin)]


def main() -> None:
    """Write all lock files; those of tests and packaging hold only what the run lock does not."""
    run_pins = compile_lock()
    test_pins = [pin for pin in compile_lock("--extra", "dev") if pin not in run_pins]
    package_pins = [pin for pin in compile_lock("--extra", "package") if pin not in run_pins]
    for path, pins, purpose in (
        (RUN_LOCK, run_pins, "What the app needs."),
        (TEST_LOCK, test_pins, "What tests and checks need on top of requirements.txt."),
        (PACKAGE_LOCK, package_pins, "What freezing the app needs on top of requirements.txt."),
    ):
        path.write_text(
            HEADER.format(purpose=purpose) + "\n".join(pins) + "\n", encoding="utf-8", newline="\n"
        )
        print(f"{path.relative_to(CHECKOUT)}: {len(pins)} packages")


if __name__ == "__main__":
    main()
