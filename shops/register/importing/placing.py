"""Where a row's shop stands: by the code on its front, by the key of its place, else by its address and name."""

from collections.abc import Sequence

import msgspec

from backend import db
from backend.geo import area_sql
from backend.places.importing.reasons import RowReason
from backend.sql import sql
from qr import queries as qr
from shops.register.importing.reasons import ShopRowReason
from shops.register.importing.rows import ShopRow

_MOST = 3
"""So many are named where several are called so."""
_BY_KEY = f"""
SELECT place.source_key AS said, place.id, place.area_id AS area_code FROM place
WHERE place.dataset = :dataset AND place.source_key = ANY(:keys::text[])
    AND {area_sql.within("place.area_id", ":within::text")}"""
# Names are asked only where one address has several storefronts. Width, case and blanks do not matter.
_BY_ADDRESS = f"""
SELECT said.nr, place.id, place.area_id AS area_code, place_fold(place.name) = place_fold(said.name) AS is_named
FROM unnest(:numbers::int[], :addresses::text[], :names::text[]) said (nr, address, name)
JOIN place ON place.kind = 'storefront' AND place_fold(place.address) = place_fold(said.address)
WHERE {area_sql.within("place.area_id", ":within::text")} ORDER BY said.nr, place.id"""


class Placed(msgspec.Struct, frozen=True):
    """The place of a row, or why it has none."""

    place_id: int = 0
    area_code: str = ""
    refused: RowReason | ShopRowReason | None = None
    detail: str = ""


async def place_rows(rows: Sequence[ShopRow], places: str, within: str) -> list[Placed]:
    """A place for each row, in their order. `places`: the dataset whose keys the file uses, if any."""
    found: dict[int, Placed] = {}
    await _by_code(rows, within, found)
    if places:
        await _by_key(rows, places, within, found)
    await _by_address(rows, within, found)
    nowhere = Placed(refused=ShopRowReason.NO_PLACE)
    return [found.get(number, nowhere) for number in range(len(rows))]


async def _by_code(rows: Sequence[ShopRow], within: str, found: dict[int, Placed]) -> None:
    coded = {number: row.code for number, row in enumerate(rows) if row.code}
    leads = await qr.find_many(list(coded.values())) if coded else {}
    for number, code in coded.items():
        place = leads[code].place if code in leads else None
        if place is None:
            found[number] = Placed(refused=ShopRowReason.NO_PLACE, detail=code)
        elif not place.area_code.startswith(within):
            found[number] = Placed(refused=RowReason.OUTSIDE_WITHIN, detail=place.area_code)
        else:
            found[number] = Placed(place.id, place.area_code)


async def _by_key(rows: Sequence[ShopRow], places: str, within: str, found: dict[int, Placed]) -> None:
    keyed = {row.key for number, row in enumerate(rows) if row.key and number not in found}
    there = {
        row["said"]: Placed(row["id"], row["area_code"])
        for row in await db.fetch(sql(_BY_KEY, dataset=places, keys=list(keyed), within=within))
    }
    found |= {number: there[row.key] for number, row in enumerate(rows) if number not in found and row.key in there}


async def _by_address(rows: Sequence[ShopRow], within: str, found: dict[int, Placed]) -> None:
    said = [(number, row) for number, row in enumerate(rows) if number not in found and row.address]
    numbers, addresses, names = [n for n, _ in said], [row.address for _, row in said], [row.name for _, row in said]
    there: dict[int, list[tuple[Placed, bool]]] = {}
    search = sql(_BY_ADDRESS, numbers=numbers, addresses=addresses, names=names, within=within)
    for row in await db.fetch(search) if said else []:
        there.setdefault(row["nr"], []).append((Placed(row["id"], row["area_code"]), row["is_named"]))
    for number, candidates in there.items():
        named = [placed for placed, is_named in candidates if is_named]
        left = named if len(candidates) > 1 else [placed for placed, _ in candidates]
        if len(left) == 1:
            found[number] = left[0]
        else:
            detail = ", ".join(f"#{placed.place_id}" for placed, _ in candidates[:_MOST])
            found[number] = Placed(refused=ShopRowReason.AMBIGUOUS_PLACE, detail=detail)
