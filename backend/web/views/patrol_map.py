"""A walk, or a committee's places, as a drawing: roads, numbered dots, and the way from one to the next. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from backend.calendars.rules import shanghai_date
from backend.committees.patrols.coverage import PlaceCoverage
from backend.committees.patrols.structs import StopView
from backend.geo.lonlat import LonLat
from backend.maps.tile_matrix import Bounds
from backend.places.vicinity import NearbyRoad, moved, offset_m
from backend.web.views.live_map import MapMark

_AIR_M, _WIDENED, _LEAST_M = 40.0, 1.1, 90.0
WIDE = 340.0
"""Of the drawing, in CSS pixels on a phone: letters and dots are measured in these."""
_FLATTEST = 0.6
"""So much of its width the drawing is high at least."""
FRESH, STALE = timedelta(days=7), timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Frame:
    """In what all lies: its middle, and half its width and height in metres."""

    middle: LonLat
    half_m: float
    half_high_m: float


@dataclass(frozen=True, slots=True)
class MapDot:
    x: float
    y: float
    text: str
    tone: str
    label: str


@dataclass(frozen=True, slots=True)
class PatrolMap:
    frame: Frame
    roads: list[NearbyRoad]
    dots: list[MapDot]
    way: str
    """The dots in order, as points of an SVG polyline; empty where there is no order."""

    @property
    def high(self) -> float:
        return 2 * self.frame.half_high_m * self.scale

    @property
    def scale(self) -> float:
        """Pixels of a metre; roads are drawn in metres."""
        return _scale(self.frame)


def frame_of(points: Sequence[LonLat]) -> Frame | None:
    """Around all of these; None around nothing."""
    if not points:
        return None
    lngs, lats = [point.lng for point in points], [point.lat for point in points]
    middle = LonLat((min(lngs) + max(lngs)) / 2, (min(lats) + max(lats)) / 2)
    offsets = [offset_m(middle, point) for point in points]
    wide = max(_LEAST_M, *(abs(east) * _WIDENED + _AIR_M for east, _ in offsets))
    high = max(wide * _FLATTEST, *(abs(south) * _WIDENED + _AIR_M for _, south in offsets))
    return Frame(middle, max(wide, high * _FLATTEST), high)


def walk_of(frame: Frame, roads: list[NearbyRoad], stops: Sequence[StopView], next_seq: int | None) -> PatrolMap:
    """The stops of a walk with their numbers, and the way that leads through them."""
    dots = [_dot(frame, stop.point, f"{stop.seq}", _tone(stop, next_seq), stop.label) for stop in stops]
    return PatrolMap(frame, roads, dots, " ".join(f"{dot.x:.1f},{dot.y:.1f}" for dot in dots))


def bounds_of(frame: Frame) -> Bounds:
    """The same frame in degrees, for a map that can be moved."""
    west_north = moved(frame.middle, -frame.half_m, -frame.half_high_m)
    east_south = moved(frame.middle, frame.half_m, frame.half_high_m)
    return Bounds(west_north.lng, east_south.lat, east_south.lng, west_north.lat)


def marks_of(stops: Sequence[StopView], next_seq: int | None) -> list[MapMark]:
    """The stops of a walk, each leading to its forms."""
    return [
        MapMark(stop.point.lng, stop.point.lat, f"{stop.seq}", _tone(stop, next_seq), stop.label, f"#stop-{stop.seq}")
        for stop in stops
    ]


def coverage_of(frame: Frame, roads: list[NearbyRoad], places: Sequence[PlaceCoverage], now: datetime) -> PatrolMap:
    """The places of a committee by when they were visited last."""
    today = shanghai_date(now)
    dots = [
        _dot(frame, place.point, f"{number}", age_of(place.proved_at, today), place.label)
        for number, place in enumerate(places, start=1)
    ]
    return PatrolMap(frame, roads, dots, "")


def coverage_marks(places: Sequence[PlaceCoverage], now: datetime) -> list[MapMark]:
    """The same places for a map that can be moved, each leading to its row; the longest unvisited lie above."""
    today = shanghai_date(now)
    marks = [
        MapMark(
            place.point.lng,
            place.point.lat,
            f"{number}",
            age_of(place.proved_at, today),
            place.label,
            f"#place-{number}",
        )
        for number, place in enumerate(places, start=1)
    ]
    return marks[::-1]


def age_of(proved_at: datetime | None, today: date) -> str:
    """How long ago in a word: fresh within a week, stale within a month, old beyond it, never."""
    if proved_at is None:
        return "never"
    age = today - shanghai_date(proved_at)
    return "fresh" if age <= FRESH else "stale" if age <= STALE else "old"


def _tone(stop: StopView, next_seq: int | None) -> str:
    if stop.proved_at is not None:
        return "proved"
    return "missed" if stop.is_missed else "next" if stop.seq == next_seq else "ahead"


def _dot(frame: Frame, point: LonLat, text: str, tone: str, label: str) -> MapDot:
    east_m, south_m = offset_m(frame.middle, point)
    return MapDot(round(east_m * _scale(frame), 1), round(south_m * _scale(frame), 1), text, tone, label)


def _scale(frame: Frame) -> float:
    return WIDE / 2 / frame.half_m
