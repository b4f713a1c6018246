"""Rows of a whole town, made by a program that vouches for them: codes and outlines already fit together.

Files from outside go through `importing`, which trusts nothing.
"""

import msgspec
import shapely

from backend import db
from backend.geo.columns import encode
from backend.geo.lonlat import LonLat
from backend.places import sql
from backend.places.kinds import LEVEL_BY_LENGTH, PlaceKind

_PLACE_COLUMNS = (
    *("kind", "name", "address", "road_name", "house_number", "road_id", "area_id", "grid_cell_id"),
    *("loc", "raw_lng", "raw_lat", "dataset", "source_key", "is_demo"),
)


class NewArea(msgspec.Struct, frozen=True):
    code: str
    name: str
    outline: shapely.MultiPolygon | None = None


class NewCell(msgspec.Struct, frozen=True):
    code: str
    outline: shapely.MultiPolygon


class NewRoad(msgspec.Struct, frozen=True):
    name: str
    area_code: str
    line: shapely.MultiLineString


class NewPlace(msgspec.Struct, frozen=True, kw_only=True):
    kind: PlaceKind
    name: str
    address: str
    road_name: str
    house_number: str
    grid_code: str
    loc: LonLat
    source_key: str


class Town(msgspec.Struct, frozen=True, kw_only=True):
    """Everything of one town under one dataset name. Roads come before the places that name them."""

    dataset: str
    is_demo: bool
    areas: list[NewArea]
    cells: list[NewCell]
    roads: list[NewRoad]
    places: list[NewPlace]


async def copy_town(town: Town) -> None:
    """Copy a town that is not there yet; the caller holds the transaction."""
    async with db.connection() as connection:
        await connection.copy_records_to_table(
            "area",
            columns=("code", "level", "name", "polygon", "is_demo"),
            records=[
                (area.code, LEVEL_BY_LENGTH[len(area.code)], area.name, area.outline, town.is_demo)
                for area in town.areas
            ],
        )
        await connection.copy_records_to_table(
            "grid_cell",
            columns=("code", "area_id", "polygon", "is_demo"),
            records=[(cell.code, cell.code[:12], cell.outline, town.is_demo) for cell in town.cells],
        )
        await connection.copy_records_to_table(
            "road",
            columns=("name", "area_id", "line", "is_demo"),
            records=[(road.name, road.area_code, road.line, town.is_demo) for road in town.roads],
        )
        road_ids = {
            row["name"]: row["id"]
            for row in await connection.fetch(
                "SELECT id, name FROM road WHERE area_id = ANY($1)", [road.area_code for road in town.roads]
            )
        }
        await connection.copy_records_to_table(
            "place",
            columns=_PLACE_COLUMNS,
            records=[_place(place, town, road_ids) for place in town.places],
        )
        await connection.execute(sql.REFRESH_STATISTICS)


def _place(place: NewPlace, town: Town, road_ids: dict[str, int]) -> tuple[object, ...]:
    return (
        *(place.kind, place.name, place.address, place.road_name, place.house_number),
        *(road_ids.get(place.road_name), place.grid_code[:12], place.grid_code),
        *(encode(shapely.Point(place.loc.lng, place.loc.lat)), place.loc.lng, place.loc.lat),
        *(town.dataset, place.source_key, town.is_demo),
    )
