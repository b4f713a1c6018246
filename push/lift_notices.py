"""Who hears of a lift's days: its company and the property of what is due, committee and street of what is late."""

from collections.abc import Sequence

from backend.accounts import queries as accounts
from backend.accounts.structs import Role
from backend.events.facts import Recorded, reread
from backend.lifts.events import LiftDueSoon, LiftFact, LiftOverdue
from backend.lifts.rules import DueKind
from push import service as push
from push.channels import Recipient
from push.notices import first_holders_by_area, holders_by_area, notice
from push.structs import Wording

_URGENT = "P2"
_KEEPERS = (Role.STREET_ADMIN, Role.DISTRICT_ADMIN)
_KINDS = {
    DueKind.INSPECTION: ("定期检验", "Periodic inspection"),
    DueKind.MAINTENANCE: ("维护保养", "Maintenance"),
}


async def notify_units(recorded: Sequence[Recorded]) -> None:
    """The periodic inspection is near. Where nobody works for either unit there, the street is told."""
    facts = [reread(each, LiftDueSoon) for each in recorded]
    people = await _people_of(facts)
    keepers = await first_holders_by_area(facts, *_KEEPERS)
    await push.notify(
        [
            notice(entry, people[fact.subject_id] or keepers[fact.area_code], say_soon(fact), Recipient.HANDLER)
            for entry, fact in zip(recorded, facts, strict=True)
        ]
    )


async def notify_keepers(recorded: Sequence[Recorded]) -> None:
    """Something is late: its company has the order; the property, the committee and the street are told of it."""
    facts = [reread(each, LiftOverdue) for each in recorded]
    people = await _people_of(facts)
    committees = await holders_by_area(facts, Role.COMMITTEE)
    keepers = await first_holders_by_area(facts, *_KEEPERS)
    await push.notify(
        [
            notice(
                entry,
                [*people[fact.subject_id], *committees[fact.area_code], *keepers[fact.area_code]],
                say_overdue(fact),
                Recipient.ESCALATED,
                priority=_URGENT,
            )
            for entry, fact in zip(recorded, facts, strict=True)
        ]
    )


async def _people_of(facts: Sequence[LiftFact]) -> dict[int, list[int]]:
    """By lift: the handlers of its units."""
    found = await accounts.list_handlers_of({(unit, fact.area_code) for fact in facts for unit in fact.unit_ids})
    return {
        fact.subject_id: [person for unit in fact.unit_ids for person in found[unit, fact.area_code]] for fact in facts
    }


def say_soon(fact: LiftDueSoon) -> Wording:
    zh, en = _KINDS[fact.due_kind]
    return Wording(
        title_zh=f"电梯{zh}将到期:{fact.place}",
        title_en=f"{en} of a lift is due: {fact.place}",
        body_zh=f"{fact.lift_no} · {fact.due_on} 前完成,请提前一个月申请",
        body_en=f"{fact.lift_no} · by {fact.due_on}; it is applied for a month ahead",
        path=f"/lifts/{fact.subject_id}",
    )


def say_overdue(fact: LiftOverdue) -> Wording:
    zh, en = _KINDS[fact.due_kind]
    return Wording(
        title_zh=f"电梯{zh}已逾期:{fact.place}",
        title_en=f"{en} of a lift is overdue: {fact.place}",
        body_zh=f"{fact.lift_no} · 应于 {fact.due_on} 前完成,已派单给维保单位",
        body_en=f"{fact.lift_no} · was due by {fact.due_on}; its company has an order about it",
        path=f"/lifts/{fact.subject_id}",
    )
