"""One row of the settings form: label, editor, a way back, help, and what is wrong, right at the field."""

from __future__ import annotations

import html
from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QToolTip, QWidget

from sda_desktop.training.settings_table import Setting
from sda_desktop.ui import icons, theme
from sda_desktop.ui.elided_label import ElidedLabel
from sda_desktop.ui.form_fields import ChoiceField, LengthField, NumberField, SwitchField, tr
from sda_desktop.ui.form_state import range_text
from sda_desktop.words import shown

Editor = ChoiceField | LengthField | NumberField | SwitchField
SIDE_ICON, SIDE_WIDTH = 14, 20
HELP_SHOWN_MS = 60_000
# Half-typed numbers are not called wrong: the red text waits until typing pauses or the field is left.
COMPLAIN_AFTER_MS = 700


class HelpButton(QToolButton):
    """A ? that shows its text on a click, on Space and on Enter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setIcon(icons.icon("help", "muted"))
        self.setIconSize(QSize(SIDE_ICON, SIDE_ICON))
        self.clicked.connect(self._on_clicked)

    @Slot()
    def _on_clicked(self) -> None:
        corner = self.mapToGlobal(QPoint(0, self.height()))
        QToolTip.showText(corner, self.toolTip(), self, self.rect(), HELP_SHOWN_MS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        QToolTip.hideText()


def help_html(row: Setting) -> str:
    """What the field does and what it may be.  Rich text, because only that is wrapped."""
    parts = [html.escape(shown(row.help))]
    if row.kind in ("number", "whole"):
        parts.append(html.escape(tr("Range: {0}.").format(range_text(row))))
    return "<qt>" + "<br>".join(parts) + "</qt>"


class FormRow(QWidget):
    """Emits what the user made of the field; shows values and complaints."""

    edited = Signal(object)  # the row itself; see `pending`
    reset_requested = Signal(object)  # the row itself
    complaint_changed = Signal()

    def __init__(self, name: str, label: str, editor: Editor, help_: str, label_width: int) -> None:
        super().__init__()
        self.name = name
        self.label = label
        self.editor = editor
        self.pending: Any = None  # the value of the last edit, None if it is not valid
        self._complaint = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(COMPLAIN_AFTER_MS)
        self._timer.timeout.connect(self.complain_now)
        self._build(help_, label_width)
        editor.edited.connect(self._on_edited)
        if isinstance(editor, LengthField):
            editor.number_finished.connect(self.complain_now)
        elif isinstance(editor, NumberField):
            editor.editingFinished.connect(self.complain_now)

    def _build(self, help_: str, label_width: int) -> None:
        if not self.editor.objectName():
            self.editor.setObjectName(f"field_{self.name}")
        self.editor.setAccessibleName(self.label)
        self.editor.setToolTip(help_)
        words = QLabel(self.label)
        words.setBuddy(self.editor)
        words.setToolTip(help_)
        words.setFixedWidth(label_width)
        self._reset = QToolButton()
        self._reset.setObjectName(f"reset_{self.name}")
        self._reset.setIcon(icons.icon("reset", "accent"))
        self._reset.setIconSize(QSize(SIDE_ICON, SIDE_ICON))
        self._reset.setFixedWidth(SIDE_WIDTH)
        self._reset.clicked.connect(self._on_reset_clicked)
        # Its place stays free, so that nothing moves when it comes.
        policy = self._reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._reset.setSizePolicy(policy)
        self._reset.hide()
        self._help = HelpButton()
        self._help.setObjectName(f"help_{self.name}")
        self._help.setAccessibleName(tr("Help on {0}").format(self.label))
        self._help.setToolTip(help_)
        self._help.setFixedWidth(SIDE_WIDTH)
        self._error_sign = QLabel()
        self._error_sign.hide()
        self._error = QLabel()
        self._error.setObjectName(f"error_{self.name}")
        self._error.setTextFormat(Qt.TextFormat.PlainText)
        self._error.setWordWrap(True)
        self._error.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.MinimumExpanding)
        theme.set_role(self._error, "error")
        self._error.hide()
        self.hint = ElidedLabel()
        self.hint.setObjectName(f"hint_{self.name}")
        self.hint.setFont(theme.tabular(theme.small(self.font())))
        theme.set_role(self.hint, "muted")
        self.hint.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.HALF)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.addWidget(words, 0, 0)
        grid.addWidget(self.editor, 0, 1)
        side = QHBoxLayout()
        side.setSpacing(0)
        side.addWidget(self._reset)
        side.addWidget(self._help)
        grid.addLayout(side, 0, 2)
        grid.addWidget(self.hint, 1, 1, 1, 2)
        wrong = QHBoxLayout()
        wrong.setSpacing(theme.HALF)
        wrong.addWidget(self._error_sign, 0, Qt.AlignmentFlag.AlignTop)
        wrong.addWidget(self._error, 1)
        grid.addLayout(wrong, 2, 1, 1, 2)

    def show_value(self, value: Any) -> None:  # noqa: ANN401 - the type depends on the row
        """Show a valid value; an earlier complaint is void."""
        self.editor.show_value(value)
        self._timer.stop()
        self._show_complaint("")

    def show_reset(self, changed: bool, back_to: str) -> None:
        """Offer the way back if the user changed the value."""
        words = tr("Back to {0}").format(back_to)
        self._reset.setToolTip(words)
        self._reset.setAccessibleName(f"{self.label}: {words}")
        self._reset.setVisible(changed)

    def set_locked(self, locked: bool) -> None:
        """While locked the value can be read, and its help too, but not changed."""
        self.editor.setEnabled(not locked)
        self._reset.setEnabled(not locked)

    def error(self) -> str:
        """What is wrong with what is typed right now, shown yet or not."""
        return self.editor.error()

    def complaint(self) -> str:
        """The complaint that is shown, "" if none is."""
        return self._complaint

    @Slot()
    def complain_now(self) -> None:
        """Show what is wrong without waiting any longer."""
        self._timer.stop()
        self._show_complaint(self.error())

    def _show_complaint(self, text: str) -> None:
        if text == self._complaint:
            return
        self._complaint = text
        self._error_sign.setPixmap(icons.pixmap("error", SIDE_ICON, "error", self.devicePixelRatioF()))
        self._error.setText(text)
        self._error_sign.setVisible(bool(text))
        self._error.setVisible(bool(text))
        target = self.editor.number() if isinstance(self.editor, LengthField) else self.editor
        if target is not None:
            theme.set_style_property(target, "invalid", bool(text))
            target.setAccessibleDescription(text)
        self.complaint_changed.emit()

    @Slot(object)
    def _on_edited(self, value: Any) -> None:  # noqa: ANN401 - the type depends on the row
        self.pending = value
        if self.error() and not self._complaint:
            self._timer.start()
        elif not self.error():
            self.complain_now()
        self.edited.emit(self)

    @Slot()
    def _on_reset_clicked(self) -> None:
        self.editor.setFocus()  # before the button vanishes with the focus
        self.reset_requested.emit(self)


def make_editor(row: Setting) -> Editor:
    """The editor that fits a row of the table."""
    if row.kind == "choice":
        return ChoiceField(row)
    if row.kind == "switch":
        return SwitchField(row)
    return NumberField(row)
