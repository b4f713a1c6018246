"""The kinds of devices of a town: the shipped ones, with what the town says of them and those that it has besides.

A town changes a kind or a cause and adds to them, and takes none away: what was reported once can be read for ever.
Each process looks whether anything has changed before it reads devices, which costs one statement of two small tables.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

import asyncpg

from backend import db
from backend.intake.sensors import kinds as known
from backend.intake.sensors.kinds import Cause, SensorKind, Trigger

_STATE = """
    SELECT md5(coalesce((SELECT string_agg(k::text, '' ORDER BY k.id) FROM sensor_kind k), '')
        || coalesce((SELECT string_agg(c::text, '' ORDER BY c.id) FROM sensor_cause c), ''))
"""
_KINDS = """
    SELECT code, name_zh, name_en, unit, low, high, silence_min, battery_floor, activity FROM sensor_kind ORDER BY id
"""
_CAUSES = """
    SELECT kind, code, name_zh, name_en, trigger, coalesce(item_id, '') AS item_code, is_by_place, fold_min, storm_min,
           is_always_visited, reason_zh, reason_en
    FROM sensor_cause ORDER BY id
"""


class _Seen:
    """The state of the tables that this process has read."""

    state = ""


async def refresh() -> None:
    """Have `kinds.kinds()` say what the tables say now."""
    state = await db.fetchval(_STATE)
    if state != _Seen.state:
        kinds, causes = await db.fetch(_KINDS), await db.fetch(_CAUSES)
        known.use(merge(known.shipped(), [_kind(row) for row in kinds], _causes(causes)))
        _Seen.state = state


def merge(
    shipped: Mapping[str, SensorKind], own: Sequence[SensorKind], causes: Mapping[str, Mapping[str, Cause]]
) -> dict[str, SensorKind]:
    """Every kind with all of its causes: those of the town in the place of shipped ones of the same code. Pure."""
    merged = dict(shipped)
    for kind in own:
        before = merged.get(kind.code)
        merged[kind.code] = kind._replace(causes=before.causes if before else {})
    for code, more in causes.items():
        if code in merged:
            merged[code] = merged[code]._replace(causes={**merged[code].causes, **more})
    return merged


def _kind(row: asyncpg.Record) -> SensorKind:
    return SensorKind(**row, causes={})


def _causes(rows: Sequence[asyncpg.Record]) -> dict[str, dict[str, Cause]]:
    found: dict[str, dict[str, Cause]] = {}
    for row in rows:
        said = dict(row)
        kind, trigger = said.pop("kind"), Trigger(said.pop("trigger"))
        fold_for, storm_for = (timedelta(minutes=said.pop(name)) for name in ("fold_min", "storm_min"))
        found.setdefault(kind, {})[said["code"]] = Cause(
            **said, trigger=trigger, fold_for=fold_for, storm_for=storm_for
        )
    return found
