"""Load the dictionary from its CSV file, and lay down responsibility rules."""

import csv
from pathlib import Path
from typing import Any

from backend import db
from backend.events import service as events
from backend.items.events import ItemLimitsChanged
from backend.items.tables import Item

DICTIONARY = Path(__file__).parent / "dictionary.csv"
"""The 36 sub-items that people report."""
OWN_ITEMS = Path(__file__).parent / "own_items.csv"
"""Items of orders that only the system itself opens."""
PAGE_ITEMS = Path(__file__).parent / "page_items.csv"
"""Items that have a page of their own, and are no choice on any other: what is wrong with a lift, consultations."""
_INTEGERS = (
    "respond_min",
    "resolve_min",
    "report_photos_min",
    "before_photos_min",
    "after_photos_min",
    "checkin_radius_m",
    "grade_points",
)
_OPTIONAL = ("arrive_min", "safe_min", "verify_min")
_LIMITS = "SELECT code, clock, respond_min, resolve_min, arrive_min, safe_min, verify_min FROM item"

_SET_RULE = """
    INSERT INTO responsibility_rule (item_id, unit_type, area_code, unit_id) VALUES ($1, $2, $3, $4)
    ON CONFLICT (coalesce(item_id, ''), coalesce(unit_type, ''), area_code) DO UPDATE SET unit_id = EXCLUDED.unit_id
"""


async def load_dictionary(paths: tuple[Path, ...] = (DICTIONARY, OWN_ITEMS, PAGE_ITEMS)) -> int:
    """Insert or refresh every sub-item of the files, and tell which known ones have other limits. Returns the count."""
    items = [item for path in paths for item in _read(path)]
    columns = [column for column in Item.all_columns() if column._meta.name not in ("code", "is_open")]
    async with db.transaction():
        before = {row["code"]: row for row in await db.fetch(_LIMITS)}
        await Item.insert(*items).on_conflict(target=Item.code, action="DO UPDATE", values=columns)
        changed = [row["code"] for row in await db.fetch(_LIMITS) if before.get(row["code"], row) != row]
        if changed:
            await events.record(ItemLimitsChanged(item_codes=tuple(changed)))
    return len(items)


async def set_rule(*, unit_id: int, area_code: str, item_code: str | None = None, unit_type: str | None = None) -> None:
    """Lay down which unit answers for an item, or for a unit type, within an area prefix; the unit before goes."""
    await db.execute(_SET_RULE, item_code, unit_type, area_code, unit_id)


def _read(path: Path) -> list[Item]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [_item(row) for row in csv.DictReader(file)]


def _item(row: dict[str, str]) -> Item:
    values: dict[str, Any] = {**row, **{name: int(row[name]) for name in _INTEGERS}}
    values.update({name: int(row[name]) if row.get(name) else None for name in _OPTIONAL})
    values["reporter_roles"] = row["reporter_roles"].split("|")
    values["checkin_required"] = row["checkin_required"] == "1"
    return Item(**values)
