"""Reads of the dictionary. `rule` is part of the one read on the path of every report."""

import asyncpg
import msgspec

from backend import db
from backend.items.structs import ItemView, RuleView

_FIELDS = tuple(field.name for field in msgspec.structs.fields(ItemView))
_COLUMNS = ", ".join(f"i.{name}" for name in _FIELDS)

_FITTING = """
    WHERE (r.item_id = i.code OR r.item_id IS NULL AND r.unit_type = i.handler_unit_type)
      AND {area} LIKE r.area_code || '%'
    ORDER BY r.item_id IS NULL, length(r.area_code) DESC, r.id
"""
_RULES = f"""
    SELECT r.id, r.item_id AS item_code, r.unit_type, r.area_code, r.unit_id
    FROM responsibility_rule r JOIN item i ON i.code = $1
    {_FITTING.format(area="$2")}
"""
_LEVELS = """
    SELECT code, name_zh, name_en, category_code, category_zh, category_en, item_code, item_zh, item_en
    FROM item ORDER BY code
"""
_NOBODYS_CHOICE = "{system,asker,lift_user}"
"""Kinds of reporters for whom no list of matters is shown: the system, and whoever comes by a page of its own."""
_OPEN = f"SELECT {_COLUMNS} FROM item i WHERE i.is_open ORDER BY i.code"
_ALL = f"""
    SELECT {_COLUMNS} FROM item i WHERE i.is_open AND NOT i.reporter_roles <@ '{_NOBODYS_CHOICE}' ORDER BY i.code
"""


def rule(area: str) -> str:
    """SQL that joins `rule` to `item i`: the rule that applies, if any, with its unit. Takes the area's code.

    The most specific rule wins: one for this very item before one for the unit type, a longer area before a shorter.
    """
    return f"""LEFT JOIN LATERAL (
        SELECT r.id, r.unit_id FROM responsibility_rule r {_FITTING.format(area=area)} LIMIT 1
    ) rule ON true"""


async def list_rules(item_code: str, area_code: str) -> list[RuleView]:
    """Every rule that names a unit for this item in this area, the most specific first."""
    return [RuleView(**row) for row in await db.fetch(_RULES, item_code, area_code)]


async def list_codes() -> set[str]:
    """The code of every sub-item, open or not."""
    return {row["code"] for row in await db.fetch("SELECT code FROM item")}


async def list_open_codes() -> set[str]:
    """The code of every sub-item that orders are opened for."""
    return {row["code"] for row in await db.fetch("SELECT code FROM item WHERE is_open")}


async def list_priorities() -> dict[str, str]:
    """How urgent every sub-item is, P0 to P4, open or not, by code."""
    return {row["code"]: row["priority"] for row in await db.fetch("SELECT code, priority FROM item")}


async def list_names() -> dict[str, tuple[str, str]]:
    """What every sub-item is called in Chinese and English, open or not, by code."""
    rows = await db.fetch("SELECT code, name_zh, name_en FROM item")
    return {row["code"]: (row["name_zh"], row["name_en"]) for row in rows}


async def list_level_names() -> dict[str, tuple[str, str]]:
    """What the dictionary is called at its three levels, in Chinese and English, by code; each code begins those below
    it."""
    found: dict[str, tuple[str, str]] = {}
    for row in await db.fetch(_LEVELS):
        for level in ("category", "item"):
            if row["code"].startswith(row[f"{level}_code"]):
                found.setdefault(row[f"{level}_code"], (row[f"{level}_zh"], row[f"{level}_en"]))
        found[row["code"]] = (row["name_zh"], row["name_en"])
    return found


async def list_open() -> list[ItemView]:
    """Every sub-item that orders are opened for, also those that nobody reports by choice (E101 …), by code."""
    return [_view(row) for row in await db.fetch(_OPEN)]


async def list_items() -> list[ItemView]:
    """The whole open dictionary, by code."""
    return [_view(row) for row in await db.fetch(_ALL)]


def _view(row: asyncpg.Record) -> ItemView:
    return msgspec.convert({name: row[name] for name in _FIELDS}, ItemView)
