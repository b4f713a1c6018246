"""Take a warning up, by an order of its own, one that is there already or in words, or put it aside with a reason.

For the days that its town has set a matter that somebody dealt with is not raised again.
"""

from datetime import datetime, timedelta

import asyncpg

from backend import db
from backend.accounts.permissions import HOLDERS, Permission, areas_of
from backend.accounts.structs import Actor
from backend.calendars.rules import shanghai_date
from backend.geo.area_sql import within, within_any
from backend.orders import verbs as orders
from backend.orders.assignment.structs import Opening, OrderSite
from backend.orders.cases import root_cause
from backend.orders.model.visibility import staff_of
from backend.orders.reads import finding
from backend.public_opinion import steps, towns
from backend.public_opinion.errors import MatterCaseMissing, MatterDealtWith, MatterMissing, MatterReasonMissing
from backend.public_opinion.structs import MatterStanding, MatterStepKind
from backend.sql import sql
from backend.words import NOTE, REASON, fitting

_LOCK = """
    SELECT m.id, m.town_code, m.area_code, m.word_ids, m.standing, m.reporters, array(
        SELECT w.word FROM unnest(m.word_ids) WITH ORDINALITY AS part (id, at)
        JOIN opinion_word w ON w.id = part.id AND NOT w.is_dropped ORDER BY at) AS words
    FROM emerging_matter m WHERE m.id = :matter_id AND m.warned_at IS NOT NULL AND {within} FOR UPDATE OF m
"""
_STAND = "UPDATE emerging_matter SET standing = :standing, quiet_until = :quiet_until WHERE id = :matter_id"
_SITE = f"""
    SELECT o.area_code, o.grid_code, o.place_id, ST_X(o.loc::geometry) AS lng, ST_Y(o.loc::geometry) AS lat,
           coalesce(nullif(p.name, ''), p.address, '') AS label
    FROM opinion_text t JOIN work_order o ON o.id = t.order_id LEFT JOIN place p ON p.id = o.place_id
    WHERE t.order_id = :case_id AND t.word_ids && :word_ids::bigint[] AND {within("t.area_code", ":area::text")}
      AND {{staff}} LIMIT 1
"""


async def take_up(
    matter_id: int,
    actor: Actor,
    now: datetime,
    *,
    reason: str = "",
    number: str = "",
    case_id: int | None = None,
) -> int | None:
    """Take it up: with an order of this `number`, with a new one at the place of this case, else in words alone.

    Returns the order. Raises MatterMissing, MatterDealtWith, NumberUnknown, MatterCaseMissing, MatterReasonMissing,
    WordsTooLong, and what opening an order raises.
    """
    reason = fitting(reason, REASON, "reason")
    async with db.transaction():
        matter = await _lock(matter_id, actor, MatterStanding.TAKEN_UP)
        if number:
            order_id = await finding.get_id(number, actor)
        elif case_id is not None:
            order_id = await _open(matter, case_id, reason, actor, now)
        elif reason:
            order_id = None
        else:
            raise MatterReasonMissing
        await _stand(matter, MatterStanding.TAKEN_UP, now)
        await steps.add(matter_id, MatterStepKind.TAKEN_UP, actor, now, reason=reason, order_id=order_id)
    return order_id


async def put_aside(matter_id: int, reason: str, actor: Actor, now: datetime) -> None:
    """Nothing needs to be done. Raises MatterMissing, MatterDealtWith, MatterReasonMissing, WordsTooLong."""
    reason = fitting(reason, REASON, "reason")
    if not reason:
        raise MatterReasonMissing
    async with db.transaction():
        matter = await _lock(matter_id, actor, MatterStanding.PUT_ASIDE)
        await _stand(matter, MatterStanding.PUT_ASIDE, now)
        await steps.add(matter_id, MatterStepKind.PUT_ASIDE, actor, now, reason=reason)


async def _lock(matter_id: int, actor: Actor, standing: MatterStanding) -> asyncpg.Record:
    own = within_any("m.area_code", areas_of(actor, Permission.DISPATCH_ORDERS), "desk")
    row = await db.fetchrow(sql(_LOCK, within=own, matter_id=matter_id))
    if row is None:
        raise MatterMissing
    if row["standing"] == standing:
        raise MatterDealtWith
    return row


async def _stand(matter: asyncpg.Record, standing: MatterStanding, now: datetime) -> None:
    quiet_days = (await towns.read(matter["town_code"])).quiet_days
    quiet_until = shanghai_date(now) + timedelta(days=quiet_days)
    await db.execute(sql(_STAND, matter_id=matter["id"], standing=standing.value, quiet_until=quiet_until))


async def _open(matter: asyncpg.Record, case_id: int, reason: str, actor: Actor, now: datetime) -> int:
    """An order for the cause, as for what recurs at one place, where one of the matter's cases is."""
    words, area = list(matter["word_ids"]), matter["area_code"]
    row = await db.fetchrow(sql(_SITE, case_id=case_id, word_ids=words, area=area, staff=staff_of(actor)))
    if row is None:
        raise MatterCaseMissing
    opening = Opening(
        item_code=root_cause.ITEM,
        scene=OrderSite(**dict(row)),
        actor=actor,
        actor_role=next(role.value for role in HOLDERS[Permission.DISPATCH_ORDERS] if actor.holds(area, role)),
        source_kind=root_cause.SOURCE,
        reporter_kinds=None,
        description=_description(matter, reason),
    )
    return (await orders.open(opening, now=now)).order_id


def _description(matter: asyncpg.Record, reason: str) -> str:
    words, many = "、".join(matter["words"]), matter["reporters"]
    return f"苗头:{words}({many} 人反映) / Early warning, {many} reporters\n{reason}".strip()[:NOTE]
