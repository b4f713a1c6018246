"""Make an inspection: its score, its findings with their deadlines, and the facts, in one transaction."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.events import service as events
from backend.sql import sql
from media import service as media
from media.structs import PhotoRole, SubjectKind
from shops.inspections import queries, recording, rules
from shops.inspections.errors import FindingPhotoMissing, InspectingForbidden, InspectionKeyUsed, PointForeign
from shops.inspections.events import FindingOpened, InspectionMade
from shops.inspections.inspectors import inspects
from shops.inspections.states import FindingMove, FindingState
from shops.inspections.structs import CheckPoint, Inspected, NewFinding, NewInspection
from shops.register import queries as register
from shops.register.errors import ShopNotFound
from shops.register.structs import Shop

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('inspection ' || $1::text || ' ' || $2, 0))"
_BEFORE = """
    SELECT i.id, i.key_print, i.score, array(SELECT f.id FROM inspection_finding f WHERE f.inspection_id = i.id
        ORDER BY f.id) AS finding_ids
    FROM inspection i WHERE i.inspector_id = $1 AND i.client_key = $2
"""
_INSERT = """
    INSERT INTO inspection (shop_id, checklist_id, inspector_id, client_key, key_print, score, note, captured_at,
        received_at)
    VALUES (:shop_id, :checklist_id, :inspector_id, :client_key, :key_print, :score, :note, :captured_at, :now)
    RETURNING id
"""
_FINDING = """
    INSERT INTO inspection_finding (inspection_id, shop_id, point_id, note, points, is_p0, found_at, due_at,
        repeat_of_id)
    SELECT :inspection_id, :shop_id, p.id, :note, p.points, p.is_p0, :now, :due_at, (
        SELECT earlier.id FROM inspection_finding earlier JOIN checklist_point q ON q.id = earlier.point_id
        JOIN checklist l ON l.id = q.checklist_id
        WHERE earlier.shop_id = :shop_id AND earlier.found_at > :repeat_since AND earlier.state <> 'struck'
          AND l.code = here.code AND q.number = p.number
        ORDER BY earlier.id DESC LIMIT 1)
    FROM checklist_point p JOIN checklist here ON here.id = p.checklist_id WHERE p.id = :point_id RETURNING id
"""


async def inspect(shop_id: int, made: NewInspection, actor: Actor, now: datetime) -> Inspected:
    """Write an inspection down; one that was sent before gets its first answer.

    Raises ShopNotFound, InspectingForbidden, ChecklistNotFound, PointForeign, FindingPhotoMissing, InspectionKeyUsed,
    and what media says of photos that cannot serve.
    """
    key_print = hashlib.sha256(msgspec.json.encode([shop_id, made])).hexdigest()
    async with db.transaction():
        await db.execute(_LOCK, str(actor.account_id), made.client_id)
        if earlier := await _sent_before(actor, made, key_print):
            return earlier
        shop = await register.get_shop(shop_id)
        await require_inspector(actor, shop)
        points = await _points_of(made)
        score = rules.score(points[each.point_id].points for each in made.findings)
        values = {"client_key": made.client_id, "key_print": key_print, "score": score, "note": made.note}
        inspection_id = await db.fetchval(
            sql(
                _INSERT,
                shop_id=shop_id,
                checklist_id=made.checklist_id,
                inspector_id=actor.account_id,
                captured_at=made.captured_at,
                now=now,
                **values,
            )
        )
        people = tuple(person.account_id for person in (await register.list_holders([shop_id]))[shop_id])
        found = [
            await _open(inspection_id, shop, people, points[each.point_id], each, actor, now) for each in made.findings
        ]
        await events.record(_made(inspection_id, shop, actor, len(found)))
    return Inspected(id=inspection_id, score=score, finding_ids=found, is_new=True)


async def require_inspector(actor: Actor, shop: Shop) -> None:
    """Raises ShopNotFound for strangers, InspectingForbidden for whoever may not inspect there or acts for the shop."""
    is_of_shop = await register.is_person_of(shop.id, actor.account_id)
    is_inspector = await inspects(actor, shop.area_code)
    if not rules.may_read(actor, shop.area_code, is_of_shop=is_of_shop, is_inspector=is_inspector):
        raise ShopNotFound
    if is_of_shop or not is_inspector:
        raise InspectingForbidden


async def _sent_before(actor: Actor, made: NewInspection, key_print: str) -> Inspected | None:
    row = await db.fetchrow(_BEFORE, actor.account_id, made.client_id)
    if row is None:
        return None
    if row["key_print"] != key_print:
        raise InspectionKeyUsed
    return Inspected(id=row["id"], score=row["score"], finding_ids=row["finding_ids"], is_new=False)


async def _points_of(made: NewInspection) -> Mapping[int, CheckPoint]:
    """The points of the list by their ids. Raises PointForeign, FindingPhotoMissing."""
    points = {point.id: point for point in (await queries.get_checklist(made.checklist_id)).points}
    named = [each.point_id for each in made.findings]
    if len(set(named)) < len(named) or not set(named) <= points.keys():
        raise PointForeign
    if not all(each.photo_ids for each in made.findings):
        raise FindingPhotoMissing
    return points


async def _open(
    inspection_id: int,
    shop: Shop,
    people: tuple[int, ...],
    point: CheckPoint,
    each: NewFinding,
    actor: Actor,
    now: datetime,
) -> int:
    """Open a finding with its first step and photos, known to the shop's people. Returns it."""
    due_at = now + timedelta(hours=point.fix_within_h)
    row = sql(
        _FINDING,
        inspection_id=inspection_id,
        shop_id=shop.id,
        point_id=point.id,
        note=each.note,
        now=now,
        due_at=due_at,
        repeat_since=now - rules.REPEAT_WITHIN,
    )
    finding_id = await db.fetchval(row)
    step_id = await recording.append_step(
        finding_id, FindingMove.OPEN, None, FindingState.OPEN, actor.account_id, now, note=each.note, due_at=due_at
    )
    await media.attach(each.photo_ids, actor.account_id, SubjectKind.FINDING_STEP, step_id, PhotoRole.BEFORE)
    await events.record(_opened(finding_id, shop, people, point, each, actor, due_at))
    return finding_id


def _made(inspection_id: int, shop: Shop, actor: Actor, findings: int) -> InspectionMade:
    return InspectionMade(
        subject_id=inspection_id,
        area_code=shop.area_code,
        shop_id=shop.id,
        inspector_id=actor.account_id,
        findings=findings,
    )


def _opened(
    finding_id: int,
    shop: Shop,
    people: tuple[int, ...],
    point: CheckPoint,
    each: NewFinding,
    actor: Actor,
    due_at: datetime,
) -> FindingOpened:
    return FindingOpened(
        subject_id=finding_id,
        version=1,
        area_code=shop.area_code,
        account_ids=people,
        shop_id=shop.id,
        shop=shop.name,
        words_zh=point.words_zh,
        words_en=point.words_en,
        is_p0=point.is_p0,
        due_at=due_at,
        inspector_id=actor.account_id,
        acted_by_id=actor.account_id,
        note=each.note,
    )
