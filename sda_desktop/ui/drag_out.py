"""Dragging sounds out of the window as files, and copying them: a DAW or a file manager takes both."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QPoint, QRect, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QColor, QDrag, QGuiApplication, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from sda_desktop.errors import Cancelled, SdaError
from sda_desktop.generation.dragged_files import DraggedFiles, clean_dragged
from sda_desktop.generation.export_batch import SoundJob
from sda_desktop.ui import icons, theme
from sda_desktop.ui.drops import OWN_MIME, carry_places
from sda_desktop.ui.threads import StoppableThread
from sda_desktop.ui.wording import short_name
from sda_desktop.words import say

# What GNOME's and Xfce's file managers look for when something is pasted.
GNOME_MIME = "x-special/gnome-copied-files"
ICON_SIZE = 16
LONGEST_NAME = 32


def mime_data(files: Sequence[Path]) -> QMimeData:
    """The files as every program expects them: as file URLs."""
    urls = [QUrl.fromLocalFile(str(path)) for path in files]
    data = QMimeData()
    data.setUrls(urls)
    encoded = [bytes(url.toEncoded().data()) for url in urls]
    data.setData(GNOME_MIME, b"\n".join([b"copy", *encoded]))
    data.setData(OWN_MIME, b"1")
    return data


class _MakingThread(StoppableThread):
    ended = Signal(object)  # list[Path], SdaError, or None when cancelled

    def __init__(self, files: DraggedFiles, jobs: Sequence[SoundJob]) -> None:
        super().__init__()
        self._files, self._jobs = files, tuple(jobs)

    def run(self) -> None:
        """Make the files and say how it ended, exactly once."""
        outcome: object = None
        try:
            outcome = self._files.make(self._jobs, self.stop)
        except Cancelled:
            pass
        except SdaError as error:
            outcome = error
        except Exception as error:
            outcome = SdaError(
                say("The sound could not be made into a file."),
                say("Try again; if it happens again, copy the details and report them."),
                "".join(traceback.format_exception(error)),
            )
        self.ended.emit(outcome)
        clean_dragged()


class DragOut(QObject):
    """Makes the files of sounds in a thread, then drags or copies them.

    A widget calls `prepare` when the mouse goes down on a sound and `drag` when it has moved far enough;
    the drag begins as soon as the files are there, if the button is still held.
    """

    busy_changed = Signal(bool)  # files are being made
    dragged = Signal(bool)  # a drag ended: whether another program took the files
    copied = Signal(int)  # so many sounds are on the clipboard
    failed = Signal(object)  # SdaError

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files = DraggedFiles()
        self._thread: _MakingThread | None = None
        self._jobs: tuple[SoundJob, ...] = ()
        self._ready: list[Path] | None = None
        self._source: QWidget | None = None
        self._copying = False

    @property
    def is_busy(self) -> bool:
        """Whether files are being made."""
        return self._thread is not None

    def prepare(self, jobs: Sequence[SoundJob]) -> None:
        """Begin to make the files, so that they are there when the drag begins."""
        same = [_identity(job) for job in jobs] == [_identity(job) for job in self._jobs]
        if not jobs or (same and (self._thread is not None or self._all_there())):
            return
        self.cancel()
        self._jobs = tuple(jobs)
        self._ready = self._files.made(self._jobs)
        if self._ready is not None:
            return
        thread = self._thread = _MakingThread(self._files, self._jobs)
        thread.ended.connect(self._on_thread_ended)
        self.destroyed.connect(thread.stop.set)
        thread.begin()
        self.busy_changed.emit(True)

    def drag(self, source: QWidget, jobs: Sequence[SoundJob]) -> None:
        """Drag the sounds from `source`: now if their files are there, else when they are.

        Call it from a mouseMoveEvent with the left button held; `dragged` or `failed` follows, or nothing
        where the button was let go before the files were made.
        """
        self._copying = False
        self.prepare(jobs)
        if self._thread is None and self._all_there():
            self._start_drag(source)
        elif self._thread is not None:
            self._source = source

    def copy_to_clipboard(self, jobs: Sequence[SoundJob]) -> None:
        """Put the sounds' files on the clipboard; `copied` or `failed` follows."""
        self._source = None
        self.prepare(jobs)
        if self._thread is None and self._all_there():
            self._copy()
        else:
            self._copying = self._thread is not None

    @Slot()
    def cancel(self) -> None:
        """Stop making files; nothing follows."""
        self._source, self._copying, self._jobs, self._ready = None, False, (), None
        if self._thread is not None:
            self._thread.ended.disconnect(self._on_thread_ended)
            self._thread.stop.set()
            # Its files object is still in use there.
            self._files = DraggedFiles()
            self._thread = None
            self.busy_changed.emit(False)

    def _all_there(self) -> bool:
        return self._ready is not None and all(path.exists() for path in self._ready)

    @Slot(object)
    def _on_thread_ended(self, outcome: list[Path] | SdaError | None) -> None:
        self._thread = None
        source, self._source = self._source, None
        copying, self._copying = self._copying, False
        self.busy_changed.emit(False)
        if isinstance(outcome, list):
            self._ready = outcome
            if copying:
                self._copy()
            elif source is not None and QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
                self._start_drag(source)
            return
        self._jobs = ()
        if outcome is not None and (copying or source is not None):
            self.failed.emit(outcome)

    def _start_drag(self, source: QWidget) -> None:
        assert self._ready is not None
        drag = QDrag(source)
        data = mime_data(self._ready)
        carry_places(data, [(job.title, job.place) for job in self._jobs if job.place])
        drag.setMimeData(data)
        drag.setPixmap(_picture(self._ready, source))
        drag.setHotSpot(QPoint(-theme.GRID, -theme.GRID))
        # Nothing but a copy: a file manager that moved the file would leave a DAW without it.
        action = drag.exec(Qt.DropAction.CopyAction)
        self.dragged.emit(action == Qt.DropAction.CopyAction)

    def _copy(self) -> None:
        assert self._ready is not None
        QGuiApplication.clipboard().setMimeData(mime_data(self._ready))
        self.copied.emit(len(self._ready))


def _identity(job: SoundJob) -> object:
    """The same for the same sound under the same name, where that can be told."""
    return (job.key, job.title, job.seed, job.model) if job.key else job


def _picture(files: Sequence[Path], source: QWidget) -> QPixmap:
    """What hangs at the pointer: an icon and the name, or how many there are."""
    words = short_name(files[0].stem, LONGEST_NAME)
    if len(files) > 1:
        words = f"{words} + {len(files) - 1}"
    colors, ratio = theme.colors(), source.devicePixelRatioF()
    height = max(ICON_SIZE, source.fontMetrics().height()) + theme.GRID
    width = source.fontMetrics().horizontalAdvance(words) + ICON_SIZE + 3 * theme.GRID
    made = QPixmap(round(width * ratio), round(height * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(QColor(colors.raised))
    painter = QPainter(made)
    painter.setFont(source.font())
    painter.setPen(QColor(colors.edge))
    painter.drawRect(0, 0, width - 1, height - 1)
    painter.drawPixmap(theme.GRID, (height - ICON_SIZE) // 2, icons.pixmap("sound", ICON_SIZE, None, ratio))
    painter.setPen(QColor(colors.text))
    place = QRect(ICON_SIZE + 2 * theme.GRID, 0, width, height)
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
    painter.end()
    return made
