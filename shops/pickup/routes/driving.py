"""In which order the stops of a slot are driven to. Pure.

Slots come one after the other; within a slot those first in line come first, then the others by the way: from where
the vehicle is always on to the nearest, and crossings taken out. Within a street the air line is near enough.
"""

from collections.abc import Hashable, Sequence
from itertools import pairwise
from typing import Protocol, TypeVar

from backend.geo.distance import metres_between
from backend.geo.lonlat import LonLat

_ROUNDS = 4
"""Of taking out crossings; two do for sixty stops."""


class DrivenTo(Protocol):
    @property
    def point(self) -> LonLat: ...
    @property
    def is_first(self) -> bool: ...
    @property
    def slot_key(self) -> Hashable: ...


S = TypeVar("S", bound=DrivenTo)


def in_driving_order(stops: Sequence[S], start: LonLat | None = None) -> list[S]:
    """The stops as they are driven to; those of a slot stand together in what is given. The same for the same stops."""
    ordered: list[S] = []
    here = start
    for group in _groups(stops):
        driven = _untangled(_nearest_first(group, here), here)
        ordered += driven
        here = driven[-1].point
    return ordered


def length_m(stops: Sequence[DrivenTo], start: LonLat | None = None) -> float:
    """How long the way is, by air."""
    points = [start] if start else []
    points += [stop.point for stop in stops]
    return sum(metres_between(one, other) for one, other in pairwise(points))


def _groups(stops: Sequence[S]) -> list[list[S]]:
    groups: dict[tuple[Hashable, bool], list[S]] = {}
    for slot in dict.fromkeys(stop.slot_key for stop in stops):
        for is_first in (True, False):
            found = [stop for stop in stops if stop.slot_key == slot and stop.is_first is is_first]
            if found:
                groups[slot, is_first] = found
    return list(groups.values())


def _nearest_first(stops: Sequence[S], here: LonLat | None) -> list[S]:
    left, ordered = list(stops), []
    while left:
        nearest = left[0] if here is None else _nearest(left, here)
        left.remove(nearest)
        ordered.append(nearest)
        here = nearest.point
    return ordered


def _nearest(stops: Sequence[S], here: LonLat) -> S:
    return min(stops, key=lambda stop: metres_between(here, stop.point))


def _untangled(stops: list[S], here: LonLat | None) -> list[S]:
    """2-opt: turn a stretch round wherever that makes the way shorter."""
    for _ in range(_ROUNDS):
        is_shorter = False
        for first in range(len(stops) - 1):
            for last in range(first + 1, len(stops)):
                if _gain_m(stops, first, last, here) > 1e-6:
                    stops[first : last + 1] = reversed(stops[first : last + 1])
                    is_shorter = True
        if not is_shorter:
            return stops
    return stops


def _gain_m(stops: list[S], first: int, last: int, here: LonLat | None) -> float:
    """How much shorter the way gets when the stretch from first to last is driven the other way round."""
    before = stops[first - 1].point if first else here
    after = stops[last + 1].point if last + 1 < len(stops) else None
    start, end = stops[first].point, stops[last].point
    now_m = (metres_between(before, start) if before else 0.0) + (metres_between(end, after) if after else 0.0)
    then_m = (metres_between(before, end) if before else 0.0) + (metres_between(start, after) if after else 0.0)
    return now_m - then_m
