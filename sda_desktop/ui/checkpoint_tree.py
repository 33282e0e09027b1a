"""The tree of runs and their checkpoints: a model that changes only what changed, and how a row looks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from sda_desktop.ui import icons, theme
from sda_desktop.ui.plot_marks import paint_sample
from sda_desktop.ui.run_entries import Row, RunRows

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
MARK_ROLE = ROW_ROLE + 1  # the sign of a run that is compared in the curves
MARK_WIDTH = 16
AnyIndex = QModelIndex | QPersistentModelIndex
_ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_DELETE_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


def row_of(index: AnyIndex) -> Row | None:
    """The Row at a model index, if there is one."""
    row = index.data(ROW_ROLE) if index.isValid() else None
    return row if isinstance(row, Row) else None


class RunTreeModel(QStandardItemModel):
    """Runs at the top, checkpoints below them, each a Row under ROW_ROLE."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setColumnCount(1)
        self._marks: Mapping[Path, int] = {}

    def set_runs(self, runs: Sequence[RunRows]) -> None:
        """Show these; rows that stay keep their place in the view: selected, expanded, scrolled to."""
        root = self.invisibleRootItem()
        _sync(root, [run.run for run in runs])
        for number, run in enumerate(runs):
            _sync(root.child(number), run.checkpoints)
        self.set_marks(self._marks)

    def set_marks(self, marks: Mapping[Path, int]) -> None:
        """The runs that are compared in the curves, and the sign of each."""
        self._marks = marks
        root = self.invisibleRootItem()
        for item in (root.child(number) for number in range(root.rowCount())):
            row = item.data(ROW_ROLE)
            mark = marks.get(row.path)
            compared = self.tr("{0}, compared in the curves")
            words = row.spoken if mark is None else compared.format(row.spoken)
            if (item.data(MARK_ROLE), item.text()) != (mark, words):
                item.setData(mark, MARK_ROLE)
                item.setText(words)

    def index_of(self, path: Path) -> QModelIndex:
        """Where a run or a checkpoint is; an invalid index if it is not there."""
        root = self.invisibleRootItem()
        for number in range(root.rowCount()):
            run = root.child(number)
            for item in (run, *(run.child(n) for n in range(run.rowCount()))):
                if _path(item) == path:
                    return item.index()
        return QModelIndex()


def _path(item: QStandardItem) -> Path | None:
    row = item.data(ROW_ROLE)
    return row.path if isinstance(row, Row) else None


def _sync(parent: QStandardItem, rows: Sequence[Row]) -> None:
    """Make the children of `parent` be `rows`, touching only what differs."""
    wanted = {row.path for row in rows}
    for number in reversed(range(parent.rowCount())):
        if _path(parent.child(number)) not in wanted:
            parent.removeRow(number)
    for number, row in enumerate(rows):
        if number >= parent.rowCount() or _path(parent.child(number)) != row.path:
            for later in range(number + 1, parent.rowCount()):
                if _path(parent.child(later)) == row.path:
                    parent.removeRow(later)
                    break
            # A list: PySide lets an item given alone be collected at once, leaving an empty row.
            parent.insertRow(number, [_new_item()])
        item = parent.child(number)
        if item.data(ROW_ROLE) != row:
            item.setData(row, ROW_ROLE)
            item.setText(row.spoken)
            item.setToolTip(row.tip)


def _new_item() -> QStandardItem:
    item = QStandardItem()
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    return item


class RowDelegate(QStyledItemDelegate):
    """Two lines: a title with something at its right, and the facts in small type."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        lines = QFontMetrics(option.font).height() + QFontMetrics(theme.small(option.font)).height()
        return QSize(20 * theme.GRID, lines + theme.GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row = row_of(index)
        if row is None:
            return
        colors = theme.colors()
        painter.save()
        painter.setClipRect(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            painter.fillRect(option.rect, QColor(colors.selection if selected else colors.hover))
        area = option.rect.adjusted(theme.HALF, theme.HALF, -theme.GRID, -theme.HALF)
        title_height = QFontMetrics(option.font).height()
        ratio = painter.device().devicePixelRatioF()
        icon = icons.pixmap(row.icon, title_height, row.tone or None, ratio)
        painter.drawPixmap(area.topLeft(), icon)
        words = area.adjusted(title_height + theme.GRID, 0, 0, 0)
        mark = index.data(MARK_ROLE)
        if mark is not None:
            # At the end of the title's line, beside what stands there.
            side = QFontMetrics(theme.tabular(theme.small(option.font))).horizontalAdvance(row.side)
            left = words.right() - side - theme.GRID - MARK_WIDTH
            ground = colors.selection if selected else colors.hover if hovered else colors.base
            place = QRectF(left, words.top(), MARK_WIDTH, title_height)
            paint_sample(painter, place, mark, colors.text, ground)
        self._paint_words(painter, words, option.font, row, 0 if mark is None else MARK_WIDTH + theme.GRID)
        painter.restore()

    def _paint_words(self, painter: QPainter, area: QRect, font: QFont, row: Row, taken: int) -> None:
        """Title and facts.  taken: of the title's room, by the sign of a compared run."""
        colors = theme.colors()
        bold = theme.tabular(font)
        bold.setBold(row.strong or (row.is_run and row.current))
        small = theme.tabular(theme.small(font))
        metrics, small_metrics = QFontMetrics(bold), QFontMetrics(small)
        top = QRect(area.left(), area.top(), area.width(), metrics.height())
        bottom = QRect(
            area.left(), area.bottom() - small_metrics.height() + 1, area.width(), small_metrics.height()
        )
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignVCenter

        room = top.width() - small_metrics.horizontalAdvance(row.side) - theme.GRID - taken
        painter.setFont(bold)
        painter.setPen(QColor(colors.text))
        # Of a checkpoint the epoch says most, of a run the end of its name as well.
        elide = Qt.TextElideMode.ElideMiddle if row.is_run else Qt.TextElideMode.ElideRight
        title = metrics.elidedText(row.title, elide, room)
        painter.drawText(top, left | middle, title)
        painter.setFont(small)
        painter.setPen(QColor(colors.muted))
        painter.drawText(top, right | middle, row.side)
        painter.setPen(QColor(colors.error if row.problem and not row.newer else colors.muted))
        line = small_metrics.elidedText(row.line, Qt.TextElideMode.ElideRight, bottom.width())
        painter.drawText(bottom, left | middle, line)


class RunTree(QTreeView):
    """The view.  Enter resumes, Delete deletes, F5 looks again."""

    row_selected = Signal()
    resume_pressed = Signal()
    delete_pressed = Signal()
    refresh_pressed = Signal()

    def __init__(self, model: RunTreeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("runTree")
        self.setAccessibleName(self.tr("Runs and checkpoints"))
        self.setAccessibleDescription(self.tr("Enter resumes, Delete deletes, F5 looks again."))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(2 * theme.GRID)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setItemDelegate(RowDelegate(self))
        self.setModel(model)
        self.selectionModel().selectionChanged.connect(self.row_selected)
        theme.notifier().changed.connect(self._on_theme_changed)

    def selected_row(self) -> Row | None:
        """The run or checkpoint that is selected."""
        indexes = self.selectionModel().selectedIndexes()
        return row_of(indexes[0]) if indexes else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _ENTER_KEYS and plain:
            if not event.isAutoRepeat():
                self.resume_pressed.emit()
        elif key in _DELETE_KEYS and plain:
            if not event.isAutoRepeat():
                self.delete_pressed.emit()
        elif key == Qt.Key.Key_F5:
            self.refresh_pressed.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.viewport().update()
