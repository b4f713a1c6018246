"""Write new orders: all rows of those that are opened at once are one statement, and so one transaction.

Each package gives its own part of it: facts, photos, and the row of a branch that goes along with an order.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache, partial
from typing import Any, NamedTuple

import asyncpg
import msgspec

from backend.batching import Batches
from backend.events import service as events
from backend.orders.assignment.dispatching import Answer
from backend.orders.assignment.structs import Opened, Opening
from backend.orders.deadlines.plan import Due
from backend.orders.model import rules
from backend.orders.model.events import OrderDispatched, OrderOffered
from backend.orders.model.sources import WITH_LAST_WORD_SQL
from backend.orders.model.states import State, Transition
from backend.sql import Sql, sql
from media import service as media
from media.structs import PhotoRole, SubjectKind

_COLUMNS = """
    order_id bigint, number text, state text, item_code text, priority text, raised_from text, place_id bigint,
    area_code text, grid_code text, lng float8, lat float8, description text, source_kind text, opener_id bigint,
    unit_id bigint, handler_id bigint, supervisor_id bigint, parent_id bigint, now timestamptz, respond_by timestamptz,
    resolve_by timestamptz, arrive_by timestamptz, safe_by timestamptz, clock_from timestamptz,
    offered_until timestamptz, look_at timestamptz, actor_role text, captured_at timestamptz, fix_lng float8,
    fix_lat float8, accuracy_m float8, datum text, detail jsonb, photo_ids uuid[]
"""
_OPEN = f"""
    WITH given AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(:orders::jsonb) AS given ({_COLUMNS})),
    along AS ({{along}}),
    drawn AS MATERIALIZED (
        SELECT given.*, along.id AS along_id, nextval('order_step_id_seq') AS step_id
          FROM given JOIN along USING (order_id)
    ),
    opened AS (
        INSERT INTO work_order (id, number, state, item_id, priority, place_id, area_code, grid_code, loc,
            description, source_kind, opened_by_id, unit_id, handler_id, opened_at, respond_by, resolve_by, parent_id,
            arrive_by, safe_by, supervisor_id, clock_from, offered_until, ladder_at, raised_from, source_cases)
        SELECT order_id, number, state, item_code, priority, place_id, area_code, grid_code,
            ST_SetSRID(ST_MakePoint(lng, lat), 4326)::geography, description, source_kind, opener_id, unit_id,
            handler_id, now, respond_by, resolve_by, parent_id, arrive_by, safe_by, supervisor_id,
            clock_from, offered_until, look_at, raised_from, (source_kind IN ({WITH_LAST_WORD_SQL}))::int
        FROM drawn
    ),
    first AS (
        INSERT INTO order_step (id, order_id, move, to_state, actor_id, actor_role, at, captured_at,
            point, accuracy_m, datum, detail)
        SELECT step_id, order_id, '{Transition.OPEN}', state, opener_id, actor_role, now, captured_at,
            ST_SetSRID(ST_MakePoint(fix_lng, fix_lat), 4326)::geography, accuracy_m, datum, jsonb_strip_nulls(detail)
        FROM drawn
    ),
    attached AS ({{attached}}),
    {{recorded}}
    SELECT order_id, step_id, along_id FROM drawn
"""
_DETAIL = ("strength", "rule", "named", "team", "priority")
_STEPS = Sql("SELECT step_id AS id, opener_id AS owner_id, photo_ids FROM drawn")
_IS_OPENED = Sql("fact.subject_id IN (SELECT order_id FROM drawn)")
ALONE = "SELECT NULL::bigint AS id, order_id FROM given"


class Along(NamedTuple):
    """A row of another table that is written with an order.

    `insertion`: SQL that writes rows out of `:along::jsonb`, an array, and returns `id` and `order_id` of each; of
    those that were there already it returns none.
    """

    insertion: str
    row: Mapping[str, Any]


class DrawnOrder(NamedTuple):
    """What an order is called and when it is due, known before it is written."""

    id: int
    number: str
    due: Due
    look_at: datetime | None
    """When its escalation is looked at first."""
    offered_until: datetime | None
    """Of one that is offered to whoever is on call."""

    @property
    def state(self) -> State:
        return State.DISPATCHED if self.offered_until is None else State.OFFERED


class NewOrder(NamedTuple):
    """One order and all that is written with it."""

    drawn: DrawnOrder
    opening: Opening
    answer: Answer
    now: datetime
    along: Mapping[str, Any] | None


@cache
def batches(insertion: str) -> Batches[NewOrder, Opened | None]:
    """Of the orders with which this writes rows."""
    return Batches(partial(_write, insertion))


async def _write(insertion: str, orders: list[NewOrder]) -> list[Opened | None]:
    """Write orders, their first steps, evidence and facts, and what goes along. None for what was there already."""
    first = orders[0]
    values = {} if first.along is None else {"along": _as_json([order.along for order in orders])}
    statement = sql(
        _OPEN,
        orders=_as_json([_row(order) for order in orders]),
        along=Sql(insertion, values),
        attached=media.attaching(_STEPS, SubjectKind.ORDER_STEP, PhotoRole.REPORT),
    )
    facts = [_fact(order) for order in orders]
    if len(orders) > 1:  # where a photo cannot serve, each is written by itself
        rows = await events.record_with(statement, *facts, is_so=_IS_OPENED)
    else:
        async with media.explaining(first.opening.photo_ids, first.opening.opener_id):
            rows = await events.record_with(statement, *facts, is_so=_IS_OPENED)
    written = {row["order_id"]: row for row in rows}
    return [_opened(order, written[order.drawn.id]) if order.drawn.id in written else None for order in orders]


def _opened(order: NewOrder, row: asyncpg.Record) -> Opened:
    return Opened(
        order_id=order.drawn.id,
        number=order.drawn.number,
        step_id=row["step_id"],
        along_id=row["along_id"],
        respond_by=order.drawn.due.respond_by,
        resolve_by=order.drawn.due.resolve_by,
    )


def _row(order: NewOrder) -> dict[str, Any]:
    """Of the order and its first step, by the names of `_COLUMNS`; what is left out is null."""
    drawn, opening, answer, fix = order.drawn, order.opening, order.answer, order.opening.fix
    scene, choice, due, point = opening.scene, answer.choice, drawn.due, fix.wgs84() if fix else None
    return {
        "order_id": drawn.id,
        "number": drawn.number,
        "state": drawn.state.value,
        "offered_until": drawn.offered_until,
        "item_code": answer.code,
        "priority": answer.priority,
        "raised_from": answer.raised_from,
        "place_id": scene.place_id,
        "area_code": scene.area_code,
        "grid_code": scene.grid_code,
        "lng": scene.lng,
        "lat": scene.lat,
        "description": opening.description,
        "source_kind": opening.source_kind,
        "opener_id": opening.opener_id,
        "unit_id": choice.unit_id,
        "handler_id": choice.handler_id,
        "supervisor_id": choice.supervisor_id,
        "parent_id": opening.parent_id,
        "now": order.now,
        "respond_by": due.respond_by,
        "arrive_by": due.arrive_by,
        "safe_by": due.safe_by,
        "clock_from": opening.begins_at,
        "resolve_by": due.resolve_by,
        "look_at": drawn.look_at,
        "actor_role": opening.actor_role,
        "captured_at": opening.captured_at,
        "fix_lng": point.lng if point else None,
        "fix_lat": point.lat if point else None,
        "accuracy_m": fix.accuracy_m if fix else None,
        "datum": fix.datum.value if fix else None,
        "detail": _detail(opening, answer),
        "photo_ids": opening.photo_ids if opening.actor else [],
    }


def _detail(opening: Opening, answer: Answer) -> dict[str, Any]:
    """What the first step says besides what the order says: the same keys for every order, less what is null."""
    offered = msgspec.structs.asdict(answer.offer) if answer.offer else {}
    given = {**answer.choice.as_detail(), **offered, "is_fresh": opening.is_fresh or None}
    if answer.raised_from is not None:
        given["priority"] = [answer.raised_from, answer.priority]
    return dict.fromkeys(_DETAIL) | given


def _as_json(rows: Sequence[Any]) -> str:
    return msgspec.json.encode(rows).decode()


def _fact(order: NewOrder) -> OrderDispatched | OrderOffered:
    offer, until, scene = order.answer.offer, order.drawn.offered_until, order.opening.scene
    facts = _common(order.drawn, order.opening, order.answer)
    if offer is None or until is None:
        return OrderDispatched(**facts)
    return OrderOffered(**facts, window_until=until, people_needed=offer.people_needed, lng=scene.lng, lat=scene.lat)


def _common(order: DrawnOrder, opening: Opening, answer: Answer) -> dict[str, Any]:
    reporter_id, choice = opening.opener_id, answer.choice
    people = (reporter_id, choice.handler_id, choice.supervisor_id)
    return dict(
        subject_id=order.id,
        version=1,
        area_code=opening.scene.area_code,
        unit_id=choice.unit_id,
        account_ids=tuple(person for person in people if person is not None),
        number=order.number,
        item_code=answer.code,
        item_zh=answer.name_zh,
        item_en=answer.name_en,
        place=opening.scene.label,
        handler_id=choice.handler_id,
        opened_by_id=reporter_id,
        supervisor_id=choice.supervisor_id,
        is_urgent=rules.is_urgent(answer.priority),
        priority=answer.priority,
        acted_by_id=reporter_id,
        respond_by=order.due.respond_by,
        resolve_by=order.due.resolve_by,
    )
