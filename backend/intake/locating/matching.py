"""Which of some places an address means: road, lane, branch lane, door, and what stands before. Pure.

Only a place whose road is the whole of what was said, but for names of areas and words that say nothing, and whose
numbers are the same, is the one. Everything else is at most near, or for a person.
"""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple

from backend.intake.locating import divisions, numerals
from backend.intake.locating.addresses import Address, Numbers, read, read_numbers
from backend.intake.locating.folding import fold
from backend.places.structs import PlaceRead

_SHORTEST_ROAD = 2
_ROAD_WORDS = "路街"
Names = Mapping[str, frozenset[str]]


class Agreement(IntEnum):
    """How far the numbers of an address and of a place are the same."""

    ROAD = 1
    LANE = 2
    WITHIN = 3
    """A room or building of the door that is meant."""
    RANGE = 4
    """The door is one of several such as 10-12 or 37号、39号."""
    DOOR = 5


class AddressMatch(NamedTuple):
    """A place and how it agrees. `is_whole`: nothing of what was said before the numbers is left unexplained."""

    place: PlaceRead
    known: Address
    agreement: Agreement
    road: str
    is_whole: bool
    is_allowed: bool
    """It lies in the areas that the address names."""


def match(said: Address, place: PlaceRead, names: Names) -> AddressMatch | None:
    """How a place agrees with an address; None where it is on another road."""
    known = of_place(place)
    found = _road(said, place, known)
    if found is None:
        return None
    road, before, is_short = found
    taken = divisions.take_apart(before, names)
    return AddressMatch(
        place=place,
        known=known,
        agreement=agreement(said, known),
        road=road,
        is_whole=taken.is_explained and (not is_short or bool(said.lane)),
        is_allowed=taken.allows(place.area_code),
    )


def of_place(place: PlaceRead) -> Address:
    """The parts of a place's own address, with its house number where the address has none."""
    known = read(place.address)
    if known.has_numbers or not place.house_number:
        return known
    return known._replace(door=read_numbers(place.house_number))


def agreement(said: Address, known: Address) -> Agreement:
    """How far the numbers are the same, from the lane inwards."""
    if bool(said.lane) != bool(known.lane) or (said.lane and not said.lane.is_same(known.lane)):
        return Agreement.ROAD
    below = Agreement.LANE if said.lane else Agreement.ROAD
    if bool(said.branch) != bool(known.branch) or (said.branch and not said.branch.is_same(known.branch)):
        return below
    if not said.door and not known.door:
        return Agreement.DOOR if said.lane else Agreement.ROAD
    return max(below, _of_doors(said, known))


def _of_doors(said: Address, known: Address) -> Agreement:
    if not (said.door.is_same(known.door) or known.door.covers(said.door) or said.door.covers(known.door)):
        return Agreement.ROAD
    if (known.building and known.building != said.building) or (known.flat and known.flat != said.flat):
        return Agreement.WITHIN
    return Agreement.DOOR if said.door.all == known.door.all else Agreement.RANGE


def along(known: Address) -> tuple[int, int] | None:
    """Where along its road a lane or door is, and on which side: its number, and whether that is odd."""
    first = (known.lane or known.door).first
    return None if first is None else (first, first % 2)


def _road(said: Address, place: PlaceRead, known: Address) -> tuple[str, str, bool] | None:
    """The road of a place at the end of what was said, what stands before, and whether 路 was left out."""
    head = numerals.as_named(said.head)
    roads = {fold(place.road_name), known.head, divisions.without(known.head)}
    for road in sorted({numerals.as_named(each) for each in roads if len(each) >= _SHORTEST_ROAD}, key=len)[::-1]:
        if head.endswith(road):
            return road, head.removesuffix(road), False
        short = road[:-1]
        if road[-1] in _ROAD_WORDS and len(short) >= _SHORTEST_ROAD and head.endswith(short):
            return road, head.removesuffix(short), True
    return None


def of_one_door(matches: Sequence[AddressMatch]) -> AddressMatch | None:
    """The place that stands for a door where several lie: the doorplate itself, else the only one; else None."""
    plates = [each for each in matches if each.place.kind == "doorplate"] or list(matches)
    nameless = [each for each in plates if not each.place.name] or plates
    addresses = {(each.place.name, each.known) for each in nameless}
    return min(nameless, key=lambda each: each.place.id) if len(addresses) == 1 else None


def numbers_of(address: Address) -> Numbers:
    """Of the innermost part that has any."""
    return address.door or address.branch or address.lane
