"""申诉: ask that a case be left out of a figure."""

from datetime import datetime

from backend import db
from backend.accounts.structs import Actor
from backend.calendars.rules import shanghai_date
from backend.evaluation.appeals import cases
from backend.evaluation.appeals.structs import AppealableCase, AppealDraft, AppealedCase
from backend.evaluation.errors import AppealMadeBefore, AppealTooLate
from backend.evaluation.events import ScoreAppealed
from backend.evaluation.structs import ScoredKind
from backend.events import service as events
from backend.sql import sql

_INSERT = """
    INSERT INTO score_appeal (order_id, measure, unit_id, person_id, area_code, counted_on, reason, evidence,
        asked_by_id, asked_at)
    VALUES (:order_id, :measure, :unit_id, :person_id, :area_code, :counted_on, :reason, :evidence, :by_id, :now)
    ON CONFLICT DO NOTHING RETURNING id
"""
_BEFORE = """
    SELECT id, asked_by_id, reason, evidence FROM score_appeal WHERE order_id = :order_id AND measure = :measure
        AND coalesce(unit_id, 0) = coalesce(:unit_id::bigint, 0)
        AND coalesce(person_id, 0) = coalesce(:person_id::bigint, 0)
"""


async def appeal(named: AppealedCase, draft: AppealDraft, actor: Actor, now: datetime) -> int:
    """Returns the appeal's number; the one of before where the same was sent twice.

    Raises CaseNotCounted, AppealTooLate, AppealMadeBefore.
    """
    case = await cases.find_case(named, actor, now)
    if shanghai_date(now) > case.last:
        raise AppealTooLate(last=case.last.isoformat())
    is_unit = named.kind is ScoredKind.UNIT
    of = {"unit_id": case.subject_id if is_unit else None, "person_id": None if is_unit else case.subject_id}
    async with db.transaction():
        row = {"measure": named.measure, "area_code": case.area_code, "counted_on": case.counted_on, **of}
        words = {"reason": draft.reason, "evidence": draft.evidence}
        inserted = sql(_INSERT, order_id=case.order_id, **row, **words, by_id=actor.account_id, now=now)
        appeal_id = await db.fetchval(inserted)
        if appeal_id is None:
            return await _find_before(named, of, draft, actor)
        await events.record(_fact(appeal_id, case, named, actor))
        return appeal_id


def _fact(appeal_id: int, case: AppealableCase, named: AppealedCase, actor: Actor) -> ScoreAppealed:
    return ScoreAppealed(
        subject_id=appeal_id,
        area_code=case.area_code,
        number=case.number,
        measure=named.measure,
        of_kind=named.kind,
        acted_by_id=actor.account_id,
    )


async def _find_before(named: AppealedCase, of: dict[str, int | None], draft: AppealDraft, actor: Actor) -> int:
    row = await db.fetchrow(sql(_BEFORE, order_id=named.order_id, measure=named.measure, **of))
    assert row is not None
    said = (row["asked_by_id"], row["reason"], row["evidence"])
    if said != (actor.account_id, draft.reason, draft.evidence):
        raise AppealMadeBefore(appeal_id=row["id"])
    return row["id"]
