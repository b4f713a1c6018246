"""The kinds of events that cameras tell, as data: the item of each, its window, and how long it may stay."""

import csv
from functools import cache
from pathlib import Path

import msgspec

from backend.intake.cameras.structs import Spot

_DATA = Path(__file__).with_name("kinds.csv")
OTHER = "other"


class CameraEventKind(msgspec.Struct, frozen=True, kw_only=True):
    """`spot`: where it is of this kind, empty for anywhere. A repeat within `window_min` minutes is the same.

    `stays_min`: staff are notified first, and it is an order if it is there after so many minutes; 0: at once.
    """

    kind: str
    item_code: str
    spot: str
    window_min: int
    stays_min: int
    title_zh: str
    title_en: str


UNSURE = CameraEventKind(
    kind=OTHER, item_code="", spot="", window_min=60, stays_min=0, title_zh="摄像头事件", title_en="Camera event"
)
"""Of what no table knows: whoever decides on the record says what it is."""


@cache
def all_kinds() -> dict[str, CameraEventKind]:
    """Every kind by its word."""
    with _DATA.open(encoding="utf-8", newline="") as file:
        rows = [msgspec.convert(row, CameraEventKind, strict=False) for row in csv.DictReader(file)]
    return {row.kind: row for row in rows}


def kind_of(word: str, item_code: str, spot: Spot) -> CameraEventKind:
    """By our own word, else by the item that the source's class table names; there the kind of this very spot first."""
    if word in all_kinds():
        return all_kinds()[word]
    fitting = [each for each in all_kinds().values() if item_code and each.item_code == item_code]
    here = [each for each in fitting if each.spot == spot] or [each for each in fitting if not each.spot]
    if here:
        return here[0]
    return msgspec.structs.replace(UNSURE, item_code=item_code)


def titles_of(word: str) -> tuple[str, str]:
    kind = all_kinds().get(word, UNSURE)
    return kind.title_zh, kind.title_en
