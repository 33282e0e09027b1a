"""Keeping the computer awake for as long as a training runs."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wakepy import Mode

_log = logging.getLogger(__name__)


@contextmanager
def keep_awake() -> Iterator[None]:
    """Ask the system not to sleep inside the block.  Where that cannot be had, the log says so.

    Asking may take a moment (it goes over D-Bus on Linux), so it belongs in the training's thread.  The
    screen may still go dark.
    """
    mode = _entered_mode()
    try:
        yield
    finally:
        if mode is not None:
            try:
                mode.__exit__(None, None, None)
            except Exception:
                _log.warning("The request to stay awake could not be taken back", exc_info=True)


def _entered_mode() -> Mode | None:
    """wakepy's mode, entered; None where even asking failed."""
    try:
        from wakepy import keep

        mode = keep.running(on_fail="pass")
        mode.__enter__()
    except Exception:
        # A desktop service that misbehaves must not cost the user the training.
        _log.warning("The computer could not be kept awake", exc_info=True)
        return None
    if mode.active:
        _log.info("The computer is kept awake (%s)", mode.active_method)
    else:
        _log.info("The computer may go to sleep: %s", " ".join(mode.result.get_failure_text().split()))
    return mode
