"""What a phone says about where it is: a position in some datum with an accuracy, and its WGS-84 reading."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from backend.geo.datum import Datum, to_wgs84
from backend.geo.lonlat import LonLat, is_on_globe
from backend.structs import Write

__all__ = ["Datum", "Fix", "FixSource", "LonLat"]


class FixSource(StrEnum):
    """What measured a fix. A browser does not tell; then nothing is said."""

    GPS = "gps"
    NETWORK = "network"
    FUSED = "fused"
    WECHAT = "wechat"
    MANUAL = "manual"
    """A pin that somebody put on a map."""
    UNKNOWN = "unknown"


class Fix(Write, frozen=True):
    """A position fix as the API takes it. The datum is the phone's; only `wgs84()` goes further down."""

    lng: Annotated[float, Meta(ge=-180, le=180, description="Degrees east in `datum` / 经度")]
    lat: Annotated[float, Meta(ge=-90, le=90, description="Degrees north in `datum` / 纬度")]
    accuracy_m: Annotated[float, Meta(ge=0, le=1_000_000, description="Radius in metres / 精度(米)")] | None = None
    datum: Datum = Datum.WGS84
    source: FixSource | None = None
    age_s: (
        Annotated[float, Meta(ge=0, le=86_400, description="Seconds from the fix to its use / 定位时长(秒)")] | None
    ) = None
    is_mock: bool | None = None
    """Whether the phone itself says that an app made this position up."""

    def __post_init__(self) -> None:
        if not is_on_globe(self.lng, self.lat):
            raise ValueError("a position needs finite degrees on the globe, longitude first")

    def wgs84(self) -> LonLat:
        """The same position in WGS-84."""
        return to_wgs84(self.lng, self.lat, self.datum)
