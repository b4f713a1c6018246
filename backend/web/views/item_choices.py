"""What can be reported here by this reader: six chips to tap, and the whole dictionary behind them by category."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from backend.items.structs import ItemView

CHIPS = 6
USUAL = ("A101", "A301", "A203", "A201", "A501", "B101")
"""The chips of a place that has no history yet: what a street sees most."""


@dataclass(frozen=True, slots=True)
class ItemChoice:
    code: str
    name_zh: str
    name_en: str
    photos_min: int


@dataclass(frozen=True, slots=True)
class ItemCategory:
    name_zh: str
    name_en: str
    choices: tuple[ItemChoice, ...]


def reportable_by(items: Iterable[ItemView], kinds: Collection[str]) -> list[ItemView]:
    """The matters that one of these kinds of reporters may report."""
    return [item for item in items if not set(item.reporter_roles).isdisjoint(kinds)]


def chips(items: list[ItemView], frequent: Iterable[str], first: Sequence[str] = ()) -> list[ItemChoice]:
    """Six matters: half of them at most of those to put first, then the most frequent of this place, then the usual."""
    known = {item.code: item for item in items}
    codes = [code for code in dict.fromkeys((*first[: CHIPS // 2], *frequent, *USUAL, *known)) if code in known]
    return [_choice(known[code]) for code in codes[:CHIPS]]


def habit(used: Sequence[str]) -> list[str]:
    """Of the matters that somebody reported, the latest first: three used last, then the most frequent."""
    last = list(dict.fromkeys(used))[: CHIPS // 2]
    return list(dict.fromkeys((*last, *(code for code, _ in Counter(used).most_common()))))


def categories(items: list[ItemView]) -> list[ItemCategory]:
    """All of them, by category."""
    ordered = sorted(items, key=lambda item: item.code)
    return [
        ItemCategory(group[0].category_zh, group[0].category_en, tuple(_choice(item) for item in group))
        for group in (list(run) for _, run in groupby(ordered, key=lambda item: item.category_code))
    ]


def _choice(item: ItemView) -> ItemChoice:
    return ItemChoice(item.code, item.name_zh, item.name_en, item.report_photos_min)
