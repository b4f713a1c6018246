"""Whoever acts for a shop earns nothing there as a volunteer: the register of shops tells the ledgers whose is what."""

from collections.abc import Sequence

import msgspec

from backend import clock
from backend.events.facts import Recorded
from grab_orders.people import own_places
from shops.register import queries as register


class _Concerned(msgspec.Struct, frozen=True):
    """Whom a fact about a shop's people may name."""

    claimant_id: int | None = None
    owner_id: int | None = None
    former_owner_id: int | None = None
    person_id: int | None = None
    person_ids: tuple[int, ...] = ()


async def keep_own_places(recorded: Sequence[Recorded]) -> None:
    """Somebody came to act for a shop, or does so no more: their own places are those of their shops now."""
    people = {person for each in recorded for person in _people(each)}
    for account_id in sorted(people):
        places = {shop.place_id for shop in await register.shops_of(account_id)}
        await own_places.set_registered(account_id, places, clock.now())


def _people(recorded: Recorded) -> list[int]:
    named = msgspec.json.decode(recorded.body, type=_Concerned)
    single = (named.claimant_id, named.owner_id, named.former_owner_id, named.person_id)
    return [*(person for person in single if person is not None), *named.person_ids]
