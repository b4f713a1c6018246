"""Open an order, already offered or dispatched: none is ever seen without somebody who has it or may take it."""

from datetime import datetime
from typing import Any, NamedTuple

import asyncpg
import msgspec

from backend.duty.structs import Post
from backend.events import service as events
from backend.geo.lonlat import LonLat
from backend.orders.assignment.dispatching import Answer, answer_of, ask, given
from backend.orders.assignment.errors import ReporterNotAllowed
from backend.orders.assignment.structs import Opened, Opening
from backend.orders.deadlines import plan
from backend.orders.deadlines.escalation import levels
from backend.orders.deadlines.plan import Due
from backend.orders.model import rules
from backend.orders.model.errors import EvidenceMissing
from backend.orders.model.events import OrderDispatched, OrderOffered
from backend.orders.model.states import State, Transition
from backend.sql import Sql, sql
from media import service as media
from media.structs import PhotoRole, SubjectKind

_OPEN = f"""
    WITH along AS ({{along}}),
    opened AS (
        INSERT INTO work_order (id, number, state, item_id, priority, place_id, area_code, grid_code, loc,
            description, source_kind, opened_by_id, unit_id, handler_id, opened_at, respond_by, resolve_by, parent_id,
            arrive_by, safe_by, supervisor_id, clock_from, offered_until, ladder_at)
        SELECT :order_id, :number, :state, :item_code, :priority, :place_id, :area_code, :grid_code,
            ST_SetSRID(ST_MakePoint(:lng, :lat), 4326)::geography, :description, :source_kind, :opener_id, :unit_id,
            :handler_id, :now, :respond_by, :resolve_by, :parent_id, :arrive_by, :safe_by, :supervisor_id,
            :clock_from, :offered_until, :look_at
        FROM along RETURNING id
    ),
    first AS (
        INSERT INTO order_step (order_id, move, to_state, actor_id, actor_role, at, captured_at,
            point, accuracy_m, datum, detail)
        SELECT id, '{Transition.OPEN}', :state, :opener_id, :actor_role, :now, :captured_at,
            ST_SetSRID(ST_MakePoint(:fix_lng, :fix_lat), 4326)::geography, :accuracy_m, :datum,
            :detail::jsonb || jsonb_strip_nulls(jsonb_build_object('is_fresh', nullif(:is_fresh::bool, false)))
        FROM opened RETURNING id
    ),
    attached AS ({{attached}}),
    {{recorded}}
    SELECT first.id AS step_id, along.id AS along_id FROM first, along
"""
_STEP_ID = Sql("(SELECT id FROM first)")
_IS_OPENED = Sql("EXISTS (SELECT FROM opened)")
_NOTHING = Sql("SELECT NULL::bigint AS id")


class _DrawnOrder(NamedTuple):
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


class NothingOpened(Exception):
    """What was to be written along with an order was there already, so neither was written."""


async def open(
    opening: Opening, *, now: datetime, answer_row: asyncpg.Record | None = None, along: Sql | None = None
) -> Opened:
    """Open an order at a scene: unit by rule, person by duty, deadlines by the item's clock, photos as evidence.

    All of it is one statement, and so one transaction. `answer_row`: what `dispatching.ask` gave, where it was asked
    already. `along`: the insertion of one more row, which returns its `id`; where it writes none, nothing is written.
    Photos and `along` are for callers without a transaction.
    Raises ItemUnknown, ReporterNotAllowed, EvidenceMissing, NothingOpened, and the errors of media for photos that
    cannot serve.
    """
    post = _post(opening)
    begins_at = opening.begins_at or now
    row = answer_row or await ask(given(post), post.item_code, now, unit_id=opening.unit_id, begins_at=begins_at)
    assert row is not None
    answer = await answer_of(row, post, opening.unit_id, begins_at, is_for_later=opening.begins_at is not None)
    _require_reportable(opening, answer)
    due = plan.at_opening(begins_at, answer.terms)
    offered_until = now + answer.offer.window if answer.offer else None
    look_at = levels.first_look(begins_at, plan.shortest_min(begins_at, answer.terms), answer.least_percent)
    order = _DrawnOrder(row["order_id"], row["number"], due, look_at, offered_until)
    return await _insert(order, opening, answer, now, along or _NOTHING)


def _post(opening: Opening) -> Post:
    scene = opening.scene
    point = LonLat(scene.lng, scene.lat)
    return Post(item_code=opening.item_code, area_code=scene.area_code, grid_code=scene.grid_code, point=point)


def _require_reportable(opening: Opening, item: Answer) -> None:
    """What people report must be theirs to report and come with photos; what the system opens has its own grounds."""
    if opening.reporter_kinds is None:
        return
    if opening.reporter_kinds.isdisjoint(item.reporter_roles):
        raise ReporterNotAllowed(item.code, item.reporter_roles)
    if missing := rules.missing_photos(item.report_photos_min, len(opening.photo_ids)):
        raise EvidenceMissing({"report": missing})


async def _insert(order: _DrawnOrder, opening: Opening, answer: Answer, now: datetime, along: Sql) -> Opened:
    """Write order, first step, evidence, the fact, and what goes along."""
    photo_ids = opening.photo_ids if opening.actor else []
    statement = sql(
        _OPEN,
        **_order_values(order, opening, answer),
        **_step_values(opening, answer),
        now=now,
        along=along,
        attached=media.attaching(photo_ids, opening.opener_id, SubjectKind.ORDER_STEP, _STEP_ID, PhotoRole.REPORT),
    )
    async with media.explaining(photo_ids, opening.opener_id):
        row = await events.record_with(statement, _fact(order, opening, answer), is_so=_IS_OPENED)
    if row is None:
        raise NothingOpened
    return Opened(
        order_id=order.id,
        number=order.number,
        step_id=row["step_id"],
        along_id=row["along_id"],
        respond_by=order.due.respond_by,
        resolve_by=order.due.resolve_by,
    )


def _order_values(order: _DrawnOrder, opening: Opening, answer: Answer) -> dict[str, Any]:
    scene, choice, due = opening.scene, answer.choice, order.due
    return {
        "order_id": order.id,
        "number": order.number,
        "state": order.state.value,
        "offered_until": order.offered_until,
        "item_code": answer.code,
        "priority": answer.priority,
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
        "respond_by": due.respond_by,
        "arrive_by": due.arrive_by,
        "safe_by": due.safe_by,
        "clock_from": opening.begins_at,
        "resolve_by": due.resolve_by,
        "look_at": order.look_at,
    }


def _step_values(opening: Opening, answer: Answer) -> dict[str, Any]:
    """What the first step says besides what the order says."""
    fix = opening.fix
    point = fix.wgs84() if fix else None
    return {
        "actor_role": opening.actor_role,
        "captured_at": opening.captured_at,
        "fix_lng": point.lng if point else None,
        "fix_lat": point.lat if point else None,
        "accuracy_m": fix.accuracy_m if fix else None,
        "datum": fix.datum.value if fix else None,
        "is_fresh": opening.is_fresh,
        "detail": msgspec.json.encode(answer.choice.as_detail() | _offered_detail(answer)).decode(),
    }


def _offered_detail(answer: Answer) -> dict[str, Any]:
    return msgspec.structs.asdict(answer.offer) if answer.offer else {}


def _fact(order: _DrawnOrder, opening: Opening, answer: Answer) -> OrderDispatched | OrderOffered:
    scene, facts = opening.scene, _common(order, opening, answer)
    if answer.offer is None or order.offered_until is None:
        return OrderDispatched(**facts)
    needed = answer.offer.people_needed
    return OrderOffered(**facts, window_until=order.offered_until, people_needed=needed, lng=scene.lng, lat=scene.lat)


def _common(order: _DrawnOrder, opening: Opening, answer: Answer) -> dict[str, Any]:
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
