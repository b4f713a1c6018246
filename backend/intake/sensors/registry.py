"""The register of devices: who they are and where, registered many at once, claimed one by one, shut off and on."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from backend import db
from backend.duty.loading.lines import Wrong
from backend.geo.lonlat import LonLat
from backend.intake.sensors import drafts, town_kinds
from backend.intake.sensors.drafts import SensorDraft
from backend.intake.sensors.errors import SensorDraftRefused, SensorUnknown
from backend.intake.sensors.kinds import silence_limits
from backend.intake.sources.structs import Source
from backend.places import queries as places
from backend.sql import sql

_ROWS = """jsonb_to_recordset(:rows::jsonb) AS k (device_no text, kind text, place_id bigint, lng float8, lat float8,
        area_code text, low float8, high float8, gain float8, shift float8, silence_min int, watch text,
        quiet_hours int, installed_on date)"""
_WATCHES = f"""
    INSERT INTO sensor_watch (source_id, name, quiet_hours, look_at)
    SELECT DISTINCT ON (k.watch) :source_id::bigint, k.watch, k.quiet_hours,
           :now::timestamptz + make_interval(hours => k.quiet_hours)
    FROM {_ROWS} WHERE k.watch <> '' ORDER BY k.watch, k.quiet_hours
    ON CONFLICT (source_id, name) DO UPDATE SET quiet_hours = EXCLUDED.quiet_hours
    WHERE sensor_watch.quiet_hours <> EXCLUDED.quiet_hours
"""
# A line that says what is there already changes nothing and is not among what is returned.
_SENSORS = f"""
    INSERT INTO sensor AS there (source_id, device_no, kind, place_id, loc, area_code, low, high, gain, shift,
        silence_min, watch_id, installed_on, registered_at)
    SELECT :source_id::bigint, k.device_no, k.kind, k.place_id,
           CASE WHEN k.place_id IS NULL THEN ST_SetSRID(ST_MakePoint(k.lng, k.lat), 4326)::geography END,
           k.area_code, k.low, k.high, k.gain, k.shift, k.silence_min, w.id, k.installed_on, :now::timestamptz
    FROM {_ROWS} LEFT JOIN sensor_watch w ON w.source_id = :source_id AND w.name = k.watch
    ORDER BY k.device_no
    ON CONFLICT (source_id, device_no) DO UPDATE SET kind = EXCLUDED.kind, place_id = EXCLUDED.place_id,
        loc = EXCLUDED.loc, area_code = EXCLUDED.area_code, low = EXCLUDED.low, high = EXCLUDED.high,
        gain = EXCLUDED.gain, shift = EXCLUDED.shift, silence_min = EXCLUDED.silence_min,
        watch_id = EXCLUDED.watch_id, installed_on = EXCLUDED.installed_on
    WHERE (there.kind, there.place_id, there.loc::geometry, there.low, there.high, there.gain, there.shift,
           there.silence_min, there.watch_id, there.installed_on)
        IS DISTINCT FROM (EXCLUDED.kind, EXCLUDED.place_id, EXCLUDED.loc::geometry, EXCLUDED.low, EXCLUDED.high,
           EXCLUDED.gain, EXCLUDED.shift, EXCLUDED.silence_min, EXCLUDED.watch_id, EXCLUDED.installed_on)
    RETURNING id, xmax = 0 AS is_new
"""
_STATES = """
    INSERT INTO sensor_state AS there (sensor_id, look_at)
    SELECT s.id, :now::timestamptz + make_interval(mins => coalesce(s.silence_min, k.silence_min))
    FROM sensor s JOIN unnest(:kinds::text[], :limits::int[]) AS k (kind, silence_min) ON k.kind = s.kind
    WHERE s.id = ANY(:ids::bigint[]) ORDER BY s.id
    ON CONFLICT (sensor_id) DO UPDATE SET look_at = least(there.look_at, EXCLUDED.look_at)
"""
_CLAIMED = "DELETE FROM unknown_sensor WHERE source_id = $1 AND device_no = ANY($2::text[])"
_SWITCH = "UPDATE sensor SET is_on = $2 WHERE id = $1 RETURNING id"
# Whoever is off is never looked at.
_LOOK_AT = "UPDATE sensor_state SET look_at = $2, silent_since = NULL WHERE sensor_id = $1"


class Registered(NamedTuple):
    new: int
    changed: int


class LocatedSensor(NamedTuple):
    draft: SensorDraft
    area_code: str


async def locate(draft: SensorDraft, source: Source, area_code: str | None = None) -> LocatedSensor:
    """Where a device is. `area_code`: of its place, where that was asked already. Raises Wrong."""
    if area_code is None and draft.place_id is not None:
        area_code = (await places.get_place(draft.place_id)).area_code
    if area_code is None and draft.lng is not None and draft.lat is not None:
        area_code = (await places.locate(LonLat(draft.lng, draft.lat))).area_code
    if area_code is None or not area_code.startswith(source.area_code):
        raise Wrong("sensor-outside-source", area=source.area_code)
    return LocatedSensor(draft, area_code)


async def register(located: Sequence[LocatedSensor], source: Source, now: datetime) -> Registered:
    """Register these devices of a source, in one transaction; who is there gets what the draft says. May be repeated.

    Their numbers are no longer among the unknown ones.
    """
    rows = [msgspec.to_builtins(each.draft) | {"area_code": each.area_code} for each in located]
    said = {"rows": msgspec.json.encode(rows).decode(), "source_id": source.id, "now": now}
    codes, limits = silence_limits()
    async with db.transaction():
        await db.execute(sql(_WATCHES, **said))
        written = await db.fetch(sql(_SENSORS, **said))
        ids = [row["id"] for row in written]
        await db.execute(sql(_STATES, ids=ids, kinds=codes, limits=limits, now=now))
        await db.execute(_CLAIMED, source.id, [each.draft.device_no for each in located])
    new = sum(row["is_new"] for row in written)
    return Registered(new, len(written) - new)


async def register_one(draft: SensorDraft, source: Source, now: datetime) -> None:
    """The same of one device, such as one of those that are unknown. Raises SensorDraftRefused, PlaceNotFound."""
    await town_kinds.refresh()
    try:
        drafts.check(draft)
        located = await locate(draft, source)
    except Wrong as wrong:
        raise SensorDraftRefused(values={"why": wrong.why}, why=wrong.why.key) from wrong
    await register([located], source, now)


async def switch(sensor_id: int, now: datetime, *, is_on: bool) -> None:
    """Shut a device off, so that nothing follows from it, or on again. Raises SensorUnknown."""
    async with db.transaction():
        if await db.fetchval(_SWITCH, sensor_id, is_on) is None:
            raise SensorUnknown
        look_at = now if is_on else datetime.max.replace(tzinfo=now.tzinfo)
        await db.execute(_LOOK_AT, sensor_id, look_at)
