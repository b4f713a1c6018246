"""One order with its whole story: steps, check-ins, photos."""

from datetime import datetime

import asyncpg
import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.orders.errors import OrderNotFound
from backend.orders.queries.rows import COLUMNS, JOINS, mask_name, order_fields
from backend.orders.queries.scope import VISIBLE, scope_args
from backend.orders.structs import DeadlineChange, OrderDetail, PhotoView, StepView
from media import queries as media
from media.structs import Subject, SubjectKind

_ONE = f"SELECT {COLUMNS} {JOINS} WHERE {VISIBLE} AND o.id = $5"
_STEPS = """
    SELECT s.id, s.move, s.from_state, s.to_state, s.actor_role, s.at, s.captured_at, s.note, s.actor_id,
           a.display_name AS actor_name, c.distance_m, c.method,
           CASE WHEN s.move = 'clock' THEN s.detail ->> 'cause' END AS cause,
           CASE WHEN s.move = 'clock' THEN s.detail ->> 'deadlines' END AS deadlines
    FROM order_step s
    LEFT JOIN account a ON a.id = s.actor_id
    LEFT JOIN check_in c ON c.step_id = s.id
    WHERE s.order_id = $1 ORDER BY s.id
"""


async def get_order(order_id: int, actor: Actor, now: datetime) -> OrderDetail:
    """One order as this actor may see it. Raises OrderNotFound when it is not there or out of scope."""
    row = await db.fetchrow(_ONE, *scope_args(actor), order_id)
    if row is None:
        raise OrderNotFound
    steps = await list_steps(order_id)
    photos = await list_photos([step["id"] for step in steps], now)
    return OrderDetail(
        **order_fields(row, actor),  # type: ignore[arg-type]
        steps=[_step(step, row, actor) for step in steps],
        photos=photos,
    )


async def list_steps(order_id: int) -> list[asyncpg.Record]:
    """The raw steps of an order, oldest first."""
    return await db.fetch(_STEPS, order_id)


async def list_photos(step_ids: list[int], now: datetime) -> list[PhotoView]:
    """The photos of these steps, with links that expire."""
    attached = await media.list_attached([Subject(SubjectKind.ORDER_STEP, step_id) for step_id in step_ids], now)
    return [
        PhotoView(
            id=photo.id,
            role=photo.role.value,
            step_id=photo.subject_id,
            thumb_url=photo.thumb_url,
            large_url=photo.large_url,
        )
        for photo in attached
    ]


def _step(step: asyncpg.Record, order: asyncpg.Record, viewer: Actor) -> StepView:
    is_reporter = step["actor_id"] is not None and step["actor_id"] == order["opened_by_id"]
    name = "" if is_reporter else mask_name(step["actor_name"] or "", viewer)
    fields = ("id", "move", "from_state", "to_state", "actor_role", "at", "captured_at", "note", "distance_m", "method")
    said = {field: step[field] for field in (*fields, "cause")}
    return StepView(**said, actor_name=name, deadlines=_deadlines(step["deadlines"] or "{}"))


def _deadlines(detail: str) -> list[DeadlineChange]:
    changed = msgspec.json.decode(detail, type=dict[str, tuple[datetime | None, datetime]])
    return [DeadlineChange(stage=stage, old_at=old, new_at=new) for stage, (old, new) in changed.items()]
