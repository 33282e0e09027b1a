"""The settings of a training, built from the table in training/config.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QUndoCommand, QUndoStack
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from sda_desktop.errors import ConfigError
from sda_desktop.training.config import BY_NAME, LENGTH, TABLE, TrainingConfig
from sda_desktop.training.settings_table import Setting
from sda_desktop.ui import icons, theme
from sda_desktop.ui.form_fields import ChoiceField, LengthField
from sda_desktop.ui.form_row import FormRow, help_html, make_editor
from sda_desktop.ui.form_state import LENGTH_FIELDS, Dataset, FormState, spaced, value_text
from sda_desktop.ui.settings import Settings
from sda_desktop.ui.sound_words import rate_text
from sda_desktop.ui.wording import duration_text
from sda_desktop.words import counted, shown

LENGTH_ROW = "length"
FOLD_KEY = "form/more"
Snapshot = dict[str, Any]


class _Edit(QUndoCommand):
    """One change of the form; keystrokes in the same field are one."""

    def __init__(
        self, apply: Callable[[Snapshot], None], before: Snapshot, after: Snapshot, field: str, label: str
    ) -> None:
        super().__init__(label)
        self._apply = apply
        self._before, self._after = before, after
        self._field = field
        self._done = True  # the user's own hand did it

    def id(self) -> int:
        return 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Edit) or not self._field or other._field != self._field:
            return False
        self._after = other._after
        return True

    def undo(self) -> None:
        self._apply(self._before)

    def redo(self) -> None:
        if self._done:
            self._done = False
        else:
            self._apply(self._after)


class HyperparameterForm(QWidget):
    """The simple settings in sight, the others folded; every field with help, range and a way back."""

    changed = Signal()
    validity_changed = Signal(bool)

    def __init__(self, settings: Settings | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hyperparameterForm")
        self.setAccessibleName(self.tr("Training settings"))
        self._settings = settings or Settings()
        self._state = FormState()
        self._undo = QUndoStack(self)
        self._rows: dict[str, FormRow] = {}
        self._locked = False
        self._was_valid = True
        self._build()
        self._refresh()
        for keys, slot in (
            (QKeySequence.StandardKey.Undo, self.undo),
            (QKeySequence.StandardKey.Redo, self.redo),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        theme.notifier().changed.connect(self._on_theme_changed)

    # For the window.

    def config(self) -> TrainingConfig:
        """The settings, validated.  Raises ConfigError naming the field that is wrong."""
        if wrong := self.problem():
            raise ConfigError(wrong)
        return self._state.config()

    def explicit(self) -> frozenset[str]:
        """The fields that the user changed from what the preset or the default says."""
        return self._state.explicit()

    def set_config(self, config: TrainingConfig, explicit: frozenset[str] = frozenset()) -> None:
        """Show other settings: the preset and the fields named in explicit; the rest follows the preset."""
        self._state.set_config(config, explicit)
        self._undo.clear()
        self._refresh()
        self.changed.emit()

    def set_dataset(self, usable_files: int, total_s: float, model_rate_hz: int | None = None) -> None:
        """Say what the sounds are, so that what is automatic can be told."""
        self._state.set_dataset(Dataset(usable_files, total_s, model_rate_hz))
        # Snapshots hold what the preset meant for the sounds before.
        self._undo.clear()
        self._refresh(but_invalid=True)
        self.changed.emit()

    def set_locked(self, locked: bool) -> None:
        """While locked (a run is under way) the settings can be read but not changed."""
        self._locked = locked
        for row in self._rows.values():
            row.set_locked(locked)
        self._show_state()

    def problem(self) -> str:
        """What is wrong, naming the first field; "" if nothing is."""
        for row in self._rows.values():
            if row.error():
                return f"{row.label}: {row.error()}"
        return ""

    @Slot()
    def undo(self) -> None:
        """Take back the last change."""
        if not self._locked:
            self._undo.undo()

    @Slot()
    def redo(self) -> None:
        """Make the change again that was taken back."""
        if not self._locked:
            self._undo.redo()

    @Slot()
    def reset_all(self) -> None:
        """Every field back to its default."""
        fresh = FormState()
        fresh.set_dataset(self._state.dataset)
        self._do("", self.tr("Reset all"), fresh.snapshot())

    # Building.

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HALF)
        column.addLayout(self._build_header())
        self._inside = QWidget()
        self._inside.setObjectName("formBody")
        self._body = QVBoxLayout(self._inside)
        self._body.setContentsMargins(0, 0, theme.HALF, 0)
        self._body.setSpacing(theme.HALF)
        self._build_simple(self._label_width(advanced=False))
        self._fold = QPushButton()
        self._fold.setObjectName("moreSettingsButton")
        self._fold.setCheckable(True)
        theme.set_role(self._fold, "fold")
        self._fold.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._body.addWidget(self._fold)
        self._advanced = self._build_advanced(self._label_width(advanced=True))
        self._body.addWidget(self._advanced)
        self._body.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("formScroll")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._inside)
        for transparent in (self._scroll.viewport(), self._inside):
            transparent.setAutoFillBackground(False)
        column.addWidget(self._scroll, 1)
        self._fold.setChecked(self._settings.flag(FOLD_KEY))
        self._advanced.setVisible(self._fold.isChecked())
        self._fold.toggled.connect(self._on_fold_toggled)

    def _label_width(self, *, advanced: bool) -> int:
        labels = (shown(row.label) for row in TABLE if row.advanced is advanced)
        return max(self.fontMetrics().horizontalAdvance(label) for label in labels) + theme.HALF

    def _build_header(self) -> QHBoxLayout:
        title = QLabel(self.tr("Settings"))
        theme.set_role(title, "heading")
        self._reset_all = QPushButton(self.tr("Reset all"))
        theme.set_role(self._reset_all, "link")
        self._reset_all.setObjectName("resetAllButton")
        self._reset_all.setAccessibleName(self.tr("Reset all settings"))
        self._reset_all.setToolTip(self.tr("Every setting back to its default"))
        policy = self._reset_all.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._reset_all.setSizePolicy(policy)
        self._reset_all.clicked.connect(self.reset_all)
        row = QHBoxLayout()
        row.addWidget(title, 1)
        row.addWidget(self._reset_all)
        return row

    def _build_simple(self, label_width: int) -> None:
        for setting in (row for row in TABLE if not row.advanced):
            if setting.name == LENGTH_FIELDS[0]:
                self._add_length(label_width)
            elif setting.name not in LENGTH_FIELDS:
                self._body.addWidget(self._add_row(setting, label_width))

    def _add_length(self, label_width: int) -> None:
        help_ = "<br>".join(help_html(BY_NAME[name]) for name in LENGTH_FIELDS)
        self._length = LengthField()
        row = FormRow(LENGTH_ROW, shown(LENGTH), self._length, help_, label_width)
        row.hint.show()
        self._connect_row(row)
        self._body.addWidget(row)

    def _add_row(self, setting: Setting, label_width: int) -> FormRow:
        row = FormRow(
            setting.name, shown(setting.label), make_editor(setting), help_html(setting), label_width
        )
        self._connect_row(row)
        return row

    def _connect_row(self, row: FormRow) -> None:
        self._rows[row.name] = row
        row.edited.connect(self._on_row_edited)
        row.reset_requested.connect(self._on_row_reset_requested)
        row.complaint_changed.connect(self._on_complaint_changed)

    def _build_advanced(self, label_width: int) -> QWidget:
        holder = QWidget()
        holder.setObjectName("advancedSettings")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HALF)
        advanced = [row for row in TABLE if row.advanced]
        for group in dict.fromkeys(row.group for row in advanced):
            title = QLabel(shown(group))
            theme.set_role(title, "muted")
            title.setContentsMargins(0, theme.GRID, 0, 0)
            column.addWidget(title)
            for setting in advanced:
                if setting.group == group:
                    column.addWidget(self._add_row(setting, label_width))
        return holder

    def sizeHint(self) -> QSize:
        folded = self._inside.sizeHint().height() - (
            self._advanced.sizeHint().height() if self._fold.isChecked() else 0
        )
        header = self._reset_all.sizeHint().height() + theme.GRID
        return QSize(40 * theme.GRID, folded + header)

    def minimumSizeHint(self) -> QSize:
        return QSize(30 * theme.GRID, 12 * theme.GRID)

    # Values.

    def _value(self, row: FormRow) -> Any:  # noqa: ANN401 - the type depends on the row
        if row.name == LENGTH_ROW:
            return {name: self._state.value(name) for name in LENGTH_FIELDS}
        return self._state.value(row.name)

    def _refresh(self, *, but_invalid: bool = False) -> None:
        """Show every value; but_invalid leaves what is half typed as it is."""
        for row in self._rows.values():
            if not (but_invalid and row.error()):
                row.show_value(self._value(row))
        self._show_state()

    def _show_state(self) -> None:
        """Everything but the values: ways back, hints, the fold's words."""
        explicit = self._state.explicit()
        for row in self._rows.values():
            names = LENGTH_FIELDS if row.name == LENGTH_ROW else (row.name,)
            changed = bool(explicit.intersection(names))
            setting = BY_NAME[names[0]]
            row.show_reset(changed or bool(row.error()), value_text(setting, self._state.baseline(names[0])))
        self._reset_all.setVisible(bool(explicit))
        self._reset_all.setEnabled(not self._locked)
        count = sum(BY_NAME[name].advanced for name in explicit)
        more = self.tr("More settings")
        self._fold.setText(self.tr("{0} ({1} changed)").format(more, count) if count else more)
        self._on_theme_changed()
        self._show_meanings()

    def _show_meanings(self) -> None:
        state = self._state
        rate = self._rows["sample_rate"].editor
        if isinstance(rate, ChoiceField):
            rate.explain(
                "auto", rate_text(state.dataset.model_rate_hz) if state.dataset.model_rate_hz else ""
            )
        preset = self._rows["preset"].hint
        preset.setText(self._preset_meaning())
        preset.setVisible(state.value("preset") == "automatic")
        self._rows[LENGTH_ROW].hint.setText(self._length_meaning())
        if state.dataset.usable_files:
            self._length.set_suggestion(state.planned_epochs())

    def _preset_meaning(self) -> str:
        files = self._state.dataset.usable_files
        if not files:
            return self.tr("Chosen by the number of sounds")
        sounds = counted("{n} sound", "{n} sounds", files)
        return self.tr("{0}, for {1}").format(self._state.automatic_preset_label(), sounds)

    def _length_meaning(self) -> str:
        limit_s = float(self._state.value("time_limit_s"))
        if limit_s:
            return self.tr("Planned to be complete after {0}").format(duration_text(limit_s))
        if not self._state.dataset.usable_files:
            return self.tr("A length that suits the sounds")
        epochs = self._state.planned_epochs()
        steps = epochs * self._state.planned_steps_per_epoch()
        about = self.tr("about {0} steps").format(spaced(float(f"{steps:.2g}")))
        if self._state.value("epochs"):
            return about[:1].upper() + about[1:]
        return self.tr("{0} epochs, {1}").format(spaced(epochs), about)

    # Edits.

    def _do(self, field: str, label: str, after: Snapshot) -> None:
        """Make a change that can be taken back, and show it."""
        before = self._state.snapshot()
        self._undo.push(_Edit(self._apply, before, after, field, label))
        self._apply(after)

    def _apply(self, values: Snapshot) -> None:
        self._state.restore(values)
        self._refresh()
        self._announce()

    def _announce(self) -> None:
        valid = not self.problem()
        if valid != self._was_valid:
            self._was_valid = valid
            self.validity_changed.emit(valid)
        self.changed.emit()

    @Slot(object)
    def _on_row_edited(self, row: FormRow) -> None:
        if row.pending is not None:
            before = self._state.snapshot()
            pending = row.pending if row.name == LENGTH_ROW else {row.name: row.pending}
            for name, value in pending.items():
                self._state.set_value(name, value)
            after = self._state.snapshot()
            if after != before:
                self._undo.push(_Edit(self._apply, before, after, row.name, row.label))
            for other in self._rows.values():
                # Not the field that is being typed in: "0." would become "0".
                if other is not row and not other.error():
                    other.show_value(self._value(other))
        self._show_state()
        self._announce()

    @Slot(object)
    def _on_row_reset_requested(self, row: FormRow) -> None:
        wanted = FormState()
        wanted.set_dataset(self._state.dataset)
        wanted.restore(self._state.snapshot())
        for name in LENGTH_FIELDS if row.name == LENGTH_ROW else (row.name,):
            wanted.reset(name)
        self._do("", row.label, wanted.snapshot())

    @Slot()
    def _on_complaint_changed(self) -> None:
        self._show_state()

    @Slot(bool)
    def _on_fold_toggled(self, open_: bool) -> None:
        self._advanced.setVisible(open_)
        self._settings.set_flag(FOLD_KEY, open_)
        self._on_theme_changed()
        if open_:
            # Once the new height is known: what was asked for comes into sight.
            QTimer.singleShot(0, self, self._on_unfolded)

    @Slot()
    def _on_unfolded(self) -> None:
        self._body.activate()
        self._scroll.verticalScrollBar().setValue(self._fold.y())

    @Slot()
    def _on_theme_changed(self) -> None:
        self._fold.setIcon(icons.icon("chevron-down" if self._fold.isChecked() else "chevron-right", "muted"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
