"""Mapbox vector tiles, read by a few lines after the specification 2.1, and where in the world things lie."""

from collections.abc import Iterator
from math import atan, cos, degrees, log, pi, radians, sinh, tan
from struct import unpack
from typing import Any, NamedTuple

from backend.geo.lonlat import LonLat
from backend.maps.tile_matrix import EXTENT, MapTile


class Feature(NamedTuple):
    id: int | None
    kind: int
    """1 points, 2 lines, 3 polygons."""
    properties: dict[str, Any]
    vertices: list[tuple[int, int]]
    """All of them in one row, in steps of the tile."""


def layers_of(content: bytes) -> dict[str, list[Feature]]:
    return dict(_layer(value) for number, value in _fields(content) if number == 3)


def tile_at(point: LonLat, level: int) -> MapTile:
    """The tile in which a point lies."""
    across = 2**level
    down = (1 - log(tan(radians(point.lat)) + 1 / cos(radians(point.lat))) / pi) / 2
    return MapTile(level, int((point.lng + 180) / 360 * across), int(down * across))


def lonlat_of(tile: MapTile, vertex: tuple[int, int]) -> LonLat:
    """Where a step of a tile lies."""
    across = 2**tile.level * EXTENT
    east, south = tile.column * EXTENT + vertex[0], tile.row * EXTENT + vertex[1]
    return LonLat(east / across * 360 - 180, degrees(atan(sinh(pi * (1 - 2 * south / across)))))


def _layer(content: bytes) -> tuple[str, list[Feature]]:
    fields = list(_fields(content))
    keys = [value.decode() for number, value in fields if number == 3]
    values = [_value(value) for number, value in fields if number == 4]
    name = next(value.decode() for number, value in fields if number == 1)
    return name, [_feature(value, keys, values) for number, value in fields if number == 2]


def _feature(content: bytes, keys: list[str], values: list[Any]) -> Feature:
    fields = dict(_fields(content))
    tags = list(_varints(fields.get(2, b"")))
    properties = {keys[key]: values[value] for key, value in zip(tags[::2], tags[1::2], strict=True)}
    return Feature(fields.get(1), fields.get(3, 0), properties, list(_vertices(list(_varints(fields[4])))))


def _vertices(commands: list[int]) -> Iterator[tuple[int, int]]:
    x = y = at = 0
    while at < len(commands):
        command, times = commands[at] & 7, commands[at] >> 3
        at += 1
        for _ in range(times if command != 7 else 0):
            x, y = x + _signed(commands[at]), y + _signed(commands[at + 1])
            at += 2
            yield x, y


def _value(content: bytes) -> Any:
    number, value = next(_fields(content))
    if number == 1:
        return value.decode()
    if number == 3:
        return unpack("<d", value)[0]
    if number == 7:
        return bool(value)
    return _signed(value) if number == 6 else value


def _fields(content: bytes) -> Iterator[tuple[int, Any]]:
    at = 0
    while at < len(content):
        tag, at = _varint(content, at)
        if tag & 7 == 0:
            value, at = _varint(content, at)
        elif tag & 7 == 2:
            long, at = _varint(content, at)
            value, at = content[at : at + long], at + long
        else:
            long = 8 if tag & 7 == 1 else 4
            value, at = content[at : at + long], at + long
        yield tag >> 3, value


def _varints(content: bytes) -> Iterator[int]:
    at = 0
    while at < len(content):
        value, at = _varint(content, at)
        yield value


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = content[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at


def _signed(number: int) -> int:
    return (number >> 1) ^ -(number & 1)
