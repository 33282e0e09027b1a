"""Collecting cyclic garbage in the GUI thread only.

Python's collector runs in whichever thread happens to allocate: in a training or an import.  Where it
finds a widget that only Python still held, that widget is destroyed in the wrong thread, and the process
dies.  So the automatic collector is off while the window lives, and a timer does its work.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

EVERY_MS = 500


class GuiCollector(QObject):
    """From its making until `close`, garbage is collected in the thread that made it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._closed = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()

    def close(self) -> None:
        """Give the work back to Python."""
        self._closed = True
        self._timer.stop()
        if self._was_enabled:
            gc.enable()

    def pause(self) -> None:
        """Call before large libraries are imported; `freeze` ends it.

        A full collection meanwhile would go through all that is there of them, which takes 0.2 s.
        """
        self._timer.stop()

    @Slot()
    def freeze(self) -> None:
        """Call when large libraries have just been imported: what exists now is never looked at again.

        Without it a full collection goes through all of torch, which takes longer than a frame.
        """
        gc.freeze()
        if not self._closed:
            self._timer.start()

    @Slot()
    def _on_timeout(self) -> None:
        # As the automatic collector does: the oldest generation that is due, and the younger ones with it.
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation] > 0:
                gc.collect(generation)
                return
