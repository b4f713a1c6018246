"""What places gives to other packages and to routes."""

from backend.geo.lonlat import LonLat
from backend.places.kinds import AreaLevel, PlaceKind
from backend.structs import Read


class AreaRead(Read, frozen=True):
    code: str
    level: AreaLevel
    name: str
    has_outline: bool
    is_demo: bool


class AreaName(Read, frozen=True):
    code: str
    name: str


class PlaceRead(Read, frozen=True):
    """A place with its WGS-84 position. `area_name` is that of the smallest known area around it."""

    id: int
    kind: PlaceKind
    name: str
    address: str
    road_name: str
    house_number: str
    area_code: str
    area_name: str
    grid_code: str | None
    loc: LonLat
    is_demo: bool

    @property
    def label(self) -> str:
        """What to call it on a page: the shop's name, else the address, else road and number."""
        return self.name or self.address or self.road_name + self.house_number


class PlaceNear(PlaceRead, frozen=True):
    distance_m: float


class Located(Read, frozen=True):
    """The grid cell and the smallest area around a point; each is None where nothing covers it."""

    grid_code: str | None
    area_code: str | None


class Surroundings(Located, frozen=True):
    """All that a report needs to know of a point: where it lies and which place is nearest, if one is near enough."""

    nearest: PlaceNear | None
