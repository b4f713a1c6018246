"""A map of single devices: one dot each, in metres around their middle, north up. Pure.

Nothing is drawn beneath: the same devices stand below in words, each with its place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

from backend.maps.tile_matrix import Bounds
from backend.web.views.live_map import MapMark

_M_PER_DEGREE = 111_320.0
_LEAST_M = 60.0
_MARGIN = 0.06
_DOT = 0.012
"""Of the longer side."""


@dataclass(frozen=True, slots=True)
class DotPoint:
    """WGS-84. `tone`: good, warn, bad or plain, as tags have it."""

    id: int
    label: str
    lng: float
    lat: float
    tone: str


@dataclass(frozen=True, slots=True)
class DeviceDot:
    id: int
    label: str
    tone: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class DotMap:
    view_box: str
    radius: float
    dots: list[DeviceDot]
    wide_m: int
    """From the left edge to the right one."""


def marks_of(points: Sequence[DotPoint], anchor: str) -> list[MapMark]:
    """The same for a map that can be moved; each leads to its row."""
    ordered = sorted(points, key=lambda point: point.tone in ("warn", "bad"))
    return [MapMark(each.lng, each.lat, "", each.tone, each.label, f"#{anchor}-{each.id}") for each in ordered]


def bounds_of(points: Sequence[DotPoint]) -> Bounds | None:
    """Around all of these."""
    if not points:
        return None
    lngs, lats = [each.lng for each in points], [each.lat for each in points]
    return Bounds(min(lngs), min(lats), max(lngs), max(lats))


def map_of(points: Sequence[DotPoint]) -> DotMap | None:
    """None without a point. Those that need a look are drawn last, above the others."""
    if not points:
        return None
    middle_lng = (min(each.lng for each in points) + max(each.lng for each in points)) / 2
    middle_lat = (min(each.lat for each in points) + max(each.lat for each in points)) / 2
    east = _M_PER_DEGREE * cos(radians(middle_lat))
    dots = [
        DeviceDot(
            each.id, each.label, each.tone, round((each.lng - middle_lng) * east, 1),
            round((middle_lat - each.lat) * _M_PER_DEGREE, 1),
        )
        for each in sorted(points, key=lambda point: point.tone in ("warn", "bad"))
    ]  # fmt: skip
    half_wide = max(_LEAST_M, *(abs(dot.x) for dot in dots)) * (1 + _MARGIN)
    half_high = max(_LEAST_M, *(abs(dot.y) for dot in dots)) * (1 + _MARGIN)
    box = f"{-half_wide:.1f} {-half_high:.1f} {2 * half_wide:.1f} {2 * half_high:.1f}"
    return DotMap(box, round(max(half_wide, half_high) * 2 * _DOT, 1), dots, round(2 * half_wide))
