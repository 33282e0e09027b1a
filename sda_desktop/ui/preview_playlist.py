"""The previews of a run: heading, filter, list, and a sentence while there are none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sda_desktop.training.metrics import MetricsHistory, PreviewEvent
from sda_desktop.ui import icons, theme
from sda_desktop.ui.preview_list import PreviewList
from sda_desktop.ui.preview_model import Filter, PreviewModel
from sda_desktop.ui.sentence_card import sentence_card


class PreviewPlaylist(QWidget):
    """Shows previews by epoch and says what is to be heard."""

    sound_selected = Signal(object)  # PlayItem
    play_requested = Signal(object)  # PlayItem
    stop_requested = Signal()
    seek_requested = Signal(float)  # share of the sound that plays
    side_requested = Signal(str)  # of the sound that plays: "original" or "reconstruction"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("previewPlaylist")
        self.setAccessibleName(self.tr("Previews"))
        self._model = PreviewModel(self)
        self.list = PreviewList(self._model)
        self._build()
        self.list.sound_selected.connect(self.sound_selected)
        self.list.play_requested.connect(self.play_requested)
        self.list.stop_requested.connect(self.stop_requested)
        self.list.seek_requested.connect(self.seek_requested)
        self.list.side_requested.connect(self.side_requested)
        self.list.arrived_above.connect(self._on_list_arrived_above)
        self.list.verticalScrollBar().valueChanged.connect(self._on_scroll_bar_value_changed)
        self._show_page()

    def _build(self) -> None:
        title = QLabel(self.tr("Previews"))
        theme.set_role(title, "heading")
        top = QHBoxLayout()
        top.setSpacing(2)
        top.addWidget(title)
        top.addStretch(1)
        self._filters = QButtonGroup(self)
        for kind, text, tip in (
            (Filter.ALL, self.tr("All"), self.tr("All previews")),
            (
                Filter.RECONSTRUCTION,
                self.tr("Reconstructions"),
                self.tr("The model's versions of sounds that it does not learn from"),
            ),
            (Filter.NEW, self.tr("New sounds"), self.tr("Sounds that the model made up")),
        ):
            button = QToolButton()
            button.setObjectName(f"previewFilter_{kind.value}")
            button.setText(text)
            button.setAccessibleName(text)
            button.setToolTip(tip)
            button.setCheckable(True)
            button.setChecked(kind is Filter.ALL)
            button.setProperty("kind", kind.value)
            self._filters.addButton(button)
            top.addWidget(button)
        self._filters.buttonClicked.connect(self._on_filters_button_clicked)
        self._pages = QStackedWidget()
        page, self._sentence = sentence_card("previewEmpty")
        self._pages.addWidget(page)
        self._pages.addWidget(self.list)
        self._make_pill()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HALF)
        column.addLayout(top)
        column.addWidget(self._pages, 1)

    def _make_pill(self) -> None:
        """Above the list, in nobody's way: what arrived while the user was further down."""
        self._pill = QPushButton(self.list.viewport())
        self._pill.setObjectName("previewPill")
        self._pill.setAccessibleName(self.tr("Show the newest previews"))
        self._pill.setIcon(icons.icon("chevron-up"))
        self._pill.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pill.clicked.connect(self._on_pill_clicked)
        self._pill.hide()
        self.list.viewport().installEventFilter(self)

    # What it is told.

    def add_preview(self, event: PreviewEvent) -> None:
        """One more preview."""
        self.list.written_anew(Path(event.path))
        self._model.add(event)
        self._show_page()

    def set_history(self, history: MetricsHistory) -> None:
        """The previews of another run, or of this one's past."""
        current = self.list.current_row()
        self._model.set_events(list(history.previews))
        self._pill.hide()
        self._show_page()
        if current is not None and not self._model.empty:
            self.list.restore(current)

    def clear(self) -> None:
        """Show nothing."""
        self._model.clear()
        self._pill.hide()
        self._show_page()

    def set_playing(self, path: Path | None) -> None:
        """Mark the sound that is heard now."""
        self.list.set_playing(path)

    @Slot(float)
    def set_progress(self, share: float) -> None:
        """Where the playhead is in the sound that is heard."""
        self.list.set_progress(share)

    def _show_page(self) -> None:
        shown = self._model.has_sounds
        self._pages.setCurrentIndex(1 if shown else 0)
        if shown:
            return
        if self._model.empty:
            text = self.tr(
                "Here you will hear the training: held-out sounds beside the model's versions of them, "
                "and new sounds, every few epochs."
            )
        elif self._model.filter is Filter.NEW:
            text = self.tr("This run has made no new sounds yet.")
        else:
            text = self.tr("This run has made no reconstructions yet.")
        self._sentence.setText(text)

    # What the user does.

    @Slot(object)
    def _on_filters_button_clicked(self, button: QToolButton) -> None:
        current = self.list.current_row()
        self._model.set_filter(Filter(button.property("kind")))
        self._show_page()
        if current is not None:
            self.list.restore(current)

    @Slot(int)
    def _on_list_arrived_above(self, epoch: int) -> None:
        self._pill.setText(self.tr("New: epoch {n}").format(n=epoch))
        self._place_pill()
        self._pill.show()

    @Slot()
    def _on_pill_clicked(self) -> None:
        self.list.scrollToTop()
        self._pill.hide()

    @Slot(int)
    def _on_scroll_bar_value_changed(self, value: int) -> None:
        if value == 0:
            self._pill.hide()

    def _place_pill(self) -> None:
        self._pill.adjustSize()
        room = self.list.viewport().width()
        self._pill.move((room - self._pill.width()) // 2, theme.HALF)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place_pill()
        return False
