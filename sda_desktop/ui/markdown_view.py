"""A page of text in Markdown, in the theme's colours, with its headings and a search."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QColor, QFont, QTextBlock, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from sda_desktop.ui import theme

LINE_HEIGHT_PERCENT = 125.0
CODE_SCALE = 0.9  # fixed-width letters look larger beside others
_HEADING_SCALES = {1: 1.5, 2: 1.22, 3: 1.0}
_HEADING_SPACE = {1: 0, 2: 3 * theme.GRID, 3: 2 * theme.GRID}
_MARGIN = 2 * theme.GRID


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and where it stands in the document."""

    level: int
    title: str
    position: int


class MarkdownView(QTextBrowser):
    """Shows Markdown; follows the theme."""

    section_changed = Signal(int)  # the number of the heading that the topmost line belongs to

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = ""
        self._headings: tuple[Heading, ...] = ()
        self._hits: list[QTextCursor] = []
        self._hit = -1
        self.setOpenLinks(False)
        self.document().setDocumentMargin(_MARGIN)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        theme.notifier().changed.connect(self._on_theme_changed)

    def show_markdown(self, text: str) -> None:
        """Show a page from its top."""
        self._source = text
        self._render()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def headings(self) -> tuple[Heading, ...]:
        """All headings in their order."""
        return self._headings

    def go_to(self, number: int) -> None:
        """Bring a heading to the top."""
        heading = self._headings[number]
        cursor = QTextCursor(self.document())
        cursor.setPosition(heading.position)
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(self._top(heading) - theme.GRID if number else 0)

    def section(self) -> int:
        """The number of the heading that the topmost line belongs to; -1 if there is none."""
        bar = self.verticalScrollBar()
        if bar.value() >= bar.maximum() > 0 and self._is_visible(self.textCursor()):
            return self._section_at(self.textCursor().position())  # the last ones never come to the top
        tops = [self._top(heading) for heading in self._headings]
        above = [number for number, top in enumerate(tops) if top <= bar.value() + 2 * theme.GRID]
        return above[-1] if above else min(0, len(tops) - 1)

    # Searching.

    def search(self, words: str) -> int:
        """Mark every place where the words stand and go to the first from here; returns their number."""
        self._hits, self._hit = [], -1
        cursor = self.document().find(words) if words.strip() else QTextCursor()
        while not cursor.isNull():
            self._hits.append(cursor)
            cursor = self.document().find(words, cursor)
        if self._hits:
            here = self.cursorForPosition(self.viewport().rect().topLeft()).position()
            later = (i for i, hit in enumerate(self._hits) if hit.selectionStart() >= here)
            self._go_to_hit(next(later, 0))
        else:
            self._mark_hits()
        return len(self._hits)

    def next_hit(self, step: int = 1) -> int:
        """Go on by so many; returns the number of the one that is shown, from 1, or 0."""
        if not self._hits:
            return 0
        self._go_to_hit((self._hit + step) % len(self._hits))
        return self._hit + 1

    def hit(self) -> int:
        """The number of the place that is shown, from 1, or 0."""
        return self._hit + 1

    def _go_to_hit(self, number: int) -> None:
        self._hit = number
        cursor = QTextCursor(self._hits[number])
        cursor.clearSelection()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self._mark_hits()

    def _mark_hits(self) -> None:
        colors = theme.colors()
        marks = []
        for number, hit in enumerate(self._hits):
            mark = QTextEdit.ExtraSelection()
            mark.cursor = hit
            mark.format = _ground(
                colors.accent if number == self._hit else colors.selection,
                colors.accent_text if number == self._hit else colors.text,
            )
            marks.append(mark)
        self.setExtraSelections(marks)

    # Drawing.

    def _render(self) -> None:
        self.document().setMarkdown(self._source)
        self._headings = tuple(self._style_blocks())
        self._mark_hits()

    def _style_blocks(self) -> list[Heading]:
        headings = []
        block = self.document().begin()
        while block.isValid():
            level = block.blockFormat().headingLevel()
            if level:
                headings.append(Heading(level, block.text(), block.position()))
            self._style_block(block, level)
            block = block.next()
        return headings

    def _style_block(self, block: QTextBlock, level: int) -> None:
        cursor = QTextCursor(block)
        layout = QTextBlockFormat()
        layout.setLineHeight(LINE_HEIGHT_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        layout.setTopMargin(_HEADING_SPACE.get(level, 0) if level and block.position() else 0)
        in_list = block.textList() is not None
        layout.setBottomMargin(theme.HALF if level or in_list else theme.GRID)
        cursor.mergeBlockFormat(layout)
        if level:
            words = QTextCharFormat()
            words.setFont(theme.scaled(self.font(), _HEADING_SCALES.get(level, 1.0)))
            words.setFontWeight(QFont.Weight.DemiBold)
            words.setForeground(QColor(theme.colors().text))
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            cursor.mergeCharFormat(words)
            return
        self._style_code(block)

    def _style_code(self, block: QTextBlock) -> None:
        spans = []
        part = block.begin()
        while not part.atEnd():
            fragment = part.fragment()
            if fragment.charFormat().fontFixedPitch():
                spans.append((fragment.position(), fragment.length()))
            part += 1
        for position, length in spans:
            cursor = QTextCursor(self.document())
            cursor.setPosition(position)
            cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
            words = _ground(theme.colors().window, theme.colors().text)
            words.setFontPointSize(theme.scaled(self.font(), CODE_SCALE).pointSizeF())
            cursor.mergeCharFormat(words)

    def _section_at(self, position: int) -> int:
        before = [n for n, heading in enumerate(self._headings) if heading.position <= position]
        return before[-1] if before else min(0, len(self._headings) - 1)

    def _top(self, heading: Heading) -> int:
        block = self.document().findBlock(heading.position)
        return round(self.document().documentLayout().blockBoundingRect(block).top())

    def _is_visible(self, cursor: QTextCursor) -> bool:
        return self.viewport().rect().intersects(self.cursorRect(cursor))

    @Slot()
    def _on_scrolled(self) -> None:
        self.section_changed.emit(self.section())

    @Slot()
    def _on_theme_changed(self) -> None:
        at = self.verticalScrollBar().value()
        places = [(hit.selectionStart(), hit.selectionEnd()) for hit in self._hits]
        self._render()
        for hit, (start, end) in zip(self._hits, places, strict=True):
            hit.setPosition(start)
            hit.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self._mark_hits()
        self.verticalScrollBar().setValue(at)


def _ground(ground: str, text: str) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setBackground(QColor(ground))
    made.setForeground(QColor(text))
    return made
