"""Begin and end stretches of emergency over areas. Who may, and why, is for the room of emergencies to say."""

from datetime import datetime

import msgspec

from backend import db
from backend.calendars.events import EmergencyClocksChanged
from backend.calendars.structs import Stretch
from backend.events import service as events
from backend.sql import sql

_BEGIN = """
    INSERT INTO emergency_stretch (area_code, level, starts_at, roster, clocks)
    VALUES (:area_code, :level, :starts_at, :roster, :clocks::jsonb) RETURNING id
"""
_END = """
    UPDATE emergency_stretch SET ends_at = greatest($2, starts_at) WHERE id = $1 AND ends_at IS NULL RETURNING area_code
"""


async def begin(stretch: Stretch, *, by_id: int | None = None, reason: str = "") -> int:
    """Let another rule count over an area from an instant on, until it is ended. Returns its id.

    `by_id`: who said so, and why: stands beside what follows from it.

    Where one is on over this very area already, the database refuses.
    """
    values = {name: getattr(stretch, name) for name in ("area_code", "level", "starts_at", "roster")}
    async with db.transaction():
        stretch_id = await db.fetchval(sql(_BEGIN, **values, clocks=msgspec.json.encode(stretch.clocks).decode()))
        await events.record(EmergencyClocksChanged(area_code=stretch.area_code, acted_by_id=by_id, reason=reason))
    return stretch_id


async def end(stretch_id: int, now: datetime, *, by_id: int | None = None, reason: str = "") -> None:
    """What comes after counts as usual; what was counted until then stays so. Ending twice is the same."""
    async with db.transaction():
        area_code = await db.fetchval(_END, stretch_id, now)
        if area_code is not None:
            await events.record(EmergencyClocksChanged(area_code=area_code, acted_by_id=by_id, reason=reason))
