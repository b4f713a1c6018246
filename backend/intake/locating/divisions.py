"""What stands before a road: districts, towns and committees of today and of before, and words that say nothing. Pure.

`divisions.csv`: provinces, the districts of Shanghai, and districts and towns that exist no more, with the code that
they lie in today. The names of the town's own areas come from its map.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from backend.intake.locating.folding import fold
from backend.places.structs import AreaName

_LEVEL_WORDS = re.compile("(?:街道|镇|乡|新区|区|县|居民委员会|居委会|居委|村民委员会|村委会|村委|社区|村)$")
_LEAST = 2
_WORDS = tuple(
    "中华人民共和国 来电反映 发生地 事发地 坐落于 地址是 地址为 中国 本市 市区 来电 反映 投诉 地址 地点 地段 "  # noqa: SIM905
    "事发 家住 住在 位于 靠近 我们 我家 我 市 住 在 于 的 请 是 为 近 : , 。 ; . - / 、".split()
)
"""Longer ones before what they begin with."""
_ESTATE = re.compile("[\\w]{2,12}(?:小区|社区|新村|花园|公寓|苑|居委会?|村委会?|居民区|大厦|广场|园区)$")
_UNKNOWN = re.compile("[\\u3400-\\u9fff]{2,7}?(?:自治区|省|市|新区|区|县|镇|乡|街道)")
_FRONT = re.compile(
    "^(?:中国)?(?:[\\u3400-\\u9fff]{2,8}?(?:省|自治区))?(?:[\\u3400-\\u9fff]{2,4}?市)?"
    "(?:[\\u3400-\\u9fff]{2,4}?(?:区|县))?(?:[\\u3400-\\u9fff]{1,5}?(?:镇|乡|街道))?(?=[\\u3400-\\u9fff]{2})"
)


class Before(NamedTuple):
    """What stands before a road, taken apart: for each name the areas that it may be. `is_explained`: all of it."""

    areas: tuple[frozenset[str], ...]
    is_explained: bool

    def allows(self, area_code: str) -> bool:
        """Whether a place may be meant that lies there: each name is of what it lies in, or of a part of that."""
        return all(any(_is_related(code, area_code) for code in codes) for codes in self.areas)


def take_apart(said: str, names: Mapping[str, frozenset[str]]) -> Before:
    """Names of areas and words that say nothing, one after the other; an estate's name right before the road is let by.

    A district or town that nobody knows is not explained.
    """
    areas: list[frozenset[str]] = []
    at = 0
    while at < len(said):
        name = max((name for name in names if said.startswith(name, at)), key=len, default="")
        word = next((word for word in _WORDS if said.startswith(word, at)), "")
        if len(name) >= len(word) and name:
            areas.append(names[name])
        elif not word:
            rest = said[at:]
            is_estate = _ESTATE.fullmatch(rest) is not None and _names_no_area(rest)
            return Before(tuple(areas), is_estate)
        at += max(len(name), len(word))
    return Before(tuple(areas), is_explained=True)


def without(said: str) -> str:
    """A road without the province, city, district and town that may stand before it, by their last characters."""
    return _FRONT.sub("", said)


def names_of(areas: Iterable[AreaName]) -> dict[str, frozenset[str]]:
    """By name, folded, the codes that it may be: of these areas, as 北蔡镇 and 北蔡, and of `divisions.csv`."""
    found: dict[str, set[str]] = {name: {code} for name, code in shipped().items()}
    for area in areas:
        whole = fold(area.name)
        for name in {whole, _LEVEL_WORDS.sub("", whole)}:
            if len(name) >= _LEAST:
                found.setdefault(name, set()).add(area.code)
    return {name: frozenset(codes) for name, codes in found.items()}


@cache
def shipped() -> dict[str, str]:
    """The codes of `divisions.csv` by name; a district of today is found without 区, too."""
    with Path(__file__).with_name("divisions.csv").open(encoding="utf-8", newline="") as lines:
        found = {row["name"]: row["code"] for row in csv.DictReader(lines)}
    return {
        name[:-1]: code for name, code in found.items() if name.endswith(("区", "县")) and len(name) > _LEAST
    } | found


def _names_no_area(rest: str) -> bool:
    estate = re.compile("小区|社区|居民区|园区|新村")
    return _UNKNOWN.search(estate.sub("", rest)) is None


def _is_related(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
