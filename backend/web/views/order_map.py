"""Where an order is, for its page: a small drawing of what lies around, and the same in words. Pure.

Where the reader is told the position only roughly, the drawing has a circle in the place of a pin.
"""

from dataclasses import dataclass, replace
from itertools import accumulate
from math import atan2, degrees
from typing import TypeVar

from backend.geo.coarse import coarse
from backend.geo.lonlat import LonLat
from backend.orders.reads.views import OrderView
from backend.places.vicinity import NearbyBorder, NearbyPlace, NearbyRoad, Vicinity
from backend.web.views.page import PageContext

LineT = TypeVar("LineT", NearbyRoad, NearbyBorder)
HALF_M, HALF_HIGH_M = 170.0, 106.0
"""Half of the drawing's width and height. A metre is a pixel of a phone, so that letters are as large as they say."""
PLACES_MOST, ROADS_MOST = 48, 20
_NUMBERS_MOST = 14
_NAMED_MOST = 3
_ROAD_CHARS_MOST, _BORDER_CHARS_MOST = 2000, 500
"""Of all paths together: a phone in the street waits for each of them."""
_NUMBER_WIDE_M, _NUMBER_HIGH_M, _PIN_M = 34.0, 16.0, -24.0
_SAME_M = 3.0
"""What lies nearer is the order's own place."""
_WINDS = ("n", "ne", "e", "se", "s", "sw", "w", "nw")
_STEP_M = 5


@dataclass(frozen=True, slots=True)
class OrderMap:
    drawn: Vicinity
    numbers: list[NearbyPlace]
    """Those of the places whose house number is written beside their dot."""
    is_exact: bool
    roads: list[str]
    doors: list[str]
    """The nearest other places, each with how far and which way it is: the text that stands for the drawing."""


def map_of(drawn: Vicinity, order: OrderView, page: PageContext) -> OrderMap:
    inside = replace(
        drawn,
        roads=_as_far_as(drawn.roads, _ROAD_CHARS_MOST),
        borders=_as_far_as(drawn.borders, _BORDER_CHARS_MOST),
        places=[place for place in drawn.places if abs(place.y) <= HALF_HIGH_M],
    )
    others = [place for place in drawn.places if place.distance_m > _SAME_M and place.label]
    return OrderMap(
        drawn=inside,
        numbers=_apart([place for place in inside.places if place.number])[:_NUMBERS_MOST],
        is_exact=not is_rough(order),
        roads=[*drawn.road_names.values()][:_NAMED_MOST],
        doors=[_words(place, page) for place in others[:_NAMED_MOST]],
    )


def _apart(places: list[NearbyPlace]) -> list[NearbyPlace]:
    """Those whose numbers lie upon no nearer one's, nor upon the pin, which stands on the middle."""
    shown: list[NearbyPlace] = []
    for place in places:
        others = [(0.0, _PIN_M / 2), *((other.x, other.y) for other in shown)]
        if all(abs(place.x - x) >= _NUMBER_WIDE_M or abs(place.y - y) >= _NUMBER_HIGH_M for x, y in others):
            shown.append(place)
    return shown


def is_rough(order: OrderView) -> bool:
    """Whether the reader is told the position to some hundred metres only."""
    point = LonLat(order.point.lng, order.point.lat)
    return coarse(point) == point


def wind_of(east_m: float, south_m: float) -> str:
    """The one of eight winds towards which somebody goes from the middle: `n`, `ne` and so on."""
    clockwise = degrees(atan2(east_m, -south_m)) % 360
    return _WINDS[round(clockwise / 45) % len(_WINDS)]


def _as_far_as(lines: list[LineT], chars_most: int) -> list[LineT]:
    """The first of them, as long as all their paths have no more characters than this."""
    lengths = accumulate(len(line.path) for line in lines)
    return [line for line, length in zip(lines, lengths, strict=True) if length <= chars_most]


def _words(place: NearbyPlace, page: PageContext) -> str:
    metres = max(round(place.distance_m / _STEP_M) * _STEP_M, _STEP_M)
    return page.t("where.door", label=place.label, wind=page.t(f"js.way.{wind_of(place.x, place.y)}"), m=metres)
