"""Looking ahead, off the GUI thread, at what the training would take that Train would start."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from sda_desktop.audio.scan import ScanResult
from sda_desktop.errors import ConfigError, SdaError
from sda_desktop.training.forecast import Forecast, foresee
from sda_desktop.ui.background import Background
from sda_desktop.ui.forecast_words import NOTHING, ForecastWords, words_of
from sda_desktop.ui.hyperparameter_form import HyperparameterForm

AFTER_MS = 250  # of quiet: settings change with every key
# While something is short: somebody may be making room with another program.
AGAIN_MS = 5000


class Forecasting(QObject):
    """Keeps a forecast of the settings in the form and the sounds that are open."""

    changed = Signal()

    def __init__(self, form: HyperparameterForm, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words: ForecastWords = NOTHING
        self._form = form
        self._sounds: ScanResult | None = None
        self._background = Background(self)
        self._soon = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._soon.timeout.connect(self._look)
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self._look)
        form.changed.connect(self.look_soon)

    def set_sounds(self, sounds: ScanResult | None) -> None:
        """Other sounds are open, or none."""
        if sounds is self._sounds:
            return
        self._sounds = sounds
        if sounds is None:
            self._look()
        else:
            self.look_soon()

    @Slot()
    def look_soon(self) -> None:
        """Something changed that the forecast depends on."""
        self._soon.start()

    @Slot()
    def _look(self) -> None:
        sounds = self._sounds
        self._again.stop()
        try:
            config, explicit = self._form.config(), self._form.explicit()
        except ConfigError:  # the form itself says what is wrong
            sounds = None
        if sounds is None or not sounds.usable:
            self._background.drop()
            self._show(NOTHING)
            return
        # The form has applied the preset already.
        usable = sounds
        self._background.start(lambda: foresee(usable, config, explicit), self._on_foreseen, self._on_failed)

    def _on_foreseen(self, forecast: Forecast) -> None:
        words = words_of(forecast)
        if words.warning or words.problem:
            self._again.start()
        self._show(words)

    def _on_failed(self, _: SdaError) -> None:
        self._show(NOTHING)

    def _show(self, words: ForecastWords) -> None:
        if words != self.words:
            self.words = words
            self.changed.emit()
