"""Places that are called the same within one town: often one door that came twice, by two files or two ways of writing.

They are told, never merged unasked: a code may hang at either, and two shops of one name may be two shops.
"""

from backend import db
from backend.geo import area_sql
from backend.geo.lonlat import LonLat
from backend.places.kinds import PlaceKind
from backend.structs import Read

_SELECT = f"""
SELECT place.id, place.kind, place.name, place.address, place.dataset, place.source_key, place.area_id AS area_code,
    ST_X(place.loc::geometry) AS lng, ST_Y(place.loc::geometry) AS lat,
    dense_rank() OVER (ORDER BY left(place.area_id, 9), place.kind, place.words) AS nr
FROM place JOIN (
    SELECT kind, words, left(area_id, 9) AS town FROM place
    WHERE {area_sql.within("area_id", "$1::text")} AND NOT is_demo
    GROUP BY kind, words, left(area_id, 9) HAVING count(*) > 1
) twice ON twice.kind = place.kind AND twice.words = place.words AND twice.town = left(place.area_id, 9)
WHERE {area_sql.within("place.area_id", "$1::text")} ORDER BY nr, place.id LIMIT $2"""


class Double(Read, frozen=True, kw_only=True):
    """One of several places that are called the same; `nr` is common to them."""

    nr: int
    id: int
    kind: PlaceKind
    label: str
    dataset: str
    source_key: str
    area_code: str
    loc: LonLat


async def list_doubles(within: str = "", limit: int = 1_000) -> list[Double]:
    """The places of an area that share kind, town and words with another, those that belong together side by side."""
    return [
        Double(
            nr=row["nr"],
            id=row["id"],
            kind=PlaceKind(row["kind"]),
            label=" ".join(part for part in (row["name"], row["address"]) if part),
            dataset=row["dataset"],
            source_key=row["source_key"],
            area_code=row["area_code"],
            loc=LonLat(row["lng"], row["lat"]),
        )
        for row in await db.fetch(_SELECT, within, limit)
    ]
