"""Tells, in the GUI thread and not too often, how a sound that is still being made comes along."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from sda_desktop.ui.streamed_sound import StreamedSound

GROWTH_MS = 80


class Growth(QObject):
    """Watches one sound at a time.  It looks itself, so that the making thread never waits for a signal."""

    grown = Signal()
    ended = Signal()  # once, complete or failed

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._sound: StreamedSound | None = None
        self._seen = 0
        self._timer = QTimer(self)
        self._timer.setInterval(GROWTH_MS)
        self._timer.timeout.connect(self._on_timer_timeout)

    @property
    def sound(self) -> StreamedSound | None:
        """The sound that is watched."""
        return self._sound

    def watch(self, sound: StreamedSound | None) -> None:
        """Watch this one from now on, or none."""
        self._sound = sound
        self._seen = 0 if sound is None else sound.made
        if sound is None:
            self._timer.stop()
        else:
            self._timer.start()

    @Slot()
    def _on_timer_timeout(self) -> None:
        sound = self._sound
        if sound is None:
            self._timer.stop()
            return
        complete = sound.is_complete
        if sound.made != self._seen:
            self._seen = sound.made
            self.grown.emit()
        if complete and sound is self._sound:
            self._timer.stop()
            self.ended.emit()
