"""Who and what takes part in the made-up past: places, units with their people, items with their limits, reporters."""

from collections.abc import Awaitable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from backend.accounts import queries as accounts
from backend.accounts import service as people
from backend.accounts.structs import Role
from backend.demo import street
from backend.demo.ground import TOWN_CODE
from backend.demo.people import PATROL, UNIT_NAMES, handler_names, handler_of
from backend.demo.roads import doorplates
from backend.demo.shops import storefronts
from backend.items import queries as items
from backend.items.structs import ItemView
from backend.orders.deadlines import terms
from backend.orders.deadlines.plan import Terms
from backend.places import queries as places
from backend.places.kinds import PlaceKind
from backend.places.structs import PlaceRead

REPORTERS = 320
_EVERY = 9
"""Of the street's doors one in so many is where something is reported."""


class KnownItem(NamedTuple):
    """An item, and what an order about it is held to in the demo town."""

    item: ItemView
    terms: Terms


class Cast(NamedTuple):
    scenes: Sequence[PlaceRead]
    items: Mapping[str, KnownItem]
    units: Mapping[str, int]
    """By their type."""
    handlers: Mapping[int, Sequence[int]]
    """By unit."""
    reporters: Sequence[int]
    staff: Mapping[str, int]
    """By user name."""
    hotline_id: int


async def gather(codes: Sequence[str], hotline_id: int, since: datetime) -> Cast:
    """Read all of it, and add reporters: phones without an account."""
    units = {kind: await _require(accounts.find_unit_id(f"demo-{kind}")) for kind in UNIT_NAMES}
    reporters = [await people.add_pseudonym(since) for _ in range(REPORTERS)]
    return Cast(
        scenes=await _scenes(),
        items={each.code: await _known(each, since) for each in await items.list_items() if each.code in codes},
        units=units,
        handlers={units[kind]: await _handlers(kind) for kind in UNIT_NAMES},
        reporters=reporters,
        staff={role.value: await _require(accounts.find_account_id(role.value)) for role in Role if _acts(role)},
        hotline_id=hotline_id,
    )


def _acts(role: Role) -> bool:
    return role in (Role.INSPECTOR, Role.VERIFIER, Role.DISPATCHER, Role.COMMITTEE, Role.STREET_ADMIN, Role.VOLUNTEER)


async def _scenes() -> list[PlaceRead]:
    """Some doors and shops of the whole town, and all doors around the crossing of the story."""
    plates = [*doorplates()[::_EVERY], *storefronts()[::_EVERY]]
    keys = [street.key_of(each) for each in plates]
    keys += street.featured_keys(PlaceKind.DOORPLATE, 12)
    found: list[PlaceRead] = []
    for first in range(0, len(keys), 500):
        found += (await places.list_by_source_keys(street.DATASET, keys[first : first + 500])).items
    return sorted({each.id: each for each in found}.values(), key=lambda each: each.id)


async def _known(item: ItemView, since: datetime) -> KnownItem:
    return KnownItem(item, await terms.get_terms(item.code, TOWN_CODE, since))


async def _handlers(kind: str) -> list[int]:
    names = handler_names() if kind == PATROL else [handler_of(kind)]
    return [await _require(accounts.find_account_id(name)) for name in names]


async def _require(found: Awaitable[int | None]) -> int:
    """What the demonstration is known to have."""
    number = await found
    assert number is not None
    return number
