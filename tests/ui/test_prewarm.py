"""Importing the engine ahead of time."""

from __future__ import annotations

import subprocess
import sys
import threading
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from sda_desktop.ui import prewarm
from sda_desktop.ui.prewarm import Prewarmer


def test_the_engine_is_there_afterwards_and_the_thread_is_gone(qtbot: QtBot) -> None:
    prewarmer = Prewarmer()
    with qtbot.waitSignal(prewarmer.finished, timeout=60_000):
        prewarmer.start()
    assert "sda_desktop.training.loop" in sys.modules
    prewarmer.close()


def test_a_missing_engine_is_a_line_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, qtbot: QtBot
) -> None:
    def fail() -> None:
        raise ImportError("no torch")

    monkeypatch.setattr(prewarm, "_libraries", fail)
    prewarmer = Prewarmer()
    with qtbot.waitSignal(prewarmer.finished) as finished:
        prewarmer.start()
    prewarmer.close()
    assert finished.args == [False]
    assert "no torch" in caplog.text


@pytest.mark.skipif(sys.platform == "win32", reason="torch itself does it there")
def test_the_largest_library_is_loaded_before_the_import() -> None:
    code = (
        "import sys\n"
        "from sda_desktop.ui.prewarm import _libraries, _load\n"
        "_load(_libraries())\n"
        "assert 'torch' not in sys.modules\n"
        "import psutil\n"
        "assert any('libtorch_cpu' in m.path for m in psutil.Process().memory_maps())\n"
        "import torch\n"
        "assert float(torch.ones(3).sum()) == 3\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_torchs_libraries_are_found_without_importing_it() -> None:
    code = (
        "import sys\n"
        "from sda_desktop.ui.prewarm import _libraries\n"
        "names = [p.name for p in _libraries()]\n"
        "assert any('torch_cpu' in n for n in names), names\n"
        "assert 'torch' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_nothing_begins_after_the_end(qtbot: QtBot) -> None:
    prewarmer = Prewarmer()
    prewarmer.close()
    with qtbot.assertNotEmitted(prewarmer.finished, wait=50):
        prewarmer.start()
    assert not prewarmer._thread.is_alive()


def test_one_thread_waits_for_the_import_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    began, go_on, order = threading.Event(), threading.Event(), list[str]()

    def import_module(_: str) -> None:
        order.append(threading.current_thread().name)
        began.set()
        assert go_on.wait(20)
        order.append(threading.current_thread().name)

    monkeypatch.setattr(prewarm, "importlib", SimpleNamespace(import_module=import_module))
    threads = [threading.Thread(target=prewarm.import_engine, name=name) for name in ("one", "two")]
    threads[0].start()
    assert began.wait(20)
    threads[1].start()
    go_on.set()
    for thread in threads:
        thread.join(20)
    assert order == ["one", "one", "two", "two"]
