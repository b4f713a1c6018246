"""One batch of places into the database: COPY beside, locate all at once, add what is new and change what differs."""

from collections.abc import Sequence

import msgspec

from backend import db
from backend.geo import area_sql
from backend.places import sql
from backend.places.importing.place_rows import PlaceRow
from backend.places.importing.reasons import RowReason

BATCH = 10_000
_TIMEOUT_S = 300
_INCOMING = (
    *("line", "source_key", "kind", "name", "address", "road_name", "house_number", "said_area"),
    *("lng", "lat", "raw_lng", "raw_lat", "raw_datum", "outline"),
)

_CREATE_STAGING = """
CREATE TEMP TABLE incoming (
    line bigint, source_key text, kind text, name text, address text, road_name text, house_number text,
    said_area text, lng float8, lat float8, raw_lng float8, raw_lat float8, raw_datum text,
    outline geometry
) ON COMMIT DROP"""

_LOCATE = f"""
CREATE TEMP TABLE located ON COMMIT DROP AS
SELECT incoming.*, here.geom, cell.code AS grid_code, COALESCE({sql.AREA_AROUND}, said.code) AS area_code
FROM incoming
CROSS JOIN LATERAL (SELECT {sql.point("incoming.lng", "incoming.lat")} AS geom) here
{sql.around("here.geom")}
LEFT JOIN area said ON said.code = incoming.said_area"""

_OUTSIDE = f"""
SELECT line, area_code FROM located
WHERE area_code IS NULL OR NOT {area_sql.within("area_code", "$1::text")}"""

# A road belongs to the street or town; a place that lies in none of them keeps the road's name only.
_ADD_ROADS = f"""
INSERT INTO road (name, area_id)
SELECT DISTINCT road_name, left(area_code, 9) FROM located JOIN area ON area.code = left(located.area_code, 9)
WHERE road_name <> '' AND length(area_code) >= 9 AND {area_sql.within("area_code", "$1::text")}
ON CONFLICT ON CONSTRAINT road_area_name_unique DO NOTHING"""

_KEYS = f"""
SELECT {sql.key_by_words("kind", "name", "address")} AS key
FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY called(kind, name, address, nr) ORDER BY nr"""
_UNCHANGED = (
    *("kind", "name", "address", "road_name", "house_number", "road_id", "area_id", "grid_cell_id"),
    *("loc", "raw_lng", "raw_lat", "raw_datum", "outline"),
)
_UPSERT = f"""
INSERT INTO place ({", ".join(_UNCHANGED)}, dataset, source_key)
SELECT kind, located.name, address, road_name, house_number, road.id, located.area_code, grid_code,
    geom::geography, raw_lng, raw_lat, raw_datum, outline, $2, source_key
FROM located LEFT JOIN road ON road.area_id = left(located.area_code, 9) AND road.name = located.road_name
WHERE {area_sql.within("located.area_code", "$1::text")}
ORDER BY source_key
ON CONFLICT ON CONSTRAINT place_dataset_key_unique DO UPDATE
SET {", ".join(f"{column} = EXCLUDED.{column}" for column in _UNCHANGED)}, updated_at = now()
WHERE ({", ".join(f"place.{column}" for column in _UNCHANGED if column != "loc")})
    IS DISTINCT FROM ({", ".join(f"EXCLUDED.{column}" for column in _UNCHANGED if column != "loc")})
RETURNING xmax = 0 AS is_new"""


class Overlap(msgspec.Struct, frozen=True):
    """Two areas of one level, or two grid cells, on common ground. A cell is called by its code."""

    code: str
    name: str
    other_code: str
    other_name: str
    square_m: float


class BatchResult(msgspec.Struct, frozen=True):
    new: int
    changed: int
    unchanged: int
    refused: list[tuple[int, RowReason, str]]
    overlaps: list[Overlap] = []


async def identify(rows: Sequence[PlaceRow]) -> list[PlaceRow]:
    """The rows with their keys; those without one of their source are known by their words."""
    unknown = [row for row in rows if not row.key]
    columns = [[str(getattr(row, name)) for row in unknown] for name in ("kind", "name", "address")]
    found = iter(await db.fetch(_KEYS, *columns) if unknown else ())
    return [row if row.key else msgspec.structs.replace(row, key=next(found)["key"]) for row in rows]


async def load(batch: Sequence[tuple[int, PlaceRow]], dataset: str, within: str) -> BatchResult:
    """Store one batch in one transaction that may be repeated."""
    async with db.transaction(), db.connection() as connection:
        await connection.execute(_CREATE_STAGING)
        await connection.copy_records_to_table("incoming", columns=_INCOMING, records=map(_record, batch))
        await connection.execute(_LOCATE, timeout=_TIMEOUT_S)
        outside = await connection.fetch(_OUTSIDE, within)
        await connection.execute(_ADD_ROADS, within)
        stored = await connection.fetch(_UPSERT, within, dataset, timeout=_TIMEOUT_S)
    new = sum(row["is_new"] for row in stored)
    return BatchResult(
        new=new,
        changed=len(stored) - new,
        unchanged=len(batch) - len(stored) - len(outside),
        refused=[_refused(row["line"], row["area_code"]) for row in outside],
    )


async def holds_demo_data(dataset: str) -> bool:
    return await db.fetchval("SELECT EXISTS (SELECT 1 FROM place WHERE dataset = $1 AND is_demo)", dataset)


def _record(numbered: tuple[int, PlaceRow]) -> tuple[object, ...]:
    line, row = numbered
    position = row.position
    return (
        *(line, row.key, row.kind, row.name, row.address, row.road_name, row.house_number, row.area_code),
        *(position.loc.lng, position.loc.lat, *position.raw, position.datum, position.outline),
    )


def _refused(line: int, area_code: str | None) -> tuple[int, RowReason, str]:
    if area_code is None:
        return line, RowReason.OUTSIDE_AREAS, ""
    return line, RowReason.OUTSIDE_WITHIN, area_code
