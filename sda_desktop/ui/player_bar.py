"""The bar along the bottom: what plays, where in it, which side of a comparison, how loud, and on what."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QAction, QActionGroup, QFontMetrics, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QSlider,
    QStyle,
    QStyleOption,
    QStylePainter,
    QToolButton,
    QWidget,
)

from sda_desktop.ui import icons, theme
from sda_desktop.ui.icon_button import icon_button
from sda_desktop.ui.play_item import PlayItem
from sda_desktop.ui.player import Player
from sda_desktop.ui.settings import LOUDEST_DB, QUIETEST_DB
from sda_desktop.ui.waveform import WaveformView

HEIGHT = 7 * theme.GRID
NAME_WIDTHS = (12 * theme.GRID, 22 * theme.GRID)
STEPS_PER_DB = 2
_ICON = 20
_SMALL_ICON = 16


def time_text(seconds: float) -> str:
    """A place in a sound: "0:03.4", "12:05.0", "1:02:03"."""
    tenths = max(0, int(seconds * 10 + 0.5))
    whole, tenth = divmod(tenths, 10)
    minutes, second = divmod(whole, 60)
    if minutes >= 60:
        return f"{minutes // 60}:{minutes % 60:02d}:{second:02d}"
    return f"{minutes}:{second:02d}.{tenth}"


def level_text(volume_db: float) -> str:
    """A volume: "-12.5 dB", "+3.0 dB", and minus infinity at the lower end."""
    if volume_db <= QUIETEST_DB:
        return "\u2212\u221e dB"
    return f"{volume_db:+.1f} dB".replace("-", "\u2212").replace("+0.0", "0.0")


class _Name(QLabel):
    """A name that gives way in the middle when there is not enough room."""

    def minimumSizeHint(self) -> QSize:
        return QSize(NAME_WIDTHS[0], super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(NAME_WIDTHS[1], super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOption()
        option.initFrom(self)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, self.width())
        self.style().drawItemText(
            painter,
            self.rect(),
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft),
            self.palette(),
            self.isEnabled(),
            text,
            self.foregroundRole(),
        )
        painter.end()


class _LevelSlider(QSlider):
    """A double click is 0 dB; a click on the groove goes there."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.setValue(0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            span = self.style().pixelMetric(QStyle.PixelMetric.PM_SliderLength, None, self)
            self.setValue(
                QStyle.sliderValueFromPosition(
                    self.minimum(),
                    self.maximum(),
                    round(event.position().x()) - span // 2,
                    self.width() - span,
                )
            )
        super().mousePressEvent(event)


class PlayerBar(QFrame):
    """Shows a player and steers it."""

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("playerBar")
        self.setAccessibleName(self.tr("Player"))
        theme.set_role(self, "card")
        self._player = player
        self._loud_db = 0.0  # what comes back after silence
        self._make_transport()
        self._make_sides()
        self._make_level()
        self._make_device()
        self._lay_out()
        self._connect()
        self._show_item(None)
        self._show_level(player.volume_db)
        self._show_device()

    # Building.

    def _make_transport(self) -> None:
        self._play = icon_button("playerPlay", "play", self.tr("Play"), _ICON)
        self._play.setFixedSize(5 * theme.GRID, 5 * theme.GRID)
        self._loop = icon_button("playerLoop", "loop", self.tr("Repeat until stopped"), _SMALL_ICON)
        self._loop.setCheckable(True)
        self._name = _Name()
        self._name.setObjectName("playerName")
        self._name.setAccessibleName(self.tr("Sound in the player"))
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._waveform = WaveformView()
        self._waveform.setObjectName("playerWaveform")
        self._waveform.setToolTip(self.tr("Click to play from there; Space plays and stops"))
        self._time = QLabel()
        self._time.setObjectName("playerTime")
        self._time.setAccessibleName(self.tr("Position and length"))
        self._time.setFont(theme.tabular(self.font()))
        width = QFontMetrics(self._time.font()).horizontalAdvance("00:00.0 / 00:00.0")
        self._time.setFixedWidth(width)
        self._time.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _make_sides(self) -> None:
        """Two buttons, one of them pressed: which side of the comparison is heard."""
        self._sides = QButtonGroup(self)
        self._side_buttons = {}
        for side, text in (
            ("original", self.tr("Original")),
            ("reconstruction", self.tr("Reconstruction")),
        ):
            made = QToolButton()
            made.setObjectName(f"playerSide_{side}")
            made.setText(text)
            made.setCheckable(True)
            # As wide as the longer of its two texts, so that nothing moves.
            made.setText(self.tr("A: pinned"))
            width = made.sizeHint().width()
            made.setText(text)
            made.setMinimumWidth(max(width, made.sizeHint().width()))
            self._sides.addButton(made)
            self._side_buttons[side] = made
        self._pin = icon_button("playerPin", "pin", self.tr("Compare others with this sound"), _SMALL_ICON)
        self._pin.setCheckable(True)

    def _make_level(self) -> None:
        self._mute = icon_button("playerMute", "volume", self.tr("Silence"), _SMALL_ICON)
        self._level = _LevelSlider(Qt.Orientation.Horizontal)
        self._level.setObjectName("playerLevel")
        self._level.setAccessibleName(self.tr("Level in dB"))
        self._level.setToolTip(self.tr("Level; a double click is 0 dB"))
        self._level.setRange(round(QUIETEST_DB * STEPS_PER_DB), round(LOUDEST_DB * STEPS_PER_DB))
        self._level.setSingleStep(1)
        self._level.setPageStep(3 * STEPS_PER_DB)
        self._level.setFixedWidth(10 * theme.GRID)
        self._level_words = QLabel()
        self._level_words.setObjectName("playerLevelValue")
        self._level_words.setFont(theme.tabular(self.font()))
        metrics = QFontMetrics(self._level_words.font())
        self._level_words.setFixedWidth(metrics.horizontalAdvance("\u221288.8 dB") + 2)

    def _make_device(self) -> None:
        self._device = icon_button("playerDevice", "device", self.tr("Sound output"), _SMALL_ICON)
        self._device.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._devices = QMenu(self._device)
        self._devices.setObjectName("playerDevices")
        self._device_choice = QActionGroup(self)
        self._device.setMenu(self._devices)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.GRID, theme.HALF, theme.GRID, theme.HALF)
        row.setSpacing(theme.GRID)
        self.setFixedHeight(HEIGHT)
        row.addWidget(self._play)
        row.addWidget(self._loop)
        row.addWidget(self._name)
        row.addWidget(self._waveform, 1)
        row.addWidget(self._time)
        for group in (
            (self._pin, *self._side_buttons.values()),
            (self._mute, self._level, self._level_words),
        ):
            together = QHBoxLayout()
            together.setSpacing(theme.HALF)
            for widget in group:
                together.addWidget(widget)
            row.addLayout(together)
        row.addWidget(self._device)

    def _connect(self) -> None:
        player = self._player
        self._play.clicked.connect(player.toggle)
        self._loop.clicked.connect(player.set_loop)
        self._waveform.seek_requested.connect(player.seek_fraction)
        self._waveform.play_toggle_requested.connect(player.toggle)
        self._waveform.stop_requested.connect(player.stop)
        self._sides.buttonClicked.connect(self._on_sides_button_clicked)
        self._pin.clicked.connect(self._on_pin_clicked)
        self._level.valueChanged.connect(self._on_level_value_changed)
        self._mute.clicked.connect(self._on_mute_clicked)
        self._devices.aboutToShow.connect(self._on_devices_about_to_show)
        self._device_choice.triggered.connect(self._on_device_choice_triggered)
        player.item_changed.connect(self._show_item)
        player.loaded.connect(self._on_player_loaded)
        player.outline_changed.connect(self._on_player_outline_changed)
        player.started.connect(self._show_state)
        player.stopped.connect(self._show_state)
        player.position_changed.connect(self._on_player_position_changed)
        player.loop_changed.connect(self._loop.setChecked)
        player.compare_changed.connect(self._show_sides)
        player.reference_changed.connect(self._show_sides)
        player.volume_changed.connect(self._show_level)
        player.devices_changed.connect(self._on_player_devices_changed)
        player.device_changed.connect(self._show_device)

    # What the player says.

    @Slot(object)
    def _show_item(self, item: PlayItem | None) -> None:
        theme.set_role(self._name, "" if item is not None else "muted")
        self._name.setText(item.title if item is not None else self.tr("No sound chosen"))
        self._name.setToolTip(str(item.path) if item is not None and item.path is not None else "")
        self._waveform.clear()
        self._play.setEnabled(item is not None)
        self._waveform.setEnabled(item is not None)
        self._loop.setEnabled(False)
        self._show_time(0.0)
        self._show_sides()

    @Slot(object)
    def _on_player_loaded(self, _: PlayItem) -> None:
        self._loop.setEnabled(True)
        self._show_time(self._player.position_s)
        self._show_sides()

    @Slot()
    def _on_player_outline_changed(self) -> None:
        self._waveform.set_thumbnail(*self._player.outline)
        self._on_player_position_changed(self._player.position_s)

    @Slot()
    def _show_state(self) -> None:
        playing = self._player.is_playing
        text = self.tr("Stop") if playing else self.tr("Play")
        self._play.setIcon(icons.icon("stop" if playing else "play"))
        self._play.setToolTip(text)
        self._play.setAccessibleName(text)
        self._on_player_position_changed(self._player.position_s)

    @Slot(float)
    def _on_player_position_changed(self, position_s: float) -> None:
        duration_s = self._player.duration_s
        shown = duration_s > 0 and (self._player.is_playing or position_s > 0)
        self._waveform.set_position(position_s / duration_s if shown else None)
        self._show_time(position_s)

    def _show_time(self, position_s: float) -> None:
        self._time.setText(f"{time_text(position_s)} / {time_text(self._player.duration_s)}")

    @Slot()
    def _show_sides(self) -> None:
        player = self._player
        side, reference = player.side, player.reference
        self._sides.setExclusive(False)
        for name, (text, tip) in self._side_words().items():
            button = self._side_buttons[name]
            heard = side == name
            if player.compares_reference:
                heard = (side == "reference") == (name == "original")
            button.setText(text)
            button.setAccessibleName(text)
            button.setToolTip(tip)
            button.setEnabled(player.can_compare)
            button.setChecked(heard)
        self._sides.setExclusive(True)
        self._pin.setEnabled(player.item is not None)
        self._pin.setChecked(reference is not None)
        self._pin.setToolTip(
            self.tr("Compare others with this sound, equally loud (A)")
            if reference is None
            else self.tr("Compare with {name} no longer").format(name=reference.title)
        )

    def _side_words(self) -> dict[str, tuple[str, str]]:
        """What stands on the two buttons, and their tips."""
        reference = self._player.reference
        if reference is None or not self._player.compares_reference:
            tip = self.tr("Hear this side, equally loud and at the same place (keys A and B in the list)")
            return {
                "original": (self.tr("Original"), tip),
                "reconstruction": (self.tr("Reconstruction"), tip),
            }
        tip = self.tr("{name}: hear it equally loud and at the same place")
        shown = self._player.item
        return {
            "original": (self.tr("A: pinned"), tip.format(name=reference.title)),
            "reconstruction": (self.tr("B: this one"), tip.format(name=shown.title if shown else "")),
        }

    @Slot(float)
    def _show_level(self, volume_db: float) -> None:
        self._level.blockSignals(True)
        self._level.setValue(round(volume_db * STEPS_PER_DB))
        self._level.blockSignals(False)
        self._level_words.setText(level_text(volume_db))
        silent = volume_db <= QUIETEST_DB
        self._mute.setIcon(icons.icon("volume-off" if silent else "volume"))
        self._mute.setToolTip(self.tr("Sound again") if silent else self.tr("Silence"))

    @Slot()
    def _show_device(self) -> None:
        name = self._player.device or self.tr("System default")
        self._device.setToolTip(self.tr("Sound output: {name}").format(name=name))

    # What the user does.

    @Slot(object)
    def _on_sides_button_clicked(self, button: QToolButton) -> None:
        first = button is self._side_buttons["original"]
        if self._player.compares_reference:
            self._player.set_compare(first)
        else:
            self._player.hear("original" if first else "reconstruction")
        self._show_sides()

    @Slot()
    def _on_pin_clicked(self) -> None:
        if self._player.reference is None:
            self._player.pin_reference()
        else:
            self._player.clear_reference()
        self._show_sides()

    @Slot(int)
    def _on_level_value_changed(self, value: int) -> None:
        self._player.set_volume_db(value / STEPS_PER_DB)

    @Slot()
    def _on_mute_clicked(self) -> None:
        if self._player.volume_db > QUIETEST_DB:
            self._loud_db = self._player.volume_db
            self._player.set_volume_db(QUIETEST_DB)
        else:
            self._player.set_volume_db(self._loud_db)

    @Slot()
    def _on_devices_about_to_show(self) -> None:
        self._list_devices()
        self._player.refresh_devices()

    @Slot(object)
    def _on_player_devices_changed(self, _: list[str]) -> None:
        self._list_devices()

    def _list_devices(self) -> None:
        """The system's default, what there is, and what was chosen even if it is not there."""
        self._devices.clear()
        for action in self._device_choice.actions():
            self._device_choice.removeAction(action)
        chosen, found = self._player.device, self._player.devices()
        self._add_device(self.tr("System default"), None)
        self._devices.addSeparator()
        for name in found:
            self._add_device(name, name)
        if chosen is not None and chosen not in found:
            self._add_device(self.tr("{name} (not connected)").format(name=chosen), chosen)

    def _add_device(self, text: str, name: str | None) -> None:
        action = QAction(text.replace("&", "&&"), self._devices)
        action.setCheckable(True)
        action.setChecked(name == self._player.device)
        action.setData(name)
        self._device_choice.addAction(action)
        self._devices.addAction(action)

    @Slot(object)
    def _on_device_choice_triggered(self, action: QAction) -> None:
        self._player.set_device(action.data())
