"""The call-back list: orders whose reporters were unhappy and have not been reached, oldest first.

One that was reopened stays on it with what happened: whoever calls may ask what is still wrong and pass it on; how the
call ended is written down once the order is closed again. Numbers are not told here: backend.reports.call_back_numbers.
"""

from datetime import datetime, timedelta

import asyncpg

from backend import db
from backend.accounts.structs import Actor
from backend.geo.area_sql import within_any
from backend.orders.desk.cursors import DeskCursor, beyond, read_cursor, write_cursor
from backend.orders.desk.reading import reading
from backend.orders.desk.sql import all_of
from backend.orders.model.errors import OrderNotFound
from backend.orders.model.names import ItemName
from backend.orders.model.states import OPEN, State, Transition, quoted
from backend.orders.model.transition_table import DESK
from backend.orders.model.verdicts import first_reporter
from backend.orders.verifying.errors import CallNotDue
from backend.orders.verifying.verdicts import REOPEN_WITHIN_DAYS
from backend.sql import Sql, sql
from backend.structs import Read

_SELECT = f"""
    SELECT c.id, c.order_id, c.listed_at, c.result, c.note, c.called_at, c.unreached_count, a.display_name AS called_by,
           o.number, o.state, o.version, said.rating, o.opened_at, o.closed_at, i.code AS item_code, i.name_zh,
           i.name_en, coalesce(nullif(p.name, ''), p.address, '') AS place, said.comment, again.at AS reopened_at,
           coalesce(again.note, '') AS reopened_for,
           CASE WHEN o.reopen_count = 0 THEN o.closed_at END AS closed_first_at
    FROM follow_up c JOIN work_order o ON o.id = c.order_id JOIN item i ON i.code = o.item_id
    LEFT JOIN place p ON p.id = o.place_id LEFT JOIN account a ON a.id = c.called_by_id
    LEFT JOIN LATERAL (
        SELECT v.score AS rating, s.note AS comment
        FROM order_verdict v LEFT JOIN order_step s ON s.id = v.step_id AND s.at >= o.opened_at
        WHERE v.order_id = o.id AND v.account_id = {first_reporter("o")} AND v.kind = 'rated'
        ORDER BY v.round DESC LIMIT 1
    ) said ON true
    LEFT JOIN LATERAL (
        SELECT s.at, s.note FROM order_step s
        WHERE o.reopen_count > 0 AND s.order_id = o.id AND s.at >= o.opened_at AND s.move = '{Transition.REOPEN}'
        ORDER BY s.id DESC LIMIT 1
    ) again ON true
"""
_WAITING = f"""(c.result IS NULL OR c.result = 'unreached')
    AND (o.state = '{State.CLOSED}' OR (o.reopen_count > 0 AND o.state IN ({quoted(OPEN)})))"""
_WAITING_LIST = "waiting"
_DONE = "c.result IN ('satisfied', 'unsatisfied', 'refused', 'unreachable')"
_IS_WAITING = f"""
    SELECT EXISTS (SELECT FROM follow_up c JOIN work_order o ON o.id = c.order_id
                   WHERE c.order_id = :order_id AND {_WAITING}) AS is_waiting
    FROM work_order o WHERE o.id = :order_id AND {{within}}
"""


_PLAIN = (
    *("order_id", "number", "state", "version", "rating", "comment", "place", "listed_at", "closed_at", "result"),
    *("reopened_at", "reopened_for", "unreached_count", "note", "called_by", "called_at"),
)


class Call(Read, frozen=True, kw_only=True):
    """Whom to call about which order, what was rated, what happened since, and what came of the call."""

    order_id: int
    number: str
    state: str
    version: int
    item: ItemName
    place: str
    rating: int | None
    comment: str | None
    listed_at: datetime
    closed_at: datetime | None
    """None while it is handled anew."""
    reopened_at: datetime | None
    reopened_for: str
    """What the reporter said then."""
    reopen_until: datetime | None
    """By when whoever is called may have it done again; None for one that was reopened before."""
    result: str | None
    unreached_count: int
    note: str
    called_by: str | None
    called_at: datetime | None


class CallPage(Read, frozen=True, kw_only=True):
    items: list[Call]
    next: str | None


async def list_calls(actor: Actor, *, done: bool, limit: int, cursor: str | None = None) -> CallPage:
    """Those who wait, oldest first; those who were reached, latest first. Raises BadRequest for a foreign cursor."""
    key, digest = ("called_at", "done") if done else ("listed_at", _WAITING_LIST)
    found = _conditions(actor, read_cursor(cursor, digest), key, done=done)
    way = "DESC" if done else "ASC"
    text = f"{_SELECT} WHERE {{found}} ORDER BY c.{key} {way}, c.id {way} LIMIT :most"
    async with reading():
        rows = await db.fetch(sql(text, found=found, most=limit + 1))
    shown = rows[:limit]
    has_more = len(rows) > limit
    return CallPage(
        items=[_call(row) for row in shown],
        next=write_cursor(shown[-1], key, digest, is_back=False) if has_more else None,
    )


def require_calls_cursor(cursor: str | None) -> None:
    """Raises BadRequest for what leads to no page of those who wait."""
    read_cursor(cursor, _WAITING_LIST)


async def require_waiting(order_id: int, actor: Actor) -> None:
    """Raises OrderNotFound beyond the actor's desk, CallNotDue where nobody is to be called about it, or no more."""
    within = within_any("o.area_code", actor.areas_of(*DESK), "desk")
    is_waiting = await db.fetchval(sql(_IS_WAITING, order_id=order_id, within=within))
    if is_waiting is None:
        raise OrderNotFound
    if not is_waiting:
        raise CallNotDue


def _conditions(actor: Actor, spot: DeskCursor | None, key: str, *, done: bool) -> Sql:
    return all_of(
        within_any("o.area_code", actor.areas_of(*DESK), "desk"),
        Sql(_DONE if done else _WAITING),
        beyond(spot, f"c.{key}", descending=done, order_id="c.id"),
    )


def _call(row: asyncpg.Record) -> Call:
    item = ItemName(code=row["item_code"], name_zh=row["name_zh"], name_en=row["name_en"])
    closed = row["closed_first_at"]
    until = closed + timedelta(days=REOPEN_WITHIN_DAYS) if closed else None
    return Call(**{name: row[name] for name in _PLAIN}, item=item, reopen_until=until)
