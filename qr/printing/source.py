"""Which codes to print, in the order in which somebody walks the street with the plates: by place, then code."""

from collections.abc import AsyncIterator

from backend import db
from qr.payload import Payload
from qr.printing.job import Selection
from qr.printing.layout import Label
from qr.printing.wording import one_line

# $1 batch or null, $2 area prefix or null, $3 and $4 the last place and code of the volume before, $5 most rows.
_WANTED = """
      FROM qr_code c LEFT JOIN place p ON p.id = c.place_id
     WHERE c.status IN ('unbound', 'active', 'damaged')
       AND ($1::bigint IS NULL OR c.batch_id = $1)
       AND ($2::text IS NULL OR p.area_code LIKE $2 || '%')
"""
_NEXT = f"""
    SELECT c.code, coalesce(c.place_id, 0) AS place_id,
           coalesce(nullif(p.name, ''), nullif(p.address, ''), p.road_name || p.house_number, '') AS name
    {_WANTED} AND (coalesce(c.place_id, 0), c.code) > ($3, $4)
    ORDER BY coalesce(c.place_id, 0), c.code LIMIT $5
"""
_COUNT = f"SELECT count(*) {_WANTED}"


async def count(selection: Selection) -> int:
    found = await db.fetchval(_COUNT, selection.batch_id, selection.area)
    return min(found, selection.limit) if selection.limit else found


async def volumes(selection: Selection, payload: Payload, hotline: str, size: int) -> AsyncIterator[list[Label]]:
    """The labels, so many at a time, so that a hundred thousand never stand in memory together."""
    left = await count(selection)
    after = (-1, "")
    while left > 0:
        rows = await db.fetch(_NEXT, selection.batch_id, selection.area, *after, min(size, left))
        if not rows:
            return
        yield [Label(row["code"], payload.url(row["code"]), one_line(row["name"]), hotline) for row in rows]
        after = rows[-1]["place_id"], rows[-1]["code"]
        left -= len(rows)
