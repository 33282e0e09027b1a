"""Importing torchaudio where its compiled part does not fit, while other threads import too."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_PROGRAM = """
import sys, threading, types
from sda_desktop import torchaudio_shim

sys.setswitchinterval(1e-6)
over = threading.Event()

def go_on_importing():
    number = 0
    while not over.is_set():
        number += 1
        sys.modules[f"other_{number}"] = types.ModuleType("other")

found = []
def use():
    found.append(torchaudio_shim.torchaudio_functional())

noise = threading.Thread(target=go_on_importing)
noise.start()
users = [threading.Thread(target=use) for _ in range(8)]
for user in users:
    user.start()
for user in users:
    user.join()
over.set()
noise.join()
print(len(found), len(set(map(id, found))), found[0].WORKS if found else None)
"""


def test_several_threads_get_one_torchaudio_while_others_import(tmp_path: Path) -> None:
    package = tmp_path / "torchaudio"
    extension = package / "_extension"
    extension.mkdir(parents=True)
    (package / "__init__.py").write_text("from . import _extension\n", encoding="utf-8")
    (package / "functional.py").write_text("WORKS = True\n", encoding="utf-8")
    (extension / "__init__.py").write_text("raise OSError('libc10_cuda.so')\n", encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), *sys.path])

    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.stderr == ""
    assert done.stdout.split() == ["8", "1", "True"]
