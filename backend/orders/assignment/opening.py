"""Open an order, already dispatched: no order is ever seen without a person, a pool or the centre that has it."""

from datetime import datetime

import msgspec

from backend import db
from backend.duty.structs import Post
from backend.events import service as events
from backend.geo.lonlat import LonLat
from backend.orders.assignment.dispatching import Answer, get_answer
from backend.orders.assignment.errors import ReporterNotAllowed
from backend.orders.assignment.structs import Opened, Opening
from backend.orders.deadlines import plan
from backend.orders.deadlines.plan import Due
from backend.orders.model import rules
from backend.orders.model.errors import EvidenceMissing
from backend.orders.model.events import OrderDispatched
from backend.orders.model.states import State, Transition
from media import service as media
from media.structs import PhotoRole, SubjectKind

_OPEN = f"""
    WITH drawn AS (SELECT nextval(pg_get_serial_sequence('work_order', 'id')) AS id),
    opened AS (
        INSERT INTO work_order (id, number, state, item_code, priority, place_id, area_code, grid_code, loc,
            description, source_kind, opened_by_id, unit_id, handler_id, opened_at, respond_by, resolve_by, parent_id,
            arrive_by, safe_by, supervisor_id)
        SELECT id,
            'YM' || to_char($13::timestamptz AT TIME ZONE 'Asia/Shanghai', 'YYMMDD') || '-'
                || lpad(id::text, greatest(6, length(id::text)), '0'),
            '{State.DISPATCHED}', $1, $2, $3, $4, $5, ST_SetSRID(ST_MakePoint($6, $7), 4326)::geography,
            $8, $9, $10, $11, $12, $13, $14, $15, $22, $23, $24, $25
        FROM drawn RETURNING id, number
    ),
    first AS (
        INSERT INTO order_step (order_id, move, to_state, actor_id, actor_role, at, captured_at,
            point, accuracy_m, datum, detail)
        SELECT id, '{Transition.OPEN}', '{State.DISPATCHED}', $10, $16, $13, $17,
            ST_SetSRID(ST_MakePoint($18, $19), 4326)::geography, $20, $21,
            $27::jsonb || jsonb_strip_nulls(jsonb_build_object('is_fresh', nullif($26::bool, false)))
        FROM opened RETURNING id
    )
    SELECT opened.id AS order_id, opened.number, first.id AS step_id FROM opened, first
"""


async def open(opening: Opening, *, now: datetime) -> Opened:
    """Open an order at a scene: unit by rule, person by duty, deadlines by the item's clock, photos as evidence.

    Raises ItemUnknown, ReporterNotAllowed, EvidenceMissing, and the media room's errors for photos that cannot serve.
    """
    async with db.transaction():
        answer = await get_answer(_post(opening), opening.unit_id, now)
        _require_reportable(opening, answer)
        opened = await _insert(opening, answer, plan.at_opening(now, answer.terms), now)
        if opening.photo_ids and opening.actor:
            await media.attach(
                opening.photo_ids,
                opening.actor.account_id,
                SubjectKind.ORDER_STEP,
                opened.step_id,
                PhotoRole.REPORT,
            )
        await events.record(_dispatched(opened, opening, answer))
    return opened


def _post(opening: Opening) -> Post:
    scene = opening.scene
    point = LonLat(scene.lng, scene.lat)
    return Post(item_code=opening.item_code, area_code=scene.area_code, grid_code=scene.grid_code, point=point)


def _require_reportable(opening: Opening, item: Answer) -> None:
    """What people report must be theirs to report and come with photos; what the house opens has its own grounds."""
    if opening.reporter_kinds is None:
        return
    if opening.reporter_kinds.isdisjoint(item.reporter_roles):
        raise ReporterNotAllowed(item.code, item.reporter_roles)
    if missing := rules.missing_photos(item.report_photos_min, len(opening.photo_ids)):
        raise EvidenceMissing({"report": missing})


async def _insert(opening: Opening, answer: Answer, due: Due, now: datetime) -> Opened:
    scene, fix, choice = opening.scene, opening.fix, answer.choice
    point = fix.wgs84() if fix else None
    row = await db.fetchrow(
        _OPEN,
        answer.code,
        answer.priority,
        scene.place_id,
        scene.area_code,
        scene.grid_code,
        scene.lng,
        scene.lat,
        opening.description,
        opening.source_kind,
        opening.opener_id,
        choice.unit_id,
        choice.handler_id,
        now,
        due.respond_by,
        due.resolve_by,
        opening.actor_role,
        opening.captured_at,
        point.lng if point else None,
        point.lat if point else None,
        fix.accuracy_m if fix else None,
        fix.datum.value if fix else None,
        opening.parent_id,
        due.arrive_by,
        due.safe_by,
        choice.supervisor_id,
        opening.is_fresh,
        msgspec.json.encode(choice.as_detail()).decode(),
    )
    assert row is not None
    return Opened(**dict(row), respond_by=due.respond_by, resolve_by=due.resolve_by)


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
        respond_by=opened.respond_by,
        resolve_by=opened.resolve_by,
    )
