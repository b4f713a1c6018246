"""Thirty straight roads, fifteen each way, and the doorplates along them.

Odd numbers stand on the north or west side, even ones opposite. Doorplates keep clear of the crossings; the two roads
of the story, which cross in the middle, have the most.
"""

import random
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import shapely

from backend.demo import names
from backend.demo.ground import EAST, METRE_EAST, METRE_NORTH, NORTH, SOUTH, UNITS, WEST, DemoSite, off_the_lines

SEED = 20210718
DOORPLATES = 5_000
STORY_ROADS = ("莲安东路", "莲溪路")
_STORY_WEIGHT = 3.0
_FROM_AXIS_M = 14
_CLEAR_OF_CROSSING_M = 22


class DemoRoad(NamedTuple):
    """A line in units of 1e-7 degree: `axis` is the coordinate that stays, `start` to `end` the one that runs."""

    name: str
    runs_east: bool
    axis: int
    start: int
    end: int

    def spot(self, along: int, aside_m: float) -> DemoSite:
        """The spot at `along`, so many metres to the north or west of the axis."""
        if self.runs_east:
            return DemoSite(along, self.axis + round(aside_m * METRE_NORTH))
        return DemoSite(self.axis - round(aside_m * METRE_EAST), along)

    def line(self) -> shapely.MultiLineString:
        ends = [self.spot(self.start, 0), self.spot(self.end, 0)]
        return shapely.MultiLineString([[(spot.east / UNITS, spot.north / UNITS) for spot in ends]])


class Doorplate(NamedTuple):
    road: DemoRoad
    number: int
    spot: DemoSite

    @property
    def address(self) -> str:
        return f"{self.road.name}{self.number}号"


@cache
def roads() -> tuple[DemoRoad, ...]:
    chance = random.Random(SEED)  # noqa: S311
    east_west = [
        _road(name, True, nr, (SOUTH, NORTH), (WEST, EAST), chance) for nr, name in enumerate(names.EAST_WEST_ROADS)
    ]
    north_south = [
        _road(name, False, nr, (WEST, EAST), (SOUTH, NORTH), chance) for nr, name in enumerate(names.NORTH_SOUTH_ROADS)
    ]
    return (*east_west, *north_south)


def _road(
    name: str,
    runs_east: bool,
    nr: int,
    across: tuple[int, int],
    lengthwise: tuple[int, int],
    chance: random.Random,
) -> DemoRoad:
    gap = (across[1] - across[0]) / 15
    axis = across[0] + round((nr + 0.5 + chance.uniform(-0.18, 0.18)) * gap)
    length = lengthwise[1] - lengthwise[0]
    start, end = chance.choice((0.02, 0.12, 0.22)), chance.choice((0.78, 0.88, 0.98))
    return DemoRoad(name, runs_east, axis, lengthwise[0] + round(start * length), lengthwise[0] + round(end * length))


@cache
def doorplates() -> tuple[Doorplate, ...]:
    chance = random.Random(SEED + 1)  # noqa: S311
    weights = [_STORY_WEIGHT if road.name in STORY_ROADS else chance.uniform(0.7, 1.3) for road in roads()]
    counts = share_out(DOORPLATES, weights)
    return tuple(
        plate for road, count in zip(roads(), counts, strict=True) for plate in _plates_along(road, count, chance)
    )


def _plates_along(road: DemoRoad, count: int, chance: random.Random) -> list[Doorplate]:
    pairs = (count + 1) // 2
    stretches = _stretches(road)
    plates = []
    for number in range(1, count + 1):
        place_in_row = ((number - 1) // 2 + 0.5 + chance.uniform(-0.2, 0.2)) / pairs
        aside_m = _FROM_AXIS_M if number % 2 else -_FROM_AXIS_M
        plates.append(Doorplate(road, number, off_the_lines(road.spot(_along(stretches, place_in_row), aside_m))))
    return plates


def _stretches(road: DemoRoad) -> list[tuple[int, int]]:
    """The free stretches of a road between its crossings."""
    clear = round(_CLEAR_OF_CROSSING_M * (METRE_EAST if road.runs_east else METRE_NORTH))
    crossings = sorted(
        other.axis
        for other in roads()
        if other.runs_east != road.runs_east
        and other.start <= road.axis <= other.end
        and road.start + clear < other.axis < road.end - clear
    )
    starts = [road.start, *(axis + clear for axis in crossings)]
    ends = [*(axis - clear for axis in crossings), road.end]
    return list(zip(starts, ends, strict=True))


def _along(stretches: Sequence[tuple[int, int]], share: float) -> int:
    """The position that lies so far (0 to 1) along the stretches laid end to end."""
    rest = round(share * sum(end - start for start, end in stretches))
    for start, end in stretches:
        if rest <= end - start:
            return start + rest
        rest -= end - start
    return stretches[-1][1]


def share_out(total: int, weights: Sequence[float]) -> list[int]:
    """Whole shares in proportion to the weights that sum up to the total: the largest remainders round up."""
    exact = [total * weight / sum(weights) for weight in weights]
    shares = [int(share) for share in exact]
    by_remainder = sorted(range(len(weights)), key=lambda nr: shares[nr] - exact[nr])
    for nr in by_remainder[: total - sum(shares)]:
        shares[nr] += 1
    return shares


def crossing() -> DemoSite:
    """Where the two roads of the story meet."""
    along, across = (next(road for road in roads() if road.name == name) for name in STORY_ROADS)
    return DemoSite(across.axis, along.axis)
