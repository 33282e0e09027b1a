"""The mark by which the Windows installer sees the running app."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sda_desktop.ui import running_mark

INSTALLER = Path(__file__).resolve().parents[2] / "packaging" / "windows" / "sda-desktop.iss"


def test_the_installer_looks_for_the_same_name() -> None:
    assert f"\nAppMutex={running_mark.NAME}\n" in INSTALLER.read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform != "win32", reason="the mark is a Windows mutex")
def test_another_process_sees_the_mark_while_this_one_lives() -> None:
    code = (
        "from sda_desktop.ui import running_mark as m; m.mark_running(); print('there', flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "there\n"
        assert running_mark.is_marked()
        process.communicate("\n", timeout=30)
    assert not running_mark.is_marked()
