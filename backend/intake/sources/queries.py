"""Reads of sources. None gives a key or a secret."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import asyncpg
import msgspec

from backend import db
from backend.accounts import permissions
from backend.accounts.permissions import Permission
from backend.accounts.structs import Actor
from backend.geo.area_sql import outermost, within_any
from backend.intake.sources.errors import SourceUnknown
from backend.intake.sources.structs import Source
from backend.sql import sql

FIELDS = Source.__struct_fields__
COLUMNS = ", ".join(FIELDS)


def source_of(row: Mapping[str, Any] | asyncpg.Record) -> Source:
    """A source, by a row with COLUMNS."""
    return msgspec.convert({name: row[name] for name in FIELDS}, Source)


async def get_source(name: str) -> Source:
    """The source of this name. Raises SourceUnknown."""
    return _found(await db.fetchrow(f"SELECT {COLUMNS} FROM intake_source WHERE name = $1", name))


async def get_visible(name: str, actor: Actor) -> Source:
    """The same for whoever dispatches all over its area. Raises SourceUnknown, also for everybody else."""
    source = await get_source(name)
    if not permissions.may_within(actor, Permission.DISPATCH_ORDERS, source.area_code):
        raise SourceUnknown
    return source


async def get_by_id(source_id: int) -> Source:
    """The source of this number. Raises SourceUnknown."""
    return _found(await db.fetchrow(f"SELECT {COLUMNS} FROM intake_source WHERE id = $1", source_id))


async def list_by_ids(source_ids: Collection[int]) -> dict[int, Source]:
    """Those of these that are there, by their number."""
    rows = await db.fetch(f"SELECT {COLUMNS} FROM intake_source WHERE id = ANY($1::bigint[])", list(source_ids))
    return {row["id"]: source_of(row) for row in rows}


async def list_sources(kinds: Sequence[str] = ()) -> list[Source]:
    """Every source, or those of these kinds, by name."""
    rows = await db.fetch(_ALL, list(kinds))
    return [source_of(row) for row in rows]


async def list_of(actor: Actor) -> list[Source]:
    """The sources of the areas in which the actor dispatches, by name."""
    areas = outermost(permissions.areas_of(actor, Permission.DISPATCH_ORDERS))
    if not areas:
        return []
    rows = await db.fetch(sql(_WITHIN, within=within_any("area_code", areas, "reader_area")))
    return [source_of(row) for row in rows]


def _found(row: asyncpg.Record | None) -> Source:
    if row is None:
        raise SourceUnknown
    return source_of(row)


_ALL = f"SELECT {COLUMNS} FROM intake_source WHERE $1::text[] = '{{}}' OR kind = ANY($1::text[]) ORDER BY name"
_WITHIN = f"SELECT {COLUMNS} FROM intake_source WHERE {{within}} ORDER BY name"
