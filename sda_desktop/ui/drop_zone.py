"""The panel before there are sounds: a place to drop them, one clear action, and what was open lately."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sda_desktop.ui import icons, theme

BIG_ICON, SMALL_ICON = 32, 16
MOST_RECENT_SHOWN = 5


class RecentRow(QWidget):
    """One recently opened folder or file: open it again, or forget it."""

    opened = Signal(object)  # Path
    removed = Signal(object)  # Path

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._open = QPushButton()
        self._open.setObjectName("recentOpenButton")
        self._open.setAccessibleName(self.tr("Open {0}").format(path.name))
        self._open.setToolTip(str(path))
        self._open.setIcon(icons.icon("folder", "muted"))
        self._open.setIconSize(QSize(SMALL_ICON, SMALL_ICON))
        self._open.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.set_role(self._open, "row")
        self._open.clicked.connect(self._on_open_clicked)
        remove = QToolButton()
        remove.setObjectName("recentRemoveButton")
        remove.setAccessibleName(self.tr("Remove {0} from this list").format(path.name))
        remove.setToolTip(self.tr("Remove from this list"))
        remove.setIcon(icons.icon("close", "muted"))
        remove.setIconSize(QSize(SMALL_ICON, SMALL_ICON))
        remove.clicked.connect(self._on_remove_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.HALF)
        row.addWidget(self._open, 1)
        row.addWidget(remove)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self._open.width() - SMALL_ICON - 4 * theme.GRID
        words = f"{self._path.name}   {self._path.parent}"
        self._open.setText(
            self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room).replace("&", "&&")
        )

    @Slot()
    def _on_open_clicked(self) -> None:
        self.opened.emit(self._path)

    @Slot()
    def _on_remove_clicked(self) -> None:
        self.removed.emit(self._path)


class DropZone(QWidget):
    """What an empty panel shows."""

    open_folder_requested = Signal()
    demo_requested = Signal()
    recent_opened = Signal(object)  # Path
    recent_removed = Signal(object)  # Path

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dropZone")
        self._active = False
        self._recent: list[RecentRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._target = _Target(self)
        column.addWidget(self._target, 1)
        self._recent_title = QLabel(self.tr("Recent"))
        theme.set_role(self._recent_title, "muted")
        self._recent_title.setContentsMargins(theme.HALF, theme.GRID, 0, theme.HALF)
        column.addWidget(self._recent_title)
        self._recent_column = QVBoxLayout()
        self._recent_column.setSpacing(0)
        column.addLayout(self._recent_column)
        self._target.open_button.clicked.connect(self.open_folder_requested)
        self._target.demo_button.clicked.connect(self.demo_requested)
        self.set_recent([])

    def set_recent(self, recent: Sequence[Path]) -> None:
        """Offer these again, as many as there is room for."""
        for row in self._recent:
            self._recent_column.removeWidget(row)
            row.deleteLater()
        self._recent = [RecentRow(path, self) for path in recent[:MOST_RECENT_SHOWN]]
        for row in self._recent:
            row.opened.connect(self.recent_opened)
            row.removed.connect(self.recent_removed)
            self._recent_column.addWidget(row)
        self._fit()

    def set_active(self, active: bool) -> None:
        """Light up while something that can be dropped hovers over the window."""
        self._target.set_active(active)

    def set_enabled_actions(self, enabled: bool) -> None:
        """Enable or disable everything that would bring in sounds."""
        for widget in (self._target.open_button, self._target.demo_button, *self._recent):
            widget.setEnabled(enabled)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        row_height = max((row.sizeHint().height() for row in self._recent), default=1)
        room = self.height() - self._target.minimumSizeHint().height()
        room -= self._recent_title.sizeHint().height()
        fitting = max(0, room // row_height)
        for position, row in enumerate(self._recent):
            row.setVisible(position < fitting)
        self._recent_title.setVisible(bool(self._recent) and fitting > 0)


class _Target(QWidget):
    """The dashed field with the words and the buttons."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._active = False
        self._sign = QLabel()
        self._sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title = QLabel(self.tr("Drop a folder of sounds here"))
        title.setObjectName("dropZoneTitle")
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title.setWordWrap(True)
        theme.set_role(title, "heading")
        self.open_button = QPushButton(self.tr("Open folder…"))
        self.open_button.setObjectName("openFolderButton")
        self.open_button.setAccessibleName(self.tr("Open a folder of sounds"))
        self.open_button.setIcon(icons.icon("folder-open"))
        self.demo_button = QPushButton(self.tr("or start with the demo sounds"))
        self.demo_button.setObjectName("demoButton")
        self.demo_button.setAccessibleName(self.tr("Start with the demo sounds"))
        theme.set_role(self.demo_button, "link")
        column = QVBoxLayout(self)
        column.setContentsMargins(*[2 * theme.GRID] * 4)
        column.setSpacing(theme.GRID)
        column.addStretch(1)
        for widget in (self._sign, title):
            column.addWidget(widget)
        column.addSpacing(theme.HALF)
        for button in (self.open_button, self.demo_button):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        theme.notifier().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def set_active(self, active: bool) -> None:
        if active != self._active:
            self._active = active
            self._on_theme_changed()

    @Slot()
    def _on_theme_changed(self) -> None:
        color = "accent" if self._active else "muted"
        self._sign.setPixmap(icons.pixmap("sound", BIG_ICON, color, self.devicePixelRatioF()))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme.colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._active:
            painter.setPen(QPen(QColor(colors.accent), 2))
            painter.setBrush(QColor(colors.selection))
        else:
            painter.setPen(QPen(QColor(colors.edge), 1, Qt.PenStyle.DashLine))
            painter.setBrush(QColor(colors.base))
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(frame, theme.GRID, theme.GRID)
        painter.end()


class DropCover(QWidget):
    """Lies over the list while a drag hovers over the window, and says what a drop will do."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("dropCover")
        self._under = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._adds = False
        self.hide()

    def set_active(self, active: bool, adds: bool = False) -> None:
        """Show or hide; adds: the drop will add rather than replace."""
        self._adds = adds
        self.setGeometry(self._under.rect())
        self.raise_()
        self.setVisible(active)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme.colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(colors.selection)
        ground.setAlphaF(0.96)
        painter.setPen(QPen(QColor(colors.accent), 2))
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.GRID, theme.GRID)
        painter.setPen(QColor(colors.text))
        font = self.font()
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        words = self.tr("Drop to add") if self._adds else self.tr("Drop to replace\nHold Shift to add")
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
        painter.end()
