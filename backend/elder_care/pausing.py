"""An elder is in hospital, or away with family: nobody visits until after a day. Why stands nowhere.

The visit of today goes with it. The day after, visits are made again by themselves.
"""

from datetime import date, datetime

from backend import db
from backend.accounts.structs import Actor
from backend.calendars.rules import shanghai_date
from backend.elder_care import register
from backend.elder_care.errors import PauseUnfit
from backend.elder_care.events import VisitsPaused
from backend.elder_care.rules import PAUSE_MOST
from backend.events import service as events

_SET = "UPDATE lone_elder SET paused_until = $2 WHERE id = $1"
_CALL_OFF = "UPDATE elder_visit SET state = 'paused', ended_at = $2 WHERE elder_id = $1 AND state = 'due'"
_MAKE_AGAIN = """
    UPDATE elder_visit SET state = 'due', ended_at = NULL WHERE elder_id = $1 AND due_on = $2 AND state = 'paused'
"""


async def pause(elder_id: int, until: date, by: Actor, now: datetime) -> None:
    """Visit nobody until after this day; said again, the later word counts.

    Raises PauseUnfit, ElderNotFound, CareNotYours, ElderEnded.
    """
    today = shanghai_date(now)
    if not today <= until <= today + PAUSE_MOST:
        raise PauseUnfit
    await _set(elder_id, until, by, now)


async def resume(elder_id: int, by: Actor, now: datetime) -> None:
    """Visit again from today on: a visit of today that was called off is to be made. Raises as `pause`."""
    await _set(elder_id, None, by, now)


async def _set(elder_id: int, until: date | None, by: Actor, now: datetime) -> None:
    async with db.transaction():
        elder = await register.lock_own(elder_id, by)
        if elder.paused_until == until:
            return
        await db.execute(_SET, elder_id, until)
        if until is None:
            await db.execute(_MAKE_AGAIN, elder_id, shanghai_date(now))
        else:
            await db.execute(_CALL_OFF, elder_id, now)
        said = {"subject_id": elder_id, "area_code": elder.area_code, "label": elder.label}
        await events.record(VisitsPaused(**said, until=until, by_id=by.account_id))
