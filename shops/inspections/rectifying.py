"""Every move of a finding by a person: lock it, check the table, change it, append the step, record the fact."""

from datetime import datetime, timedelta
from typing import Any

import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.events import service as events
from backend.sql import sql
from backend.structs import IdempotencyKey
from media import service as media
from media.structs import PhotoRole, SubjectKind
from shops.inspections import events as facts
from shops.inspections import recording, rules
from shops.inspections.errors import (
    AppealedBefore,
    FindingMoveForbidden,
    FindingNotFound,
    FindingNotYours,
    FindingPhotoMissing,
    FindingReasonMissing,
)
from shops.inspections.inspectors import inspects
from shops.inspections.states import FindingMove, FindingRule, FindingState, finding_rule
from shops.inspections.structs import FindingAct
from shops.register import queries as register

RECHECK_AGAIN_H = 24
"""Where whoever looked again names no day."""
_LOCKED = """
    SELECT f.id, f.shop_id, f.state, f.due_at, f.is_p0, f.version, p.words_zh, p.words_en, i.inspector_id,
        shop.name AS shop, place.area_id AS area_code
    FROM inspection_finding f JOIN checklist_point p ON p.id = f.point_id JOIN inspection i ON i.id = f.inspection_id
    JOIN shop ON shop.id = f.shop_id JOIN place ON place.id = shop.place_id WHERE f.id = $1 FOR UPDATE OF f
"""
_MADE = "SELECT true FROM finding_step WHERE finding_id = $1 AND actor_id = $2 AND client_key = $3"
_APPEAL = "SELECT max(at) FROM finding_step WHERE finding_id = $1 AND move = 'appeal'"
_CHANGE = """
    UPDATE inspection_finding SET state = :state, due_at = :due_at, fixed_at = :fixed_at,
        escalated = CASE WHEN :due_at > due_at THEN 0 ELSE escalated END, version = version + 1
    WHERE id = :finding_id RETURNING version
"""
_FACTS: dict[FindingMove, type[facts.FindingFact]] = {
    FindingMove.ANSWER: facts.FindingAnswered,
    FindingMove.PASS: facts.FindingPassed,
    FindingMove.FAIL: facts.FindingFailed,
    FindingMove.APPEAL: facts.FindingAppealed,
    FindingMove.UPHOLD: facts.FindingUpheld,
    FindingMove.STRIKE: facts.FindingStruck,
}


class LockedFinding(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    shop_id: int
    state: FindingState
    due_at: datetime
    is_p0: bool
    version: int
    words_zh: str
    words_en: str
    inspector_id: int
    shop: str
    area_code: str


async def make_move(
    finding_id: int,
    move: FindingMove,
    said: FindingAct,
    actor: Actor,
    *,
    key: IdempotencyKey | None = None,
    now: datetime,
) -> None:
    """Make a move; the same one under the same key is made once.

    Raises FindingNotFound, FindingMoveForbidden, FindingNotYours, FindingPhotoMissing, FindingReasonMissing,
    AppealedBefore, and what media says of photos.
    """
    rule = finding_rule(move)
    async with db.transaction():
        found = await _lock(finding_id)
        if key is not None and await db.fetchval(_MADE, finding_id, actor.account_id, key):
            return
        await _require(rule, found, said, actor)
        appealed_at = await db.fetchval(_APPEAL, finding_id)
        if move is FindingMove.APPEAL and appealed_at is not None:
            raise AppealedBefore
        due_at = _due(move, found, said, appealed_at, now)
        version = await _change(rule, found, said, actor, due_at, key, now)
        await events.record(await _fact(move, found, said, actor, due_at, version))


async def _change(
    rule: FindingRule,
    found: LockedFinding,
    said: FindingAct,
    actor: Actor,
    due_at: datetime,
    key: IdempotencyKey | None,
    now: datetime,
) -> int:
    """Change the finding, append the step, attach the photos. Returns the new version."""
    fixed_at = now if rule.move is FindingMove.PASS else None
    changed = sql(_CHANGE, finding_id=found.id, state=rule.target.value, due_at=due_at, fixed_at=fixed_at)
    version = await db.fetchval(changed)
    step_id = await recording.append_step(
        found.id,
        rule.move,
        found.state,
        rule.target,
        actor.account_id,
        now,
        captured_at=said.captured_at,
        note=said.note,
        due_at=due_at,
        client_key=key,
    )
    await media.attach(said.photo_ids, actor.account_id, SubjectKind.FINDING_STEP, step_id, PhotoRole.AFTER)
    return version


async def _lock(finding_id: int) -> LockedFinding:
    row = await db.fetchrow(_LOCKED, finding_id)
    if row is None:
        raise FindingNotFound
    return msgspec.convert(dict(row), LockedFinding)


async def _require(rule: FindingRule, found: LockedFinding, said: FindingAct, actor: Actor) -> None:
    is_of_shop = await register.is_person_of(found.shop_id, actor.account_id)
    is_inspector = await inspects(actor, found.area_code)
    if not rules.may_read(actor, found.area_code, is_of_shop=is_of_shop, is_inspector=is_inspector):
        raise FindingNotFound
    if not rules.may_act(actor, rule.who, found, is_of_shop=is_of_shop, is_inspector=is_inspector):
        raise FindingNotYours
    if found.state is not rule.source:
        raise FindingMoveForbidden(found.state)
    if rule.needs_photo and not said.photo_ids:
        raise FindingPhotoMissing
    if rule.needs_reason and not said.note:
        raise FindingReasonMissing


def _due(
    move: FindingMove, found: LockedFinding, said: FindingAct, appealed_at: datetime | None, now: datetime
) -> datetime:
    """Until when it is to be put right after the move."""
    if move is FindingMove.FAIL:
        return now + timedelta(hours=said.due_in_h or RECHECK_AGAIN_H)
    if move is FindingMove.UPHOLD and appealed_at is not None:
        return rules.due_after_appeal(found.due_at, appealed_at, now)
    return found.due_at


async def _fact(
    move: FindingMove, found: LockedFinding, said: FindingAct, actor: Actor, due_at: datetime, version: int
) -> facts.FindingFact:
    people = (await register.list_holders([found.shop_id]))[found.shop_id]
    same: dict[str, Any] = {
        "subject_id": found.id,
        "version": version,
        "area_code": found.area_code,
        "account_ids": tuple(person.account_id for person in people),
    }
    about = {
        name: getattr(found, name) for name in ("shop_id", "shop", "words_zh", "words_en", "is_p0", "inspector_id")
    }
    return _FACTS[move](**same, **about, due_at=due_at, acted_by_id=actor.account_id, note=said.note)
