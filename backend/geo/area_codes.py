"""What a national area code looks like: 区划代码 of 2 to 12 digits, with 3 more the code of a grid cell.

2 digits a province, 4 a city, 6 a district, 9 a street or town, 12 a residents' committee, 15 a grid cell (万米网格).
The patterns are regular expressions without anchors.
"""

import re
from collections.abc import Iterable

DISTRICT_CHARS, TOWN_CHARS, COMMITTEE_CHARS, CELL_CHARS = 6, 9, 12, 15
LEVEL_CHARS = (2, 4, DISTRICT_CHARS, TOWN_CHARS, COMMITTEE_CHARS, CELL_CHARS)
"""The lengths at which a code names something; the whole country has the empty code."""
AREA = "[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}"
"""A whole area of any level."""
MAPPED_AREA = "[0-9]{6}|[0-9]{9}|[0-9]{12}"
"""An area that the town's own map has: a district, a street or town, or a committee."""
TOWN = "[0-9]{9}"
DISTRICT_OR_TOWN = f"[0-9]{{6}}|{TOWN}"
COMMITTEE = "[0-9]{12}"
CELL = "[0-9]{15}"
BEGINNING = "[0-9]{2,15}"
"""An area, a cell, or the first digits of one."""


_WITHIN_CHARS = {2: 6, 4: 6, 6: TOWN_CHARS, TOWN_CHARS: COMMITTEE_CHARS}


def child_chars(code: str) -> int:
    """How many digits the codes of the areas directly within an area have; 0 where none lie in it: of a committee."""
    return _WITHIN_CHARS.get(len(code), 0)


def children_of(code: str, codes: Iterable[str]) -> list[str]:
    """Those of the codes that lie directly within the area, in the order of their digits."""
    chars = child_chars(code)
    return sorted(each for each in codes if chars and len(each) == chars and each.startswith(code))


def is_area(text: str) -> bool:
    """Whether it is the code of a whole area, of any level."""
    return re.fullmatch(AREA, text) is not None


def is_area_or_cell(text: str) -> bool:
    """Whether it is the code of a whole area or of a grid cell."""
    return re.fullmatch(f"{AREA}|{CELL}", text) is not None


def is_mapped(text: str) -> bool:
    """Whether it is the code of an area that the map has, or of a grid cell."""
    return re.fullmatch(f"{MAPPED_AREA}|{CELL}", text) is not None


def is_beginning(text: str) -> bool:
    """Whether it is digits that such a code may begin with; the empty text, the whole country, as well."""
    return re.fullmatch(f"[0-9]{{0,{CELL_CHARS}}}", text) is not None
