"""Who hears that nobody has visited: the visitor, then the committee, then the street. By number, never by name.

Where nobody is of the committee, the street hears in its place, else the district: nothing is said to nobody.
"""

from collections.abc import Mapping, Sequence

from backend.accounts.structs import Role
from backend.calendars.rules import SHANGHAI
from backend.elder_care.events import VisitMissed, VisitorLeft
from backend.events.facts import Recorded, reread
from push import service as push
from push.channels import Recipient
from push.notices import first_holders_by_area, notice
from push.structs import Wording

_VISITOR, _STREET = 1, 3
_URGENT = "P1"
_COMMITTEE_FIRST = (Role.COMMITTEE, Role.STREET_ADMIN, Role.DISTRICT_ADMIN)
_STREET_FIRST = (Role.STREET_ADMIN, Role.DISTRICT_ADMIN, Role.COMMITTEE)
_SHOWN = 5


async def notify_level(recorded: Sequence[Recorded]) -> None:
    """Without a visitor the committee hears at once."""
    facts = [reread(each, VisitMissed) for each in recorded]
    committee = await first_holders_by_area(facts, *_COMMITTEE_FIRST)
    street = await first_holders_by_area(facts, *_STREET_FIRST)
    await push.notify(
        [
            notice(entry, _people(fact, committee, street), say(fact), Recipient.ESCALATED, priority=_URGENT)
            for entry, fact in zip(recorded, facts, strict=True)
        ]
    )


async def notify_committee(recorded: Sequence[Recorded]) -> None:
    """Somebody who visited is gone: the committee makes these visits until it has assigned somebody else."""
    facts = [reread(each, VisitorLeft) for each in recorded]
    committee = await first_holders_by_area(facts, *_COMMITTEE_FIRST)
    await push.notify(
        [
            notice(entry, committee[fact.area_code], say_left(fact), Recipient.ESCALATED, priority=_URGENT)
            for entry, fact in zip(recorded, facts, strict=True)
        ]
    )


def _people(
    fact: VisitMissed, committee: Mapping[str, Sequence[int]], street: Mapping[str, Sequence[int]]
) -> Sequence[int]:
    if fact.level == _VISITOR and fact.visitor_id is not None:
        return [fact.visitor_id]
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


def say_left(fact: VisitorLeft) -> Wording:
    count, named = len(fact.labels), fact.labels[:_SHOWN]
    more = count > _SHOWN
    return Wording(
        title_zh=f"走访人离岗:{count} 位老人由居委走访",
        title_en=f"A visitor has left: the committee visits {count} {'elder' if count == 1 else 'elders'}",
        body_zh=f"编号 {'、'.join(named)}{' 等' if more else ''},请指定新的走访人",
        body_en=f"{', '.join(named)}{' and others' if more else ''}: please assign somebody",
        path="/elders",
    )
