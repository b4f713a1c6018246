"""Grid cells as people speak of them."""

from datetime import UTC, datetime

import pytest

from backend.web.views.grid_names import grid_name
from backend.web.views.page import PageContext

NAMES = {"310115105201": "莲安居委", "310115105": "北蔡镇"}


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("310115105201007", "莲安居委第 7 网格", "莲安居委, grid 7"),
        ("310115105201", "莲安居委", "莲安居委"),
        ("310115105", "北蔡镇", "北蔡镇"),
        ("310115105999007", "310115105999007", "310115105999007"),
        ("", "", ""),
    ],
)
def test_a_cell_is_its_committee_and_a_number(code: str, zh: str, en: str) -> None:
    said = [
        grid_name(PageContext(lang=lang, big=False, path="/", now=datetime.now(UTC), hotline=""), code, NAMES)
        for lang in ("zh", "en")
    ]

    assert said == [zh, en]
