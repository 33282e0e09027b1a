"""The settings form: every row of the table, typed into, wrong, reset, undone, locked."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from sda_desktop.errors import ConfigError
from sda_desktop.training.config import BY_NAME, PRESETS, TABLE, TrainingConfig, with_preset
from sda_desktop.training.settings_table import Setting
from sda_desktop.ui.form_fields import NumberField
from sda_desktop.ui.hyperparameter_form import HyperparameterForm

LEFT = Qt.MouseButton.LeftButton
NUMBERS = [
    row for row in TABLE if row.kind in ("number", "whole") and row.name not in ("epochs", "time_limit_s")
]
CHOICES = [row for row in TABLE if row.kind == "choice"]


@pytest.fixture
def form(qtbot: QtBot) -> HyperparameterForm:
    """The form on the screen, unfolded, knowing 165 sounds."""
    made = HyperparameterForm()
    qtbot.addWidget(made)
    made.resize(340, 700)
    made.show()
    qtbot.waitExposed(made)
    made.set_dataset(165, 324.0, 44_100)
    child(made, QPushButton, "moreSettingsButton").click()
    return made


def child(form: QWidget, kind: type[Any], name: str) -> Any:  # noqa: ANN401 - as asked for
    """A widget of the form by its name."""
    found = form.findChild(kind, name)
    assert found is not None, name
    return found


def type_into(form: HyperparameterForm, name: str, text: str) -> NumberField:
    """Replace what a field says by typing."""
    field = child(form, NumberField, f"field_{name}")
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)
    return field  # type: ignore[no-any-return]


def choose(form: HyperparameterForm, name: str, value: object) -> None:
    """Choose with the keyboard, as a user does."""
    combo = child(form, QComboBox, name)
    combo.setFocus()
    wanted = combo.findData(value)
    assert wanted >= 0
    for _ in range(combo.count()):
        QTest.keyClick(combo, Qt.Key.Key_Up)
    for _ in range(wanted):
        QTest.keyClick(combo, Qt.Key.Key_Down)
    assert combo.currentIndex() == wanted


def complaint(form: HyperparameterForm, name: str) -> str:
    """The red text at a field, "" if there is none."""
    label = child(form, QLabel, f"error_{name}")
    return label.text() if label.isVisible() else ""


def test_every_field_of_the_table_is_in_the_form_once(form: HyperparameterForm) -> None:
    for row in TABLE:
        assert len(form.findChildren(QWidget, f"field_{row.name}")) == 1, row.name
        editor = child(form, QWidget, f"field_{row.name}")
        assert editor.accessibleName(), row.name


def test_the_advanced_fields_are_folded_at_first_and_the_fold_is_remembered(qtbot: QtBot) -> None:
    first = HyperparameterForm()
    qtbot.addWidget(first)
    first.show()
    for row in TABLE:
        if row.name not in ("epochs", "time_limit_s"):
            shown = child(first, QWidget, f"field_{row.name}").isVisible()
            assert shown is not row.advanced, row.name
    child(first, QPushButton, "moreSettingsButton").click()
    assert child(first, QWidget, "field_learning_rate").isVisible()
    second = HyperparameterForm()
    qtbot.addWidget(second)
    second.show()
    assert child(second, QWidget, "field_learning_rate").isVisible()


@pytest.mark.parametrize("row", NUMBERS, ids=lambda row: row.name)
def test_every_number_takes_its_bounds_and_refuses_what_lies_beyond(
    form: HyperparameterForm, row: Setting
) -> None:
    for bound in (row.minimum, row.maximum):
        type_into(form, row.name, f"{bound:.10g}")
        assert getattr(form.config(), row.name) == pytest.approx(bound)
        assert form.problem() == ""
    beyond = row.maximum + (1 if row.kind == "whole" else abs(row.maximum) * 0.01 + 0.001)
    field = type_into(form, row.name, f"{beyond:.10g}")
    assert form.problem().startswith(f"{row.label}: Type ")
    with pytest.raises(ConfigError, match=row.label):
        form.config()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert " to " in complaint(form, row.name)
    child(form, QToolButton, f"reset_{row.name}").click()
    assert complaint(form, row.name) == ""
    assert row.name not in form.explicit()


@pytest.mark.parametrize("row", CHOICES, ids=lambda row: row.name)
def test_every_choice_can_be_made(form: HyperparameterForm, row: Setting) -> None:
    for value in row.choices[::-1]:
        choose(form, f"field_{row.name}", value)
        assert getattr(form.config(), row.name) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("0.004", 0.004), ("0,004", 0.004), ("4e-3", 0.004), (" 0,004 ", 0.004), (",01", 0.01)],
)
def test_numbers_are_typed_with_comma_or_dot(form: HyperparameterForm, text: str, value: float) -> None:
    field = type_into(form, "learning_rate", text)
    assert form.config().learning_rate == value
    assert field.text() == text  # nothing is rewritten under the user's hands
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert float(field.text()) == value


@pytest.mark.parametrize("text", ["", "abc", "1,5", "1.000", "1_0", "nan", "inf", "--1", "1e3"])
def test_what_is_no_whole_number_is_refused(form: HyperparameterForm, text: str) -> None:
    type_into(form, "preview_every_epochs", text)
    assert form.problem() == "Preview every: Type a whole number from 1 to 10\u202f000 epochs."


def test_an_empty_field_means_automatic_where_there_is_such_a_thing(form: HyperparameterForm) -> None:
    type_into(form, "threads", "2")
    assert form.config().threads == 2
    type_into(form, "threads", "")
    assert form.config().threads == 0
    assert child(form, QLineEdit, "field_threads").placeholderText() == "Automatic"


def test_a_half_typed_number_is_not_called_wrong_until_typing_pauses(
    form: HyperparameterForm, qtbot: QtBot
) -> None:
    valid: list[bool] = []
    form.validity_changed.connect(valid.append)
    field = type_into(form, "batch_frames", "7")
    assert complaint(form, "batch_frames") == ""
    QTest.keyClicks(field, "04")
    assert form.problem() == ""
    type_into(form, "batch_frames", "7")
    qtbot.waitUntil(lambda: bool(complaint(form, "batch_frames")), timeout=5000)
    assert field.property("invalid") is True
    assert field.accessibleDescription() == complaint(form, "batch_frames")
    sign = child(form, QLabel, "error_batch_frames")
    assert sign.isVisible()
    QTest.keyClicks(field, "04")
    assert complaint(form, "batch_frames") == ""  # gone at once
    assert valid[-1] is True
    assert False in valid


def test_leaving_a_wrong_field_shows_the_complaint_at_once(form: HyperparameterForm) -> None:
    type_into(form, "batch_frames", "7")
    child(form, QWidget, "field_warmup_steps").setFocus()
    assert complaint(form, "batch_frames")


def test_the_wheel_never_changes_a_field_that_has_not_the_focus(form: HyperparameterForm) -> None:
    before = form.config()
    form.setFocus()
    for row in TABLE:
        editor = child(form, QWidget, f"field_{row.name}")
        editor.clearFocus()
        wheel(editor)
    wheel(child(form, QWidget, "lengthKind"))
    assert form.config() == before
    number = child(form, QWidget, "field_gain_db")
    number.setFocus()
    wheel(number)
    assert form.config() == before


def wheel(widget: QWidget) -> None:
    """One notch down over a widget."""
    place = QPointF(5, 5)
    event = QWheelEvent(
        place,
        QPointF(widget.mapToGlobal(QPoint(5, 5))),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def test_arrow_keys_step_numbers_by_a_sensible_amount(form: HyperparameterForm) -> None:
    rate = child(form, NumberField, "field_learning_rate")
    rate.setFocus()
    QTest.keyClick(rate, Qt.Key.Key_Up)
    assert form.config().learning_rate == pytest.approx(0.0021)
    every = child(form, NumberField, "field_preview_every_epochs")
    QTest.keyClick(every, Qt.Key.Key_PageDown)
    assert form.config().preview_every_epochs == 1  # never beyond its range
    QTest.keyClick(every, Qt.Key.Key_Up)
    assert form.config().preview_every_epochs == 2


# Length -------------------------------------------------------------------------------------------------


def hint(form: HyperparameterForm) -> str:
    """What the chosen length comes to."""
    return child(form, QLabel, "hint_length").text().replace("\u202f", " ")  # type: ignore[no-any-return]


def test_automatic_length_says_what_it_means_for_the_sounds(form: HyperparameterForm, qtbot: QtBot) -> None:
    assert hint(form) == "176 epochs, about 12 000 steps"
    form.set_dataset(10, 5.0)
    assert hint(form) == "400 epochs, about 8 000 steps"
    form.set_dataset(400, 36_000.0)
    assert hint(form).startswith("4 epochs, about 32 000")
    fresh = HyperparameterForm()
    qtbot.addWidget(fresh)
    assert hint(fresh) == "A length that suits the sounds"


def test_length_in_epochs_and_in_minutes(form: HyperparameterForm) -> None:
    choose(form, "lengthKind", "epochs")
    assert form.config().epochs == 176  # as automatic would have it
    assert hint(form) == "About 12 000 steps"
    type_into(form, "epochs", "50")
    assert (form.config().epochs, form.config().time_limit_s) == (50, 0)
    assert form.explicit() == {"epochs"}
    choose(form, "lengthKind", "time_limit_s")
    type_into(form, "time_limit_s", "2,5")
    assert (form.config().epochs, form.config().time_limit_s) == (0, 150.0)
    assert form.explicit() == {"time_limit_s"}
    assert hint(form) == "Planned to be complete after 2 min 30 s"
    choose(form, "lengthKind", "")
    assert form.explicit() == frozenset()


def test_an_emptied_length_is_a_complaint_not_automatic(form: HyperparameterForm) -> None:
    choose(form, "lengthKind", "epochs")
    field = type_into(form, "epochs", "")
    assert field.isVisible()
    assert form.problem() == "Length: Type a whole number from 1 to 100\u202f000."
    child(form, QToolButton, "reset_length").click()
    assert form.problem() == ""
    assert form.config().epochs == 0


def test_minutes_out_of_range_name_the_range_in_minutes(form: HyperparameterForm) -> None:
    choose(form, "lengthKind", "time_limit_s")
    type_into(form, "time_limit_s", "0")
    assert form.problem() == "Length: Type a number from 0.1 to 16\u202f666 min."


# Presets, explicit, reset -------------------------------------------------------------------------------


def test_a_preset_shows_its_values_in_the_fields_the_user_left_alone(form: HyperparameterForm) -> None:
    type_into(form, "gain_db", "9")
    choose(form, "field_preset", "aggressive")
    assert child(form, QLineEdit, "field_learning_rate").text() == "0.003"
    assert child(form, QLineEdit, "field_gain_db").text() == "9"
    assert form.explicit() == {"preset", "gain_db"}
    choose(form, "field_preset", "conservative")
    assert form.config() == with_preset(
        TrainingConfig(preset="conservative", gain_db=9.0), 165, frozenset({"gain_db"})
    )


def test_the_automatic_preset_is_named(form: HyperparameterForm) -> None:
    label = child(form, QLabel, "hint_preset")
    assert label.text() == "Balanced, for 165 sounds"
    form.set_dataset(1, 5.0)
    assert label.text() == "Conservative, for 1 sound"
    assert child(form, QLineEdit, "field_weight_decay").text() == "0.03"
    choose(form, "field_preset", "balanced")
    assert not label.isVisible()


def test_the_way_back_is_there_only_when_something_changed(form: HyperparameterForm) -> None:
    back = child(form, QToolButton, "reset_gain_db")
    everything = child(form, QPushButton, "resetAllButton")
    place = child(form, QWidget, "field_gain_db").geometry()
    assert not back.isVisible()
    assert not everything.isVisible()
    type_into(form, "gain_db", "9")
    assert back.isVisible()
    assert everything.isVisible()
    assert back.toolTip() == "Back to 3 dB"
    assert child(form, QPushButton, "moreSettingsButton").text() == "More settings (1 changed)"
    assert child(form, QWidget, "field_gain_db").geometry() == place  # nothing jumped
    back.click()
    assert form.config().gain_db == PRESETS["balanced"].get("gain_db", BY_NAME["gain_db"].default)
    assert not back.isVisible()
    assert not everything.isVisible()


def test_reset_all(form: HyperparameterForm) -> None:
    fresh = form.config()
    choose(form, "field_preset", "aggressive")
    type_into(form, "seed", "7")
    type_into(form, "gain_db", "wrong")
    child(form, QPushButton, "resetAllButton").click()
    assert form.config() == fresh
    assert form.explicit() == frozenset()
    assert child(form, QLineEdit, "field_gain_db").text() == "3"


def test_a_saved_config_is_shown(form: HyperparameterForm) -> None:
    config = with_preset(
        TrainingConfig(preset="aggressive", time_limit_s=90.0, seed=5), 165, frozenset({"seed"})
    )
    heard: list[bool] = []
    form.changed.connect(lambda: heard.append(True))
    form.set_config(config, frozenset({"seed", "time_limit_s"}))
    assert heard
    assert form.config() == config
    assert form.explicit() == {"preset", "seed", "time_limit_s"}
    assert child(form, QLineEdit, "field_time_limit_s").text() == "1.5"
    assert child(form, QComboBox, "field_preset").currentData() == "aggressive"


# Undo, help, locking ------------------------------------------------------------------------------------


def undo(form: HyperparameterForm) -> None:
    """Ctrl+Z in whatever has the focus."""
    QTest.keyClick(form.focusWidget() or form, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def test_ctrl_z_takes_back_whole_edits_across_fields(form: HyperparameterForm, qtbot: QtBot) -> None:
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    before = form.config()
    type_into(form, "gain_db", "12")
    type_into(form, "seed", "345")
    choose(form, "field_preset", "aggressive")
    child(form, QWidget, "field_seed").setFocus()
    undo(form)
    assert form.config().preset == "automatic"
    assert form.config().seed == 345
    undo(form)
    assert form.config().seed == 0
    assert child(form, QLineEdit, "field_seed").text() == "0"
    undo(form)
    assert form.config() == before
    undo(form)
    assert form.config() == before
    form.redo()
    form.redo()
    assert (form.config().gain_db, form.config().seed) == (12.0, 345)


def test_a_reset_can_be_undone(form: HyperparameterForm) -> None:
    type_into(form, "gain_db", "12")
    child(form, QPushButton, "resetAllButton").click()
    assert form.config().gain_db == 3.0
    form.undo()
    assert form.config().gain_db == 12.0


@pytest.mark.qt_log_ignore("does not support raise")
def test_help_is_reached_by_keyboard_and_names_the_range(form: HyperparameterForm, qtbot: QtBot) -> None:
    for row in TABLE:
        if row.name in ("epochs", "time_limit_s"):
            continue
        button = child(form, QToolButton, f"help_{row.name}")
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert row.label in button.accessibleName()
        if row.kind in ("number", "whole"):
            assert "Range: " in button.toolTip()
    button = child(form, QToolButton, "help_gain_db")
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "quieter" in QToolTip.text())
    QToolTip.hideText()


def test_locked_settings_can_be_read_but_not_changed(form: HyperparameterForm) -> None:
    type_into(form, "gain_db", "9")
    before = form.config()
    form.set_locked(True)
    for row in TABLE:
        assert not child(form, QWidget, f"field_{row.name}").isEnabled(), row.name
    assert child(form, QToolButton, "help_gain_db").isEnabled()
    form.undo()
    child(form, QPushButton, "resetAllButton").click()
    child(form, QToolButton, "reset_gain_db").click()
    assert form.config() == before
    form.set_locked(False)
    type_into(form, "gain_db", "5")
    assert form.config().gain_db == 5.0


@pytest.mark.parametrize("width", [280, 340, 600])
def test_unfolded_it_scrolls_instead_of_breaking_its_column(form: HyperparameterForm, width: int) -> None:
    form.resize(width, 240)
    QApplication.processEvents()
    assert form.height() == 240
    scroll = child(form, QScrollArea, "formScroll")
    assert scroll.verticalScrollBar().maximum() > 0
    assert scroll.widget().width() <= scroll.viewport().width()
    last = child(form, QWidget, f"field_{TABLE[-1].name}")
    last.setFocus()
    scroll.ensureWidgetVisible(last)
    assert not last.visibleRegion().isEmpty()
    for row in TABLE:
        editor = child(form, QWidget, f"field_{row.name}")
        if editor.isVisible():
            assert editor.width() >= 60, row.name


def test_unfolding_brings_the_advanced_settings_into_sight(form: HyperparameterForm, qtbot: QtBot) -> None:
    fold = child(form, QPushButton, "moreSettingsButton")
    fold.click()
    form.resize(340, 250)
    fold.click()
    seed = child(form, QWidget, "field_seed")
    qtbot.waitUntil(lambda: not seed.visibleRegion().isEmpty())
    assert not fold.visibleRegion().isEmpty()


def test_a_change_is_announced(form: HyperparameterForm, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.changed):
        type_into(form, "seed", "3")
    with qtbot.waitSignal(form.changed):
        choose(form, "field_device", "cpu")
