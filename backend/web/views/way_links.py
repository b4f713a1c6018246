"""Addresses that open a map app with an order's place on it. Each wants longitude and latitude in its own order.

All of them are told WGS-84 and shift the position themselves (GCJ-02, BD-09). Pure.
"""

from dataclasses import dataclass
from urllib.parse import quote

from backend.orders.model.names import Point


@dataclass(frozen=True, slots=True)
class WayLink:
    """`app`: a word of the catalogue's `way.app`."""

    app: str
    url: str


def links_of(point: Point, name: str) -> list[WayLink]:
    """The usual app first; the last one leaves it to the phone which map it opens."""
    lng, lat, named = point.lng, point.lat, quote(name, safe="")
    return [
        WayLink(
            "amap",
            f"https://uri.amap.com/marker?position={lng},{lat}&name={named}&coordinate=wgs84&callnative=1",
        ),
        WayLink(
            "tencent",
            f"https://apis.map.qq.com/uri/v1/marker?marker=coord:{lat},{lng};title:{named};addr:{named}"
            "&coord_type=1&referer=yima",
        ),
        WayLink(
            "baidu",
            f"https://api.map.baidu.com/marker?location={lat},{lng}&title={named}&content={named}"
            "&output=html&coord_type=wgs84&src=yima",
        ),
        WayLink("phone", f"geo:{lat},{lng}?q={lat},{lng}({named})"),
    ]
