"""A notice about a fact, to everybody whom it concerns but for who did it; and whom it concerns by area and role."""

from collections.abc import Iterable

from backend.accounts import queries as accounts
from backend.accounts.structs import Role
from backend.events.facts import Fact, Recorded
from backend.geo.area_codes import DISTRICT_CHARS
from push.channels import Recipient
from push.own_acts import actor_of
from push.structs import Details, Notice, Wording

ORDINARY = "P3"
"""As urgent as an ordinary order."""
_NO_DETAILS = Details()
_AS_STAFF = frozenset(Recipient) - {Recipient.REPORTER, Recipient.VOLUNTEER}
"""As these somebody is told because of their work: who works there no more is not."""


def notice(
    entry: Recorded,
    people: Iterable[int],
    wording: Wording,
    recipient: Recipient,
    *,
    priority: str = ORDINARY,
    details: Details = _NO_DETAILS,
    order_id: int | None = None,
    is_for_staff: bool = True,
) -> Notice:
    """Of the fact, to these people, each once, without its actor.

    `order_id`: the order that it leads to; else the wording names a page. `is_for_staff`: to members of staff only who
    still work in the town of the fact, though they are named; a word to somebody who has just left says no.
    """
    return Notice(
        event_id=entry.id,
        kind=entry.name,
        order_id=order_id,
        account_ids=sorted(set(people) - {actor_of(entry)}),
        wording=wording,
        recipient=recipient,
        priority=priority,
        details=details,
        works_in=_where(entry.area_code, recipient) if is_for_staff else "",
    )


def _where(area_code: str, recipient: Recipient) -> str:
    """Where somebody has to work to be told as this: whoever supervises may be of another town of the district."""
    if recipient not in _AS_STAFF:
        return ""
    return area_code[:DISTRICT_CHARS] if recipient is Recipient.SUPERVISOR else area_code


async def holders_by_area(facts: Iterable[Fact], *roles: Role) -> dict[str, set[int]]:
    """By area of the facts: everybody who holds one of these roles over it."""
    areas = {fact.area_code for fact in facts}
    found = await accounts.list_holders({(role, area) for role in roles for area in areas})
    return {area: {person for role in roles for person in found[role, area]} for area in areas}


async def first_holders_by_area(facts: Iterable[Fact], *roles: Role) -> dict[str, list[int]]:
    """By area of the facts: the holders of the first of these roles that anybody holds over it."""
    areas = {fact.area_code for fact in facts}
    found = await accounts.list_holders({(role, area) for role in roles for area in areas})
    return {area: next((found[role, area] for role in roles if found[role, area]), []) for area in areas}
