"""Write whole lives of orders: a few statements for hundreds of them, in the caller's transaction."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from backend import db
from backend.events import service as events
from backend.orders.model.states import ENDED, State
from backend.orders.past.life import COLUMNS, OrderLife

_BATCH = 400
_NUMBERS = """
    SELECT o.id, 'YM' || to_char(o.at AT TIME ZONE 'Asia/Shanghai', 'YYMMDD') || '-'
        || lpad(o.id::text, greatest(6, length(o.id::text)), '0') AS number
    FROM (SELECT nextval('work_order_id_seq') AS id, given.at
          FROM unnest($1::timestamptz[]) WITH ORDINALITY AS given (at, nr) ORDER BY given.nr) o ORDER BY o.id
"""
_STEP_IDS = "SELECT nextval('order_step_id_seq') AS id FROM generate_series(1, $1::int) ORDER BY 1"
_STAMPS = tuple(name for name in COLUMNS if name.endswith(("_at", "_by", "_from")))
_NUMBERS_OF = tuple(name for name in COLUMNS if name not in _STAMPS and name != "state")
_ORDERS = f"""
    INSERT INTO work_order (id, number, item_id, priority, place_id, area_code, grid_code, loc, description,
        source_kind, opened_by_id, source_cases, ladder_at, {", ".join(COLUMNS)})
    SELECT id, number, item_code, priority, place_id, area_code, grid_code,
        ST_SetSRID(ST_MakePoint(lng, lat), 4326)::geography, description, source_kind, opener_id, source_cases,
        CASE WHEN is_over THEN NULL ELSE '-infinity'::timestamptz END, {", ".join(COLUMNS)}
    FROM jsonb_to_recordset($1::jsonb) AS given (id bigint, number text, item_code text, priority text,
        place_id bigint, area_code text, grid_code text, lng float8, lat float8, description text, source_kind text,
        opener_id bigint, source_cases int, is_over bool, state text, {", ".join(f"{n} bigint" for n in _NUMBERS_OF)},
        {", ".join(f"{name} timestamptz" for name in _STAMPS)})
    ORDER BY id
"""
_STEPS = """
    INSERT INTO order_step (id, order_id, move, from_state, to_state, actor_id, actor_role, at, note, detail)
    SELECT id, order_id, move, from_state, to_state, actor_id, actor_role, at, note, detail
    FROM jsonb_to_recordset($1::jsonb) AS given (id bigint, order_id bigint, move text, from_state text,
        to_state text, actor_id bigint, actor_role text, at timestamptz, note text, detail jsonb)
"""
_CHECK_INS = """
    INSERT INTO check_in (step_id, order_id, account_id, method, distance_m, radius_m, grade)
    SELECT step_id, order_id, account_id, 'gps', distance_m, radius_m, 'fair'
    FROM jsonb_to_recordset($1::jsonb) AS given (step_id bigint, order_id bigint, account_id bigint,
        distance_m float8, radius_m int)
"""
_PAUSES = """
    INSERT INTO order_pause (order_id, kind, starts_at, ends_at, minutes, granted_by_id, reason)
    SELECT order_id, kind, starts_at, ends_at, minutes, granted_by_id, reason
    FROM jsonb_to_recordset($1::jsonb) AS given (order_id bigint, kind text, starts_at timestamptz,
        ends_at timestamptz, minutes int, granted_by_id bigint, reason text)
"""
_REQUESTS = """
    INSERT INTO order_request (order_id, kind, minutes, reason, asked_by_id, asked_at, decided_by_id, decided_at,
        is_granted)
    SELECT order_id, kind, minutes, reason, asked_by_id, asked_at, decided_by_id, decided_at, is_granted
    FROM jsonb_to_recordset($1::jsonb) AS given (order_id bigint, kind text, minutes int, reason text,
        asked_by_id bigint, asked_at timestamptz, decided_by_id bigint, decided_at timestamptz, is_granted bool)
"""
_VERDICTS = """
    INSERT INTO order_verdict (order_id, account_id, round, kind, score, step_id)
    SELECT order_id, account_id, round, kind, score, step_id
    FROM jsonb_to_recordset($1::jsonb) AS given (order_id bigint, account_id bigint, round int, kind text,
        score int, step_id bigint)
"""
_CALLS = """
    INSERT INTO follow_up (order_id, listed_at, result, note, called_by_id, called_at)
    SELECT order_id, listed_at, result, note, called_by_id, called_at
    FROM jsonb_to_recordset($1::jsonb) AS given (order_id bigint, listed_at timestamptz, result text, note text,
        called_by_id bigint, called_at timestamptz)
"""
_FOLLOWERS = """
    INSERT INTO order_follower (order_id, account_id, origin_id, since)
    SELECT order_id, account_id, origin_id, since
    FROM jsonb_to_recordset($1::jsonb) AS given (order_id bigint, account_id bigint, origin_id bigint,
        since timestamptz)
    ON CONFLICT ON CONSTRAINT order_follower_once DO NOTHING
"""
_IS_INVENTED = "SELECT EXISTS (SELECT FROM order_step WHERE move = 'open' AND detail @> '{\"is_invented\": true}')"


class OrderNumber(NamedTuple):
    id: int
    number: str


async def draw_numbers(opened_at: Sequence[datetime]) -> list[OrderNumber]:
    """What orders opened at these instants are called, in their order."""
    return [OrderNumber(**row) for row in await db.fetch(_NUMBERS, list(opened_at))]


async def holds_invented() -> bool:
    """Whether there are orders that were made up."""
    return await db.fetchval(_IS_INVENTED)


async def list_ids_from(first_id: int) -> list[int]:
    """The orders from one id on."""
    return [row["id"] for row in await db.fetch("SELECT id FROM work_order WHERE id >= $1 ORDER BY id", first_id)]


async def write(lives: Sequence[OrderLife]) -> None:
    """Write orders with all that their lives left, and what the log says of them. In the caller's transaction.

    An order that was merged comes after the one that it was merged into.
    """
    steps = sorted((step for life in lives for step in life.steps), key=lambda each: each.at)
    for step, row in zip(steps, await db.fetch(_STEP_IDS, len(steps)), strict=True):
        step.id = row["id"]
    await _insert(_ORDERS, (_order(life) for life in lives))
    await _insert(_STEPS, (msgspec.to_builtins(step) for step in steps))
    await _insert(_CHECK_INS, (row for life in lives for row in _check_ins(life)))
    await _insert(_PAUSES, (row for life in lives for row in _pauses(life)))
    await _insert(_REQUESTS, (row for life in lives for row in life.requests))
    await _insert(_VERDICTS, (row for life in lives for row in _verdicts(life)))
    await _insert(_CALLS, (row for life in lives for row in life.calls))
    await _insert(_FOLLOWERS, (row for life in lives for row in life.followers))
    await events.record_past(sorted((fact for life in lives for fact in life.facts), key=lambda each: each[0]))


async def _insert(statement: str, rows: Iterable[dict[str, Any]]) -> None:
    every = list(rows)
    for first in range(0, len(every), _BATCH):
        await db.execute(statement, msgspec.json.encode(every[first : first + _BATCH]).decode())


def _order(life: OrderLife) -> dict[str, Any]:
    begun, state = life.beginning, life.state
    named = ("id", "number", "item_code", "priority", "place_id", "area_code", "grid_code", "lng", "lat")
    given = {name: getattr(begun, name) for name in (*named, "description", "source_kind")}
    return given | {
        **life.values,
        "opener_id": begun.opened_by.account_id,
        "source_cases": life.source_cases,
        "is_over": state in ENDED or state is State.SUSPENDED,
    }


def _check_ins(life: OrderLife) -> Iterator[dict[str, Any]]:
    for step, distance_m in life.check_ins:
        yield {
            "step_id": step.id,
            "order_id": step.order_id,
            "account_id": step.actor_id,
            "distance_m": distance_m,
            "radius_m": life.beginning.radius_m,
        }


def _pauses(life: OrderLife) -> Iterator[dict[str, Any]]:
    for pause, granted_by, why in life.pauses:
        given = msgspec.to_builtins(pause)
        yield given | {"order_id": life.beginning.id, "granted_by_id": granted_by, "reason": why}


def _verdicts(life: OrderLife) -> Iterator[dict[str, Any]]:
    for step, kind, score, nr in life.verdicts:
        yield {
            "order_id": step.order_id,
            "account_id": step.actor_id,
            "round": nr,
            "kind": kind,
            "score": score,
            "step_id": step.id,
        }
