"""One order with its whole story: steps, check-ins, photos, and what was merged into it."""

from collections.abc import Sequence
from datetime import datetime

import asyncpg
import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.orders.arrivals.grades import Method
from backend.orders.cases import merged_orders
from backend.orders.cases.merged_orders import MergedOrder
from backend.orders.model.audience import audience_of
from backend.orders.model.disclosure import is_step_shown, name_of, note_of
from backend.orders.model.errors import OrderNotFound
from backend.orders.model.states import Transition
from backend.orders.model.visibility import visible_to
from backend.orders.reads.related import RELATED, related_of
from backend.orders.reads.rows import COLUMNS, JOINS, allowed_moves, order_fields, ownership_of
from backend.orders.reads.verification import (
    comparison_of,
    is_passed_by_comparison,
    proofs_of,
    verification_of,
    with_bar,
    with_source,
)
from backend.orders.reads.views import (
    ArrivalView,
    DeadlineChange,
    MergedView,
    OrderDetail,
    OrderPhoto,
    PriorityChange,
    StepView,
    VerificationView,
)
from backend.sql import sql
from media import queries as media
from media.rules import may_see
from media.structs import AttachedPhoto, Audience, PhotoSubject, SubjectKind

_REPORTING = (Transition.OPEN, Transition.JOIN)
_ONE = f"SELECT {COLUMNS}, o.merged_into_id, {RELATED} AS related {JOINS} WHERE {{visible}} AND o.id = :order_id"
_STEPS = """
    SELECT s.id, s.move, s.from_state, s.to_state, s.actor_role, s.at, s.captured_at, s.note, s.actor_id,
           a.display_name AS actor_name, c.distance_m, c.method,
           c.grade, c.doubts, c.accuracy_m, s.accuracy_m AS fix_accuracy_m, c.radius_m, c.source, c.appeal_reason,
           (s.detail ->> 'arrived_at')::timestamptz AS arrived_at,
           CASE WHEN s.move = 'clock' THEN s.detail ->> 'cause' END AS cause,
           CASE WHEN s.move = 'clock' THEN s.detail ->> 'deadlines' END AS deadlines,
           CASE WHEN s.move = 'clock' THEN s.detail ->> 'reason' END AS reason,
           CASE WHEN s.move IN ('clock', 'open') THEN s.detail ->> 'priority' END AS priority,
           CASE WHEN s.move IN ('finish', 'self_handle') THEN s.detail::text END AS finished,
           CASE WHEN s.move = 'rate' THEN (s.detail ->> 'score')::integer END AS score,
           (s.detail ->> 'is_fresh')::boolean AS is_fresh, s.detail ->> 'strength' AS strength
    FROM order_step s
    LEFT JOIN account a ON a.id = s.actor_id
    LEFT JOIN check_in c ON c.step_id = s.id
    WHERE s.order_id = $1 AND s.at >= (SELECT opened_at FROM work_order WHERE id = $1) ORDER BY s.id
"""


async def get_order(order_id: int, actor: Actor, now: datetime) -> OrderDetail:
    """One order as this actor may see it. Raises OrderNotFound when it is not there or out of scope."""
    row = await db.fetchrow(sql(_ONE, visible=visible_to(actor), order_id=order_id))
    if row is None:
        raise OrderNotFound
    steps = await list_steps(order_id)
    merged = await merged_orders.list_merged(order_id)
    audience = audience_of(actor, ownership_of(row))
    shown = [step for step in steps if is_step_shown(step, audience, actor.account_id)]
    reader = None if audience is Audience.STAFF else actor.account_id
    photos = await list_photos(
        steps, now, audience, actor.account_id, [step for part in merged for step in part.report_step_ids]
    )
    parent, sub_orders = related_of(row["related"]) if reader is None else (None, [])
    verification = verification_of(row["state"], row["verify_by"], steps) if reader is None else None
    if verification:
        verification = with_bar(with_source(verification, row), row, steps, sub_orders, actor, now)
    return OrderDetail(
        **_fields(row, actor, verification, is_sub_order=parent is not None),  # type: ignore[arg-type]
        steps=[_step(step, row, actor, audience) for step in shown],
        photos=photos,
        verification=verification,
        comparison=comparison_of(steps) if reader is None else None,
        passed_by_comparison=reader is None and is_passed_by_comparison(steps),
        merged_into_id=row["merged_into_id"],
        is_archived=is_archived(steps),
        merged=[_merged(part) for part in merged] if reader is None else [],
        parent=parent,
        sub_orders=sub_orders,
    )


async def list_steps(order_id: int) -> list[asyncpg.Record]:
    """The raw steps of an order, oldest first."""
    return await db.fetch(_STEPS, order_id)


def is_archived(steps: Sequence[asyncpg.Record]) -> bool:
    """Whether the beginning of this story is in the archive: every order begins with a step."""
    return all(step["move"] != Transition.OPEN for step in steps)


async def list_photos(
    steps: list[asyncpg.Record],
    now: datetime,
    audience: Audience,
    reader_id: int,
    more_step_ids: Sequence[int] = (),
) -> list[OrderPhoto]:
    """The photos of these steps that media shows to the audience, with links that expire.

    To a reporter what other reporters sent only when it was released to the public.
    """
    proofs = proofs_of(steps) if audience is Audience.STAFF else {}
    foreign = {step["id"] for step in steps if step["move"] in _REPORTING and step["actor_id"] != reader_id}
    foreign |= set(more_step_ids)
    is_reporter = audience is Audience.REPORTER
    step_ids = [*(step["id"] for step in steps), *more_step_ids]
    subjects = [PhotoSubject(SubjectKind.ORDER_STEP, step_id) for step_id in step_ids]
    attached = await media.list_attached(subjects, now, audience)
    return [
        OrderPhoto(
            id=photo.id,
            role=photo.role.value,
            step_id=photo.subject_id,
            thumb_url=photo.thumb_url,
            large_url=photo.large_url,
            captured_at=photo.captured_at if audience is Audience.STAFF else None,
            proof=proofs.get(photo.id),
        )
        for photo in attached
        if not is_reporter or photo.subject_id not in foreign or _is_public(photo)
    ]


def _fields(
    row: asyncpg.Record, actor: Actor, verification: VerificationView | None, *, is_sub_order: bool
) -> dict[str, object]:
    """Those of every order's view; a pass or a merge that would be refused is not offered."""
    refused = {Transition.PASS: verification and verification.barred_by, Transition.MERGE: is_sub_order}
    allowed = [move for move in allowed_moves(row, actor) if not refused.get(Transition(move))]
    return order_fields(row, actor) | {"allowed": allowed}


def _is_public(photo: AttachedPhoto) -> bool:
    return may_see(Audience.PUBLIC, photo.role, photo.visibility)


def _merged(part: MergedOrder) -> MergedView:
    return MergedView(
        id=part.id,
        number=part.number,
        opened_at=part.opened_at,
        description=part.description,
        step_ids=part.report_step_ids,
    )


def _step(step: asyncpg.Record, order: asyncpg.Record, viewer: Actor, audience: Audience) -> StepView:
    is_staff = audience is Audience.STAFF
    is_own = audience is Audience.HELPER and step["actor_id"] == viewer.account_id
    fields = ("id", "move", "from_state", "to_state", "actor_role", "at", "captured_at", "distance_m", "method")
    said = {field: step[field] for field in (*fields, "cause", "is_fresh", "strength")}
    if step["method"] == Method.APPEAL and not is_staff:
        said |= {"method": None, "distance_m": None}
    return StepView(
        **said,
        note=note_of(step, audience, viewer.account_id),
        actor_name=viewer.name if is_own else name_of(step, order["opened_by_id"], audience),
        arrival=_arrival(step) if is_staff else None,
        accuracy_m=step["fix_accuracy_m"] if is_staff else None,
        deadlines=_deadlines(step["deadlines"] or "{}"),
        priority=_priority(step["priority"]) if is_staff and step["priority"] else None,
        reason=(step["reason"] or "") if is_staff else "",
    )


def _arrival(step: asyncpg.Record) -> ArrivalView | None:
    """None for other steps, and for arrivals from before they were graded."""
    if step["grade"] is None:
        return None
    return msgspec.convert({name: step[name] for name in ArrivalView.__struct_fields__}, ArrivalView)


def _deadlines(detail: str) -> list[DeadlineChange]:
    changed = msgspec.json.decode(detail, type=dict[str, tuple[datetime | None, datetime]])
    return [DeadlineChange(stage=stage, old_at=old, new_at=new) for stage, (old, new) in changed.items()]


def _priority(detail: str) -> PriorityChange:
    old, new = msgspec.json.decode(detail, type=tuple[str, str])
    return PriorityChange(old=old, new=new)
