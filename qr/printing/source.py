"""Which codes to print, in the order in which somebody walks the street with the plates: by place, then code."""

from collections.abc import AsyncIterator

from backend import db
from backend.geo.area_sql import within
from backend.sql import sql
from qr.payload import Payload
from qr.printing.job import Selection
from qr.printing.layout import Label
from qr.printing.wording import one_line

# Without a batch or an area prefix (null): of all.
_SELECTION = f"""
      FROM qr_code c LEFT JOIN place p ON p.id = c.place_id
     WHERE c.status IN ('unbound', 'active', 'damaged')
       AND (:batch_id::bigint IS NULL OR c.batch_id = :batch_id)
       AND (:area::text IS NULL OR {within("p.area_id", ":area")})
"""
_NEXT = f"""
    SELECT c.code, coalesce(c.place_id, 0) AS place_id,
           coalesce(nullif(p.name, ''), nullif(p.address, ''), p.road_name || p.house_number, '') AS name
    {_SELECTION} AND (coalesce(c.place_id, 0), c.code) > (:after_place, :after_code)
    ORDER BY coalesce(c.place_id, 0), c.code LIMIT :most
"""
_COUNT = f"SELECT count(*) {_SELECTION}"


async def count(selection: Selection) -> int:
    found = await db.fetchval(sql(_COUNT, batch_id=selection.batch_id, area=selection.area))
    return min(found, selection.limit) if selection.limit else found


async def volumes(selection: Selection, payload: Payload, hotline: str, size: int) -> AsyncIterator[list[Label]]:
    """The labels, so many at a time, so that a hundred thousand never stand in memory together."""
    left = await count(selection)
    after_place, after_code = -1, ""
    while left > 0:
        rows = await db.fetch(
            sql(
                _NEXT,
                batch_id=selection.batch_id,
                area=selection.area,
                after_place=after_place,
                after_code=after_code,
                most=min(size, left),
            )
        )
        if not rows:
            return
        yield [Label(row["code"], payload.url(row["code"]), one_line(row["name"]), hotline) for row in rows]
        after_place, after_code = rows[-1]["place_id"], rows[-1]["code"]
        left -= len(rows)
