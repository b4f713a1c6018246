"""The tiles of Web Mercator, as XYZ addresses name them: level, column from the west, row from the north. Pure."""

import re
from math import atan, degrees, pi, sinh
from typing import NamedTuple

LEVEL_MOST = 20
EXTENT = 4096
"""Steps across a tile: at level 16 a step is 15 cm, so pages ask for none finer and stretch those of level 16."""
_LEVEL = re.compile(r"[0-9]{1,2}")
_NUMBER = re.compile(r"[0-9]{1,7}")


class Bounds(NamedTuple):
    """WGS-84 degrees."""

    west: float
    south: float
    east: float
    north: float

    def widened(self, share: float) -> "Bounds":
        """With so much of its width and height more on each side, and never off the globe."""
        wide, high = (self.east - self.west) * share, (self.north - self.south) * share
        return Bounds(
            max(self.west - wide, -180.0),
            max(self.south - high, -90.0),
            min(self.east + wide, 180.0),
            min(self.north + high, 90.0),
        )

    def meets(self, other: "Bounds") -> bool:
        return (
            self.west < other.east and other.west < self.east and self.south < other.north and other.south < self.north
        )


class MapTile(NamedTuple):
    level: int
    column: int
    row: int

    @property
    def bounds(self) -> Bounds:
        across = 2**self.level
        west, east = (column / across * 360 - 180 for column in (self.column, self.column + 1))
        north, south = (_latitude(row / across) for row in (self.row, self.row + 1))
        return Bounds(west, south, east, north)


def read_tile(level: str, column: str, row: str, level_most: int = LEVEL_MOST) -> MapTile | None:
    """The tile that an address names; None where there is none such."""
    if not (_LEVEL.fullmatch(level) and _NUMBER.fullmatch(column) and _NUMBER.fullmatch(row)):
        return None
    tile = MapTile(int(level), int(column), int(row))
    is_there = tile.level <= level_most and max(tile.column, tile.row) < 2**tile.level
    return tile if is_there else None


def _latitude(down: float) -> float:
    """Of a line so far (0 to 1) from the northern edge of the map, which is at 85.05 degrees."""
    return degrees(atan(sinh(pi * (1 - 2 * down))))
