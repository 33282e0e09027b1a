"""The one place that imports torchaudio, also where its compiled part does not fit the installed torch.

torchaudio's wheels for Linux are linked against CUDA; beside a CPU build of torch the import fails with
OSError.  The functions used here are pure Python and need none of the compiled part, so it is replaced by
an empty stand-in and the import tried again.
"""

from __future__ import annotations

import importlib
import sys
import threading
from types import ModuleType
from typing import Any

_EXTENSION = "torchaudio._extension"

# Two threads that open a model at once must not forget what the other is importing.
_importing = threading.Lock()


def _forget(package: str) -> None:
    # list() first, in one step: other threads go on importing.
    for name in list(sys.modules):
        if name == package or name.startswith(package + "."):
            del sys.modules[name]


def _extension_stand_in() -> ModuleType:
    def pass_through(function: Any) -> Any:  # noqa: ANN401 - a decorator
        return function

    stand_in = ModuleType(_EXTENSION)
    vars(stand_in).update(
        _IS_TORCHAUDIO_EXT_AVAILABLE=False,
        _IS_RIR_AVAILABLE=False,
        fail_if_no_align=pass_through,
        fail_if_no_rir=pass_through,
        lazy_import_sox_ext=pass_through,
    )
    return stand_in


def torchaudio_functional() -> ModuleType:
    """torchaudio.functional.  Raises ImportError where torchaudio is not installed at all."""
    with _importing:
        try:
            return importlib.import_module("torchaudio.functional")
        except OSError:
            _forget("torchaudio")
            sys.modules[_EXTENSION] = _extension_stand_in()
            return importlib.import_module("torchaudio.functional")
