"""`self-test`: the whole main job in a home of its own, told step by step.

It runs without the modules that the frozen app leaves out: all that it does must work there, too.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import bundle_rules
import without_modules


def test_the_self_test_passes_and_leaves_nothing_behind(tmp_path: Path) -> None:
    home = tmp_path / "home"
    report = tmp_path / "report.txt"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "SDA_DESKTOP_HOME": str(home)}
    done = subprocess.run(
        [
            *(sys.executable, without_modules.__file__, ",".join(bundle_rules.EXCLUDED_MODULES)),
            *("self-test", "--json", "--report", str(report)),
        ],
        env={**environment, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    steps = [json.loads(line) for line in done.stdout.splitlines()]
    assert all(step["passed"] for step in steps)
    assert [step["step"] for step in steps][:3] == ["open the window", "list the demo sounds", "train"]
    assert report.read_text(encoding="utf-8").splitlines()[-1] == "Self-test passed"
    assert not (home / "data" / "runs").exists()
    assert not list(tmp_path.glob("sda-desktop-test-*"))
