"""From the places that agree with an address to the one that it means, to a point near it, or to nobody's. Pure."""

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from backend.geo.distance import metres_between
from backend.geo.lonlat import LonLat
from backend.intake.locating.addresses import Address
from backend.intake.locating.matching import AddressMatch, Agreement, along, numbers_of, of_one_door
from backend.intake.locating.structs import Certainty, ClueProblem
from backend.places.structs import PlaceRead

SAME_DOOR_M = 150.0
LANE_M = 600.0
"""So far apart the doors of one lane may lie."""
BETWEEN_M = 300.0
"""So far apart two neighbours of a missing door may lie."""
_MOST_BETWEEN, _MOST_BESIDE = 30, 6
"""House numbers."""
_NOT_AT_IT = ("对面", "斜对面", "对过", "旁边", "隔壁", "附近")
_MOST_COMPARED = 40


class AddressFinding(NamedTuple):
    """What an address means: a place, or only a point near it; or why neither."""

    place: PlaceRead | None = None
    point: LonLat | None = None
    certainty: Certainty = Certainty.NEAR
    problem: ClueProblem | None = None


_UNKNOWN = AddressFinding(problem=ClueProblem.ADDRESS_UNKNOWN)
_SEVERAL = AddressFinding(problem=ClueProblem.SEVERAL_PLACES)


def decide(said: Address, matches: Sequence[AddressMatch]) -> AddressFinding:
    """What an address with numbers means, among the places on its road."""
    sure = [each for each in matches if each.is_whole and each.is_allowed]
    if not sure:
        return _UNKNOWN
    longest = max(len(each.road) for each in sure)
    sure = [each for each in sure if len(each.road) == longest]
    best = max(each.agreement for each in sure)
    top = [each for each in sure if each.agreement is best]
    if best >= Agreement.WITHIN:
        return _at_door(said, top, best)
    if said.lane and best is Agreement.LANE:
        return _in_lane(said, top)
    return _between(said, sure)


def _at_door(said: Address, top: Sequence[AddressMatch], best: Agreement) -> AddressFinding:
    if not _lie_within(SAME_DOOR_M, top):
        return _SEVERAL
    one = of_one_door(top) if best is not Agreement.WITHIN else None
    is_beside = said.tail.startswith(_NOT_AT_IT)
    if one is None or is_beside:
        return AddressFinding(point=top[0].place.loc)
    return AddressFinding(place=one.place, certainty=Certainty.EXACT)


def _in_lane(said: Address, top: Sequence[AddressMatch]) -> AddressFinding:
    """The lane's own place, else its door whose number is nearest; two lanes of one name are nobody's."""
    if not _lie_within(LANE_M, top):
        return _SEVERAL
    own = [each for each in top if not each.known.door and not each.known.branch]
    if own and (one := of_one_door(own)) is not None:
        return AddressFinding(place=one.place)
    number = numbers_of(said).first or 0
    nearest = min(top, key=lambda each: (abs((numbers_of(each.known).first or 0) - number), each.place.id))
    return AddressFinding(point=nearest.place.loc)


def _between(said: Address, sure: Sequence[AddressMatch]) -> AddressFinding:
    """Between the neighbours on the same side of the road, where both are near; else beside one that is very near."""
    here = along(said)
    if here is None:
        return _UNKNOWN
    number, side = here
    known = sorted((at[0], each.place.id, each) for each in sure if (at := along(each.known)) and at[1] == side)
    below = next((each for each in reversed(known) if each[0] <= number), None)
    above = next((each for each in known if each[0] >= number), None)
    if below and above and above[0] - below[0] <= _MOST_BETWEEN:
        one, other = below[2].place.loc, above[2].place.loc
        if metres_between(one, other) <= BETWEEN_M:
            share = (number - below[0]) / max(1, above[0] - below[0])
            return AddressFinding(point=LonLat(_part(one.lng, other.lng, share), _part(one.lat, other.lat, share)))
        return _UNKNOWN
    beside = [each for each in (below, above) if each and abs(each[0] - number) <= _MOST_BESIDE]
    return AddressFinding(point=beside[0][2].place.loc) if len(beside) == 1 and not (below and above) else _UNKNOWN


def likeliest(said: Address, matches: Sequence[AddressMatch], most: int) -> list[PlaceRead]:
    """The places that a person is shown, one for each address, those first that agree most."""
    number = (along(said) or (0, 0))[0]
    ranked = sorted(
        matches,
        key=lambda each: (
            *(not each.is_allowed, not each.is_whole, -each.agreement),
            *(abs((along(each.known) or (10_000, 0))[0] - number), each.place.id),
        ),
    )
    found: dict[tuple[str, str], PlaceRead] = {}
    for each in ranked:
        found.setdefault((each.place.label, each.place.area_code), each.place)
    return list(found.values())[:most]


def _lie_within(metres: float, matches: Sequence[AddressMatch]) -> bool:
    points = [each.place.loc for each in matches[:_MOST_COMPARED]]
    return all(metres_between(one, other) <= metres for one, other in combinations(points, 2))


def _part(one: float, other: float, share: float) -> float:
    return one + (other - one) * share
