"""A map that can be moved, as a page asks for it: where to look, what to draw, and its script's words. Pure.

The template is `partials/live_map.html`; docs/maps.md says what each field does.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from backend.geo.lonlat import LonLat
from backend.maps.ground import Ground
from backend.orders.model.states import OPEN
from backend.web.views.page import PageContext

GROUND = ("areas", "cells", "roads", "places")
_DECIMALS = 6
_WORDS = (
    *("zoom_in", "zoom_out", "close", "late", "left", "over", "no_clock", "open_order", "orders_here", "more"),
    *("pin", "pin_middle", "too_many", "place"),
)


@dataclass(frozen=True, slots=True)
class MapMark:
    """A thing of the page: WGS-84; `text` stands in its sign, `tone` is the sign's shape and colour."""

    lng: float
    lat: float
    text: str
    tone: str
    label: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class PictureService:
    """Another service's pictures beneath: addresses of ours that fetch them, and what it wants said."""

    addresses: Sequence[str]
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveMap:
    label: str
    base: str
    """Address of the ground's tiles; without a version the script asks for it when the map begins."""
    bounds: str
    """west,south,east,north; empty where nothing says where to look."""
    words: str
    orders: str = ""
    """Address of the tiles of open orders; empty without."""
    opens: bool = False
    """Whether a press on an order shows it and leads to its page."""
    pin: str = ""
    """lng,lat of a pin that can be moved."""
    picks: bool = False
    """Whether a position may be picked."""
    marks: str = ""
    is_way: bool = False
    """Whether the marks are stops of one way."""
    layers: str = " ".join(GROUND)
    scale: float = 1.0
    refresh_s: int = 0
    is_still: bool = False
    """Cannot be moved: for a wall that nobody touches."""
    service: str = ""
    credit: str = ""
    high: str = ""
    """A CSS length; empty: as high as the drawing in its place."""
    drawing: str = ""
    """Address of a picture that stands where no map can be shown, and is fetched only there; empty: the drawing is in
    the page."""
    is_brief: bool = False
    """Without the sentences about discs and keys, on pages that are about something else."""
    places: str = ""
    """What addresses of places' pages begin with, to which a press on one leads; empty without."""
    waits: bool = False
    """Whether it begins only when it comes in sight."""


def map_of(
    page: PageContext,
    ground: Ground,
    label: str,
    *,
    service: PictureService | None = None,
    marks: Sequence[MapMark] = (),
    pin: LonLat | None = None,
    scale: float | None = None,
    **options: Any,
) -> LiveMap:
    """A map of this ground. `options`: the other fields of LiveMap. Letters are larger for who reads large type."""
    return LiveMap(
        label=label,
        base="/tiles/base/{z}/{x}/{y}.mvt" + (f"?v={ground.version}" if ground.version else ""),
        bounds=",".join(f"{side:.{_DECIMALS}f}" for side in ground.bounds or ()),
        words=json.dumps(_words(page), ensure_ascii=False),
        pin=f"{pin.lng:.{_DECIMALS}f},{pin.lat:.{_DECIMALS}f}" if pin else "",
        marks=json.dumps([_mark(each) for each in marks], ensure_ascii=False) if marks else "",
        scale=scale or (1.35 if page.big else 1.0),
        service=" ".join(service.addresses) if service else "",
        credit=service.credit if service else "",
        **options,
    )


def _words(page: PageContext) -> dict[str, str]:
    states = {f"state_{state}": page.t(f"state.{state}") for state in OPEN}
    return {name: page.t(f"map.{name}") for name in _WORDS} | states


def _mark(mark: MapMark) -> dict[str, object]:
    return {
        **{"lng": round(mark.lng, _DECIMALS), "lat": round(mark.lat, _DECIMALS), "text": mark.text},
        **{"tone": mark.tone, "label": mark.label, "href": mark.href},
    }
