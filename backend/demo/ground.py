"""The demo town's ground: a square of 50 x 50 grid cells, shared out among 45 residents' committees.

Positions are whole units of 1e-7 degree (about a centimetre), so that neighbours share their corners bit for bit and
the outlines tile exactly. A cell is 0.00105 x 0.0009 degrees: 100.1 m x 99.8 m, the 10,000 square metres of a
万米单元网格. 2,500 of them are 24.97 square kilometres, the size of the town in the articles.
"""

from functools import cache
from typing import NamedTuple

import shapely

from backend.geo.lonlat import LonLat

UNITS = 10_000_000
CELLS_ACROSS = 50
COMMITTEES = 45
TOWN_CODE = "310115105"
WEST, SOUTH = 1_215_270_000, 311_560_000
CELL_EAST, CELL_NORTH = 10_500, 9_000
EAST, NORTH = WEST + CELLS_ACROSS * CELL_EAST, SOUTH + CELLS_ACROSS * CELL_NORTH
METRE_EAST, METRE_NORTH = 104.9, 90.2
_SETTLING_ROUNDS = 12


class DemoSite(NamedTuple):
    """A position in units of 1e-7 degree, longitude first."""

    east: int
    north: int

    def lonlat(self) -> LonLat:
        return LonLat(self.east / UNITS, self.north / UNITS)


class Square(NamedTuple):
    """A grid cell by column from the west and row from the north, the order in which cells are numbered."""

    column: int
    row: int


def squares() -> list[Square]:
    return [Square(column, row) for row in range(CELLS_ACROSS) for column in range(CELLS_ACROSS)]


def square_at(spot: DemoSite) -> Square:
    return Square((spot.east - WEST) // CELL_EAST, CELLS_ACROSS - 1 - (spot.north - SOUTH) // CELL_NORTH)


def off_the_lines(spot: DemoSite) -> DemoSite:
    """Nudge a spot by a centimetre when it lies exactly between two cells."""
    on_column = (spot.east - WEST) % CELL_EAST == 0
    on_row = (spot.north - SOUTH) % CELL_NORTH == 0
    return DemoSite(spot.east + on_column, spot.north + on_row)


def outline(square: Square) -> shapely.Polygon:
    west = WEST + square.column * CELL_EAST
    south = SOUTH + (CELLS_ACROSS - 1 - square.row) * CELL_NORTH
    east, north = west + CELL_EAST, south + CELL_NORTH
    return shapely.box(west / UNITS, south / UNITS, east / UNITS, north / UNITS)


@cache
def cell_codes() -> dict[Square, str]:
    """15-digit codes: town, committee (001-045 from the north-west), and the cell's number within its committee."""
    serials = [0] * (COMMITTEES + 1)
    codes: dict[Square, str] = {}
    for square, committee in _shared_out().items():
        serials[committee] += 1
        codes[square] = f"{TOWN_CODE}{committee:03d}{serials[committee]:03d}"
    return codes


def _shared_out() -> dict[Square, int]:
    """Each cell goes to the nearest of 45 centres, which settle in the middle of what they got."""
    centres = [(4.5 + 5.1 * (nr % 9), 4.9 + 10.0 * (nr // 9) + 2.0 * (nr % 2)) for nr in range(COMMITTEES)]
    for _ in range(_SETTLING_ROUNDS):
        shares: list[list[Square]] = [[] for _ in centres]
        for square in squares():
            shares[_nearest(centres, square)].append(square)
        centres = [_middle(share) for share in shares]
    return {square: _nearest(centres, square) + 1 for square in squares()}


def _nearest(centres: list[tuple[float, float]], square: Square) -> int:
    def apart(nr: int) -> float:
        column, row = centres[nr]
        return (column - square.column) ** 2 + (row - square.row) ** 2

    return min(range(len(centres)), key=apart)


def _middle(share: list[Square]) -> tuple[float, float]:
    return sum(s.column for s in share) / len(share), sum(s.row for s in share) / len(share)
