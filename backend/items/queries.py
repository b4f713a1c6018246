"""Reads of the dictionary. `rule` is part of the one read on the path of every report."""

import asyncpg
import msgspec

from backend import db
from backend.items.structs import ItemView

_FIELDS = tuple(field.name for field in msgspec.structs.fields(ItemView))
_COLUMNS = ", ".join(f"i.{name}" for name in _FIELDS)

_ALL_RESPONSIBLE = """
    SELECT r.unit_id FROM responsibility_rule r JOIN item i ON i.code = $1
    WHERE (r.item_code = i.code OR r.item_code IS NULL AND r.unit_type = i.handler_unit_type)
      AND $2 LIKE r.area_code || '%'
    ORDER BY r.item_code IS NULL, length(r.area_code) DESC, r.id
"""
_ALL = f"SELECT {_COLUMNS} FROM item i WHERE i.is_open AND i.reporter_roles <> '{{system}}' ORDER BY i.code"


def rule(area: str) -> str:
    """SQL that joins `rule` to `item i`: the unit that answers for it, if any. Takes the area's code.

    The most specific rule wins: one for this very item before one for the unit type, a longer area before a shorter.
    """
    return f"""LEFT JOIN LATERAL (
        SELECT r.unit_id FROM responsibility_rule r
        WHERE (r.item_code = i.code OR r.item_code IS NULL AND r.unit_type = i.handler_unit_type)
          AND {area} LIKE r.area_code || '%'
        ORDER BY r.item_code IS NULL, length(r.area_code) DESC, r.id LIMIT 1
    ) rule ON true"""


async def list_responsible_units(item_code: str, area_code: str) -> list[int]:
    """Every unit that some rule names for this item in this area, the most specific rule first."""
    rows = await db.fetch(_ALL_RESPONSIBLE, item_code, area_code)
    return list(dict.fromkeys(row["unit_id"] for row in rows))


async def list_items() -> list[ItemView]:
    """The whole open dictionary, by code."""
    return [_view(row) for row in await db.fetch(_ALL)]


def _view(row: asyncpg.Record) -> ItemView:
    return msgspec.convert({name: row[name] for name in _FIELDS}, ItemView)
