"""A4 paper with Chinese text as PDF: lines, headings, bars and tables in an embedded subset of a font.

What becomes of a sign that the font does not have is said once for a document: it is refused, since a report with holes
is none, or a mark stands in its place, since what people wrote must not keep the rest from being printed.

Loaded with the first document: the library and the font take memory that most processes never need.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import WrapMode

GREY = (90, 90, 90)
_BLACK, _BAR, _TRACK = (0, 0, 0), (20, 80, 154), (200, 206, 212)
_FONT, _MARGIN_MM, _LINE_MM, _ROW_MM = "text", 16, 6.5, 5.6
WIDTH_MM = 210 - 2 * _MARGIN_MM
_SC = 2
"""In Noto's CJK collections the third face is the one for simplified Chinese; the first is Japanese."""
_NO_GLYPH = "?"
_LABEL_MM, _COUNT_MM = 22, 18


class MissingGlyph(StrEnum):
    """What becomes of a sign that the font does not have."""

    REFUSED = "refused"
    MARKED = "marked"


class GlyphsMissing(RuntimeError):
    """The font lacks characters of a document that is to have no holes."""


class PdfReport:
    """A document that is written from top to bottom, and ended once by `finish`."""

    def __init__(self, title: str, made_at: datetime, font: Path, missing: MissingGlyph) -> None:
        logging.getLogger("fpdf").setLevel(logging.ERROR)
        self._missing = missing
        self._pdf = FPDF(unit="mm", format="A4")
        self._pdf.set_margins(_MARGIN_MM, _MARGIN_MM)
        self._pdf.set_auto_page_break(True, _MARGIN_MM)
        self._pdf.set_creator("Yima")
        self._pdf.set_title(title)
        self._pdf.set_creation_date(made_at)
        self._pdf.add_font(_FONT, "", font, collection_font_number=_face(font))
        self._pdf.add_page()
        self._known = self._pdf.fonts[_FONT].cmap  # type: ignore[union-attr]  # only embedded fonts are used

    def headline(self, words: str) -> None:
        self.line(words, size=18, height=10)

    def heading(self, words: str) -> None:
        self._pdf.ln(3)
        self.line(words, size=13, height=8)

    def line(self, words: str, *, size: int = 11, height: float = _LINE_MM, color: Sequence[int] = _BLACK) -> None:
        """Words over the whole width, as many lines as they need; nothing of no words. Raises GlyphsMissing."""
        if not words:
            return
        self._set(size, color)
        shown = self._drawn(words)
        self._pdf.multi_cell(WIDTH_MM, height, shown, new_x="LMARGIN", new_y="NEXT", wrapmode=WrapMode.CHAR)

    def printable(self, name: str) -> str:
        """A name as people chose it, with a mark for what the font does not have."""
        return "".join(sign if sign == "\n" or ord(sign) in self._known else _NO_GLYPH for sign in name)

    def bars(self, rows: Sequence[tuple[str, int]]) -> None:
        """A bar for each row, to scale, its label before it and its count behind it."""
        most = max((count for _, count in rows), default=0) or 1
        width = WIDTH_MM - 2 * _LABEL_MM
        self._set(10, _BLACK)
        for label, count in rows:
            top = self._pdf.get_y()
            self._pdf.set_xy(_MARGIN_MM, top)
            self._pdf.cell(_LABEL_MM, 6, self._drawn(label))
            if count:
                self._pdf.set_fill_color(*_BAR)
                self._pdf.rect(_MARGIN_MM + _LABEL_MM + 2, top + 1.2, width * count / most, 3.6, style="F")
            self._pdf.set_xy(_MARGIN_MM + _LABEL_MM + 4 + width * count / most, top)
            self._pdf.cell(_COUNT_MM, 6, str(count), new_x="LMARGIN", new_y="NEXT")

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float], size: int = 9) -> None:
        """Rows of one line each; what does not fit its column ends in an ellipsis. `widths`: mm, the last what is left.

        The head stands again on each page. Raises GlyphsMissing.
        """
        columns = [*widths, WIDTH_MM - sum(widths)]
        self._row(head, columns, size, GREY)
        for row in rows:
            if self._pdf.will_page_break(_ROW_MM):
                self._pdf.add_page()
                self._row(head, columns, size, GREY)
            self._row(row, columns, size, _BLACK)

    def finish(self) -> bytes:
        document = bytes(self._pdf.output())
        for opened in self._pdf.fonts.values():
            opened.ttfont.close()  # type: ignore[union-attr]  # only embedded fonts are used
        return document

    def _row(self, cells: Sequence[str], columns: Sequence[float], size: int, color: Sequence[int]) -> None:
        self._set(size, color)
        for words, width in zip(cells, columns, strict=True):
            self._pdf.cell(width, _ROW_MM, self._fitting(self._drawn(words), width - 2), new_x="RIGHT", new_y="TOP")
        self._pdf.ln(_ROW_MM)
        self._pdf.set_draw_color(*_TRACK)
        self._pdf.line(_MARGIN_MM, self._pdf.get_y(), _MARGIN_MM + WIDTH_MM, self._pdf.get_y())

    def _fitting(self, words: str, width: float) -> str:
        if self._pdf.get_string_width(words) <= width:
            return words
        while words and self._pdf.get_string_width(f"{words}…") > width:
            words = words[:-1]
        return f"{words}…"

    def _set(self, size: int, color: Sequence[int]) -> None:
        self._pdf.set_font(_FONT, size=size)
        self._pdf.set_text_color(*color)

    def _drawn(self, words: str) -> str:
        shown = self.printable(words)
        if shown != words and self._missing is MissingGlyph.REFUSED:
            lacking = sorted({sign for sign in words if sign not in shown})
            raise GlyphsMissing(" ".join(f"U+{ord(sign):04X}" for sign in lacking))
        return shown


def _face(font: Path) -> int:
    return _SC if font.suffix == ".ttc" and "Noto" in font.name else 0
