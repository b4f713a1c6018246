"""核查队列: the fixes that a verifier may pass now, least time left first; and what was last decided about one.

Left out is whatever a pass would be refused for (checks.VerificationBar): the own work, the own first pass of two, what
waits for the merchant or for its source, what others still help with. The lists show that, too.
"""

from collections.abc import Sequence
from datetime import datetime

from backend import db
from backend.accounts.structs import Actor
from backend.geo.area_sql import within_any
from backend.orders.deadlines.overdue import DUE_AT
from backend.orders.model.checks import Check
from backend.orders.model.disclosure import name_of
from backend.orders.model.names import ItemName
from backend.orders.model.states import ENDED, State, quoted
from backend.orders.model.transition_table import VERIFIERS
from backend.orders.model.visibility import staff_of
from backend.orders.transitions.participation import WORKED
from backend.sql import sql
from backend.structs import Read
from media.structs import Audience

# The story of an order lies in the months since it was opened.
_WAITING = f"""
    SELECT o.id, {DUE_AT} AS due_at
    FROM work_order o CROSS JOIN LATERAL (
        SELECT bool_or(s.actor_id = :reader::bigint AND s.move IN ({WORKED})) AS had_a_hand,
               max(s.id) FILTER (WHERE s.move = 'finish') AS finish_id,
               max(s.id) FILTER (WHERE s.move = 'first_pass' AND s.actor_id = :reader) AS own_pass_id,
               (array_agg(s.detail ->> 'check' ORDER BY s.id DESC) FILTER (WHERE s.move = 'finish'))[1] AS checked_by
        FROM order_step s WHERE s.order_id = o.id AND s.at >= o.opened_at
    ) story
    WHERE o.state = '{State.HANDLED}' AND {{within}} AND o.handler_id IS DISTINCT FROM :reader
      AND story.had_a_hand IS NOT TRUE AND o.referred_at IS NULL
      AND (story.own_pass_id > story.finish_id) IS NOT TRUE
      AND (story.checked_by = '{Check.MERCHANT}' AND o.verify_by > :now::timestamptz) IS NOT TRUE
      AND NOT EXISTS (SELECT FROM work_order part WHERE part.parent_id = o.id AND part.state NOT IN ({quoted(ENDED)}))
"""
_QUEUE = f"""
    WITH waiting AS MATERIALIZED ({_WAITING})
    SELECT (SELECT count(*) FROM waiting) AS waiting,
           (SELECT count(*) FROM waiting WHERE id = ANY(:later::bigint[])) AS later,
           (SELECT id FROM waiting WHERE id <> ALL(:later) ORDER BY due_at, id LIMIT 1) AS next_id
"""
_DECIDED = """
    SELECT o.id AS order_id, o.number, o.opened_by_id, i.code, i.name_zh, i.name_en,
           s.move, s.at, s.note, s.actor_id, s.actor_role, a.display_name AS actor_name
    FROM work_order o JOIN item i ON i.code = o.item_id
    JOIN order_step s ON s.order_id = o.id AND s.at >= o.opened_at LEFT JOIN account a ON a.id = s.actor_id
    WHERE {staff} AND o.id = :order_id AND s.from_state = :handled
      AND (s.to_state <> :handled OR s.move = 'first_pass')
      AND s.id > (SELECT max(f.id) FROM order_step f
                  WHERE f.order_id = o.id AND f.at >= o.opened_at AND f.move = 'finish')
    ORDER BY (s.actor_id IS NOT DISTINCT FROM :reader::bigint) DESC, s.id DESC LIMIT 1
"""


class VerificationQueue(Read, frozen=True, kw_only=True):
    waiting: int
    """How many fixes the reader may pass now."""
    later: int
    """How many of these the reader has put off."""
    next_id: int | None
    """Of those that were not put off the one with the least time left."""


class Decision(Read, frozen=True, kw_only=True):
    """What became of a fix, as staff of its order are told."""

    order_id: int
    number: str
    item: ItemName
    move: str
    at: datetime
    by: str
    """Empty for the system, and for whoever reported it."""
    note: str
    is_own: bool
    """Whether the reader decided."""


def may_verify(actor: Actor) -> bool:
    """Whether there is any area in which this person verifies."""
    return bool(actor.areas_of(*VERIFIERS))


async def view_queue(actor: Actor, later: Sequence[int], now: datetime) -> VerificationQueue:
    """What waits for this verifier. `later`: orders that were put off; they count and are not next."""
    within = within_any("o.area_code", actor.areas_of(*VERIFIERS), "verified_area")
    row = await db.fetchrow(sql(_QUEUE, within=within, reader=actor.account_id, later=list(later), now=now))
    assert row is not None
    return VerificationQueue(**row)


async def find_decision(order_id: int, actor: Actor) -> Decision | None:
    """What the reader decided about the latest fix of this order, else what anybody did. None for who is not staff."""
    values = {"order_id": order_id, "handled": State.HANDLED.value, "reader": actor.account_id}
    row = await db.fetchrow(sql(_DECIDED, staff=staff_of(actor), **values))
    if row is None:
        return None
    return Decision(
        **{name: row[name] for name in ("order_id", "number", "move", "at", "note")},
        item=ItemName(code=row["code"], name_zh=row["name_zh"], name_en=row["name_en"]),
        by=name_of(row, row["opened_by_id"], Audience.STAFF),
        is_own=row["actor_id"] == actor.account_id,
    )
