"""How the Windows installer knows that the app is running: a named mutex, which ends with the process."""

from __future__ import annotations

import logging
import sys

_log = logging.getLogger(__name__)

NAME = "SDADesktopRunning"  # as AppMutex in packaging/windows/sda-desktop.iss


def mark_running() -> None:
    """Leave the mark until this process ends; does nothing on other systems, which need none."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateMutexW.restype = ctypes.c_void_p
        if not kernel.CreateMutexW(None, False, NAME):
            _log.warning("The installer will not see that the app runs: error %d", ctypes.get_last_error())


def is_marked() -> bool:
    """Whether some process of this user has left the mark; False on systems that need none."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.WinDLL("kernel32")
        kernel.OpenMutexW.restype = ctypes.c_void_p
        kernel.CloseHandle.argtypes = [ctypes.c_void_p]
        synchronize = 0x00100000  # the right to wait for it, the least that can be asked for
        handle = kernel.OpenMutexW(synchronize, False, NAME)
        if handle:
            kernel.CloseHandle(handle)
        return bool(handle)
    return False
