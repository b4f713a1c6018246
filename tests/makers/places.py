"""Areas, cells and places in a corner of Pudong, and files of rows as strangers write them."""

import csv
import json
from pathlib import Path
from typing import Any

import shapely

from backend import db
from backend.geo.lonlat import LonLat
from backend.places.importing.options import ImportOptions
from backend.places.kinds import LEVEL_BY_LENGTH, PlaceKind

TOWN = "310115105"
COMMITTEE = "310115105001"
HOME = LonLat(121.5537, 31.1786)
SQUARE = 0.001
"""Side of a made cell in degrees: about 95 m x 111 m."""


def square(column: int = 0, row: int = 0, size: float = SQUARE) -> shapely.MultiPolygon:
    """A square whose south-west corner lies so many squares east and north of just beside HOME."""
    west, south = HOME.lng - SQUARE / 2 + column * SQUARE, HOME.lat - SQUARE / 2 + row * SQUARE
    return shapely.MultiPolygon([shapely.box(west, south, west + size, south + size)])


def inside(column: int = 0, row: int = 0) -> LonLat:
    """The middle of a square."""
    return LonLat(HOME.lng + column * SQUARE, HOME.lat + row * SQUARE)


async def make_area(
    code: str = TOWN, outline: shapely.MultiPolygon | None = None, *, name: str = "北蔡镇", is_demo: bool = False
) -> str:
    await db.execute(
        "INSERT INTO area (code, level, name, polygon, is_demo) VALUES ($1, $2, $3, $4, $5)",
        *(code, LEVEL_BY_LENGTH[len(code)], name, outline, is_demo),
    )
    return code


async def make_cell(code: str, outline: shapely.MultiPolygon) -> str:
    await db.execute("INSERT INTO grid_cell (code, area_id, polygon) VALUES ($1, $2, $3)", code, code[:12], outline)
    return code


async def make_ground() -> None:
    """A town of 10 x 10 squares with one committee over its lower half and two cells in the south-west."""
    await make_area(TOWN, square(0, 0, 10 * SQUARE))
    half = shapely.MultiPolygon([shapely.clip_by_rect(square(0, 0, 10 * SQUARE), 0, 0, 180, HOME.lat + 4.5 * SQUARE)])
    await make_area(COMMITTEE, half, name="莲溪第一居委会")
    await make_cell(f"{COMMITTEE}001", square(0, 0))
    await make_cell(f"{COMMITTEE}002", square(1, 0))


async def make_place(
    loc: LonLat = HOME,
    *,
    kind: PlaceKind = PlaceKind.DOORPLATE,
    address: str = "莲安东路128号",
    area_code: str = TOWN,
    key: str = "1",
) -> int:
    return await db.fetchval(
        "INSERT INTO place (kind, address, area_id, loc, raw_lng, raw_lat, dataset, source_key)"
        " VALUES ($1, $2, $3, ST_MakePoint($4, $5)::geography, $4, $5, 'made', $6) RETURNING id",
        *(kind, address, area_code, loc.lng, loc.lat, key),
    )


def options_for(path: Path, **told: Any) -> ImportOptions:
    return ImportOptions(path=path, **{"dataset": "test", "errors_path": path.with_name("errors.csv"), **told})


def write_csv(path: Path, *rows: tuple[object, ...], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def feature(geometry: dict[str, Any] | None, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def point(at: LonLat) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [at.lng, at.lat]}


def write_geojson(path: Path, *features: object, **members: Any) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", **members, "features": features}, ensure_ascii=False))
    return path


def read_errors(path: Path) -> list[dict[str, str]]:
    """The errors file beside an imported file."""
    with path.with_name("errors.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
