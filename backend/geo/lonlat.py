"""A point on the ground: WGS-84 degrees, longitude first. The only kind of point below routes and commands."""

from math import isfinite
from typing import Annotated

import msgspec

Longitude = Annotated[float, msgspec.Meta(ge=-180, le=180, description="WGS-84 degrees east")]
Latitude = Annotated[float, msgspec.Meta(ge=-90, le=90, description="WGS-84 degrees north")]


class LonLat(msgspec.Struct, frozen=True):
    """A position. Raises ValueError when a number is not finite or is off the globe."""

    lng: Longitude
    lat: Latitude

    def __post_init__(self) -> None:
        if not is_on_globe(self.lng, self.lat):
            raise ValueError(f"not a position in degrees, longitude first: {self.lng}, {self.lat}")


def is_on_globe(lng: float, lat: float) -> bool:
    return isfinite(lng) and isfinite(lat) and abs(lng) <= 180 and abs(lat) <= 90
