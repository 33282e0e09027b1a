"""The program's entry."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys

import pytest

from sda_desktop import __main__, __version__, cli


def test_it_is_the_command_line_and_costs_neither_qt_nor_torch() -> None:
    code = (
        "import runpy, sys\n"
        "sys.argv = ['sda-desktop', '--version']\n"
        "try:\n"
        "    runpy.run_module('sda_desktop', run_name='__main__', alter_sys=True)\n"
        "except SystemExit as leaving:\n"
        "    assert not leaving.code\n"
        "assert not {'PySide6', 'torch', 'numpy'} & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert __version__ in done.stdout


def test_a_frozen_worker_is_taken_care_of_before_anything_else(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    monkeypatch.setattr(multiprocessing, "freeze_support", lambda: order.append("freeze_support"))

    def command_line() -> int:
        order.append("cli")
        return 7

    monkeypatch.setattr(cli, "main", command_line)
    assert __main__.main() == 7
    assert order == ["freeze_support", "cli"]
