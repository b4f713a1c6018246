"""值守: who waits for orders to grab, where and until when. Nobody waits without an end."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from backend import db
from backend.accounts.permissions import Permission, areas_of, may_within
from backend.accounts.structs import Actor
from backend.duty.errors import NotOnCallThere, OnCallEndsTooEarly
from backend.duty.structs import OnCallView
from backend.geo import area_codes
from backend.sql import sql

UNLESS_SAID = timedelta(hours=12)
_GO = """
    INSERT INTO on_call (account_id, area_code, since, until, skills)
    VALUES (:account_id, :area_code, :since, :until, :skills)
    ON CONFLICT (account_id) DO UPDATE
    SET area_code = EXCLUDED.area_code, until = EXCLUDED.until, skills = EXCLUDED.skills,
        since = CASE WHEN on_call.area_code = EXCLUDED.area_code AND on_call.until > EXCLUDED.since
                     THEN on_call.since ELSE EXCLUDED.since END
    RETURNING account_id, area_code, since, until, skills
"""


def areas_on_call(actor: Actor) -> list[str]:
    """The towns and committees in which somebody may wait for orders to grab, the smallest first."""
    areas = {area for area in areas_of(actor, Permission.GRAB_ORDERS) if len(area) >= area_codes.TOWN_CHARS}
    return sorted(areas, key=lambda area: (-len(area), area))


async def go_on_call(
    actor: Actor, area_code: str, now: datetime, *, until: datetime | None = None, skills: Sequence[str] = ()
) -> OnCallView:
    """Wait for orders to grab in an area, a committee's or a whole town's; whoever waits already goes on there.

    `until`: twelve hours from now unless it is said. Raises NotOnCallThere without a grant to take orders there,
    OnCallEndsTooEarly.
    """
    ends_at = until or now + UNLESS_SAID
    if len(area_code) < area_codes.TOWN_CHARS or not area_codes.is_area(area_code):
        raise NotOnCallThere
    if not may_within(actor, Permission.GRAB_ORDERS, area_code):
        raise NotOnCallThere
    if ends_at <= now:
        raise OnCallEndsTooEarly
    row = await db.fetchrow(
        sql(
            _GO,
            account_id=actor.account_id,
            area_code=area_code,
            since=now,
            until=ends_at,
            skills=list(dict.fromkeys(skills)),
        )
    )
    assert row is not None
    return OnCallView(**row)


async def go_off_call(account_id: int) -> bool:
    """Wait no more. False for whoever did not."""
    return await db.fetchval("DELETE FROM on_call WHERE account_id = $1 RETURNING true", account_id) or False


async def forget_ended(now: datetime) -> int:
    """Remove what is over. Returns how many."""
    return len(await db.fetch("DELETE FROM on_call WHERE until <= $1 RETURNING account_id", now))
