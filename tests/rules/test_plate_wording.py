"""Words on a plate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qr.printing.wording import LEAST_SHRINK, fitted, lacking, one_line, with_gaps


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("莲安东路1号", "莲安东路1号"),
        ("上\n下\t左  右 ", "上 下 左 右"),
        ("\u202e倒\u200b写\x07", "倒写"),
        ("e\u0301cole", "école"),
        ("<b>&amp;", "<b>&amp;"),
        ("\u3000\n", ""),
    ],
)
def test_a_name_is_one_line_of_what_can_be_seen(name: str, line: str) -> None:
    assert one_line(name) == line


def test_characters_that_a_font_lacks_are_told_once_each_and_marked_where_they_stand() -> None:
    drawn = set(map(ord, "野家"))

    assert lacking("𠮷野𠮷家🔥", drawn) == "𠮷🔥"
    assert with_gaps("𠮷野家", drawn) == "〓野家"


@given(st.text("甲乙丙", max_size=200), st.floats(3, 300))
def test_a_line_fits_its_room_and_stays_large_enough_to_read(text: str, room: float) -> None:
    written, share = fitted(text, lambda words: float(len(words)), room)

    assert len(written) * share <= room * 1.000001
    assert share >= LEAST_SHRINK or len(text) <= 2
    assert written == text or (written[0] == text[0] and written[-1] == text[-1] and "…" in written)
