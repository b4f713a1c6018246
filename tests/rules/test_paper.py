"""Paper: text in a font's own glyphs, what becomes of a sign without one, and rows that go on over the page."""

from datetime import UTC, datetime

import pypdfium2
import pytest

from backend.paper import GlyphsMissing, MissingGlyph, PdfReport
from qr.printing.fonts import find_font

NOW = datetime(2026, 11, 28, 3, tzinfo=UTC)
NO_FONT_HAS = "\U0001fae0"


def blank(missing: MissingGlyph = MissingGlyph.MARKED) -> PdfReport:
    return PdfReport("周析", NOW, find_font(), missing)


def pages(document: bytes) -> list[str]:
    with pypdfium2.PdfDocument(document) as opened:
        return [page.get_textpage().get_text_range() for page in opened]


def test_a_sign_without_a_glyph_is_marked_where_people_wrote_and_refused_where_we_did() -> None:
    marked, refused = blank(), blank(MissingGlyph.REFUSED)
    marked.line(f"莲安东路{NO_FONT_HAS}")
    marked.table(("道路",), [(f"路{NO_FONT_HAS}",)], ())

    text = "".join(pages(marked.finish()))

    assert "莲安东路?" in text and "路?" in text
    with pytest.raises(GlyphsMissing, match="U\\+1FAE0"):
        refused.line(f"整改{NO_FONT_HAS}")
    refused.line(refused.printable(f"王记{NO_FONT_HAS}"))
    refused.line("")
    assert pages(refused.finish()) == ["王记?"]


def test_a_table_goes_on_over_the_page_under_its_head_and_cuts_what_is_too_long() -> None:
    paper = blank()
    paper.heading("道路")
    paper.table(("道路", "本周"), [("很长的路名" * 20, str(number)) for number in range(80)], (60,))
    paper.bars([("一月", 0), ("二月", 7)])

    texts = pages(paper.finish())

    assert len(texts) == 2 and all("本周" in text for text in texts)
    assert "…" in texts[0] and "二月" in texts[1]
