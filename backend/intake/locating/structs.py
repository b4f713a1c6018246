"""What locating takes and gives. Positions are WGS-84, longitude first; distances in metres."""

from enum import StrEnum

from backend.geo.lonlat import LonLat
from backend.structs import Read


class How(StrEnum):
    """By which clue a place was found."""

    CODE = "code"
    PLACE = "place"
    POINT = "point"
    ADDRESS = "address"


class Certainty(StrEnum):
    """`near`: the right lane, or between the neighbours on the same side of the road; never another street."""

    EXACT = "exact"
    NEAR = "near"


class ClueProblem(StrEnum):
    """Why a clue leads to no place."""

    CODE_UNKNOWN = "code-unknown"
    """No code of ours, none that hangs anywhere, or one that is revoked."""
    PLACE_UNKNOWN = "place-unknown"
    NOT_A_POSITION = "not-a-position"
    SWAPPED = "swapped"
    """Latitude first: refused, not moved, since nobody knows what else the sender mixes up."""
    OUTSIDE = "outside"
    """Outside the area of the source."""
    TOO_VAGUE = "too-vague"
    """A position whose radius is larger than a street."""
    ADDRESS_UNKNOWN = "address-unknown"
    SEVERAL_PLACES = "several-places"
    CLUES_DISAGREE = "clues-disagree"
    """The position lies far from the door that the address names."""


class RejectedClue(Read, frozen=True, kw_only=True):
    how: How
    problem: ClueProblem


class PlaceHit(Read, frozen=True, kw_only=True):
    """One of the places that it may be. `distance_m`: from the position that was given, where there was one."""

    place_id: int
    label: str
    address: str
    area_code: str
    area_name: str
    point: LonLat
    distance_m: float | None = None


class LocatedPlace(Read, frozen=True, kw_only=True):
    """Where it is. `rejected`: clues that were given, too, and led nowhere."""

    place_id: int | None
    point: LonLat
    area_code: str
    grid_code: str | None
    label: str
    how: How
    certainty: Certainty
    rejected: tuple[RejectedClue, ...] = ()


class NotLocated(Exception):
    """No clue leads to one place: a person decides, with up to five places that are nearest or likeliest."""

    def __init__(self, nearest: tuple[PlaceHit, ...], rejected: tuple[RejectedClue, ...]) -> None:
        super().__init__(", ".join(each.problem for each in rejected) or "no clue")
        self.nearest, self.rejected = nearest, rejected
