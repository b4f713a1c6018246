"""Who hears that nobody has visited: the visitor, then the committee, then the street. By number, never by name."""

from collections.abc import Sequence

from backend.accounts.structs import Role
from backend.calendars.rules import SHANGHAI
from backend.elder_care.events import VisitMissed
from backend.events.facts import Recorded, reread
from push import service as push
from push.channels import Recipient
from push.notices import holders_by_area, notice
from push.structs import Wording

_VISITOR, _STREET = 1, 3
_URGENT = "P1"


async def notify_level(recorded: Sequence[Recorded]) -> None:
    """Without a visitor the committee hears at once."""
    facts = [reread(each, VisitMissed) for each in recorded]
    committee = await holders_by_area(facts, Role.COMMITTEE)
    street = await holders_by_area(facts, Role.STREET_ADMIN)
    await push.notify(
        [
            notice(entry, _people(fact, committee, street), say(fact), Recipient.ESCALATED, priority=_URGENT)
            for entry, fact in zip(recorded, facts, strict=True)
        ]
    )


def _people(fact: VisitMissed, committee: dict[str, set[int]], street: dict[str, set[int]]) -> set[int]:
    if fact.level == _VISITOR and fact.visitor_id is not None:
        return {fact.visitor_id}
    return street[fact.area_code] if fact.level >= _STREET else committee[fact.area_code]


def say(fact: VisitMissed) -> Wording:
    by = fact.due_at.astimezone(SHANGHAI).strftime("%H:%M")
    return Wording(
        title_zh=f"约定走访未完成:编号 {fact.label}",
        title_en=f"An agreed visit was not made: {fact.label}",
        body_zh=f"应于 {by} 前完成,请尽快走访或安排人员",
        body_en=f"It was due by {by}: please go there, or send somebody",
        path="/elders",
    )
