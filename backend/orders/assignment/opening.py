"""Open an order, already dispatched: no order is ever seen without a person, a pool or the centre that has it."""

from datetime import datetime
from typing import Any

import asyncpg
import msgspec

from backend import db
from backend.duty.structs import Post
from backend.events import service as events
from backend.geo.lonlat import LonLat
from backend.orders.assignment.dispatching import Answer, answer_of, get_answer
from backend.orders.assignment.errors import ReporterNotAllowed
from backend.orders.assignment.structs import Opened, Opening
from backend.orders.deadlines import plan
from backend.orders.deadlines.plan import Due
from backend.orders.model import rules
from backend.orders.model.errors import EvidenceMissing
from backend.orders.model.events import OrderDispatched
from backend.orders.model.states import State, Transition
from backend.sql import Sql, sql
from media import service as media
from media.structs import PhotoRole, SubjectKind

_OPEN = f"""
    WITH drawn AS (SELECT nextval(pg_get_serial_sequence('work_order', 'id')) AS id),
    opened AS (
        INSERT INTO work_order (id, number, state, item_id, priority, place_id, area_code, grid_code, loc,
            description, source_kind, opened_by_id, unit_id, handler_id, opened_at, respond_by, resolve_by, parent_id,
            arrive_by, safe_by, supervisor_id)
        SELECT id,
            'YM' || to_char(:now::timestamptz AT TIME ZONE 'Asia/Shanghai', 'YYMMDD') || '-'
                || lpad(id::text, greatest(6, length(id::text)), '0'),
            '{State.DISPATCHED}', :item_code, :priority, :place_id, :area_code, :grid_code,
            ST_SetSRID(ST_MakePoint(:lng, :lat), 4326)::geography, :description, :source_kind, :opener_id, :unit_id,
            :handler_id, :now, :respond_by, :resolve_by, :parent_id, :arrive_by, :safe_by, :supervisor_id
        FROM drawn RETURNING id, number
    ),
    first AS (
        INSERT INTO order_step (order_id, move, to_state, actor_id, actor_role, at, captured_at,
            point, accuracy_m, datum, detail)
        SELECT id, '{Transition.OPEN}', '{State.DISPATCHED}', :opener_id, :actor_role, :now, :captured_at,
            ST_SetSRID(ST_MakePoint(:fix_lng, :fix_lat), 4326)::geography, :accuracy_m, :datum,
            :detail::jsonb || jsonb_strip_nulls(jsonb_build_object('is_fresh', nullif(:is_fresh::bool, false)))
        FROM opened RETURNING id
    ),
    attached AS ({{attached}}),
    along AS ({{along}})
    SELECT opened.id AS order_id, opened.number, first.id AS step_id, (SELECT id FROM along) AS along_id,
        array(SELECT photo_id FROM attached) AS attached
    FROM opened, first
"""
NEW_ORDER_ID = Sql("(SELECT id FROM opened)")
"""For what is written along with an order: the order's id."""
_STEP_ID = Sql("(SELECT id FROM first)")
_NOTHING = Sql("SELECT NULL::bigint AS id")


async def open(
    opening: Opening, *, now: datetime, answer_row: asyncpg.Record | None = None, along: Sql | None = None
) -> Opened:
    """Open an order at a scene: unit by rule, person by duty, deadlines by the item's clock, photos as evidence.

    `answer_row`: the answer of `dispatching.ask`, where it was asked already. `along`: a statement that writes one more
    row together with the order, whose id is NEW_ORDER_ID, and returns the row's `id`.
    Raises ItemUnknown, ReporterNotAllowed, EvidenceMissing, and the errors of media for photos that cannot serve.
    """
    async with db.transaction():
        answer = await _answer(opening, answer_row, now)
        _require_reportable(opening, answer)
        opened = await _insert(opening, answer, plan.at_opening(now, answer.terms), now, along or _NOTHING)
        await events.record(_dispatched(opened, opening, answer))
    return opened


async def _answer(opening: Opening, answer_row: asyncpg.Record | None, now: datetime) -> Answer:
    if answer_row is None:
        return await get_answer(_post(opening), opening.unit_id, now)
    return await answer_of(answer_row, _post(opening), opening.unit_id, now)


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


async def _insert(opening: Opening, answer: Answer, due: Due, now: datetime, along: Sql) -> Opened:
    """Write order, first step, evidence and what goes along in one statement."""
    photo_ids = opening.photo_ids if opening.actor else []
    row = await db.fetchrow(
        sql(
            _OPEN,
            **_order_values(opening, answer, due),
            **_step_values(opening, answer),
            now=now,
            attached=media.attaching(photo_ids, opening.opener_id, SubjectKind.ORDER_STEP, _STEP_ID, PhotoRole.REPORT),
            along=along,
        )
    )
    assert row is not None
    if opening.opener_id is not None:
        await media.require_attached(row["attached"], photo_ids, opening.opener_id)
    return Opened(
        order_id=row["order_id"],
        number=row["number"],
        step_id=row["step_id"],
        along_id=row["along_id"],
        respond_by=due.respond_by,
        resolve_by=due.resolve_by,
    )


def _order_values(opening: Opening, answer: Answer, due: Due) -> dict[str, Any]:
    scene, choice = opening.scene, answer.choice
    return {
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
        "resolve_by": due.resolve_by,
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
        "detail": msgspec.json.encode(answer.choice.as_detail()).decode(),
    }


def _dispatched(opened: Opened, opening: Opening, answer: Answer) -> OrderDispatched:
    reporter_id, choice = opening.opener_id, answer.choice
    people = (reporter_id, choice.handler_id, choice.supervisor_id)
    return OrderDispatched(
        subject_id=opened.order_id,
        version=1,
        area_code=opening.scene.area_code,
        unit_id=choice.unit_id,
        account_ids=tuple(person for person in people if person is not None),
        number=opened.number,
        item_code=answer.code,
        item_zh=answer.name_zh,
        item_en=answer.name_en,
        place=opening.scene.label,
        handler_id=choice.handler_id,
        opened_by_id=reporter_id,
        supervisor_id=choice.supervisor_id,
        is_urgent=rules.is_urgent(answer.priority),
        respond_by=opened.respond_by,
        resolve_by=opened.resolve_by,
    )
