"""Filings that wait for somebody's word: of those whom a property company or a committee answers for."""

from backend import db
from backend.accounts.structs import Actor, Role
from backend.geo.area_sql import within_any
from backend.places import sql as places_sql
from backend.sql import sql
from backend.structs import Read
from shops.pickup.renovation import filings
from shops.pickup.renovation.filing import parties_of
from shops.pickup.renovation.structs import FilingParty, FilingView

_WAITING = f"""
    SELECT f.id, f.property_unit_id, f.property_at IS NOT NULL AS property, f.committee_at IS NOT NULL AS committee,
           shop.name AS shop, place.address, place.area_id AS area_code
    {places_sql.FROM_PLACE} JOIN shop ON shop.place_id = place.id JOIN renovation_filing f ON f.shop_id = shop.id
    WHERE f.state = 'filed' AND (f.property_at IS NULL AND f.property_unit_id = :unit_id::bigint
        OR f.committee_at IS NULL AND {{within}})
    ORDER BY f.signed_at LIMIT 100
"""


class WaitingFiling(Read, frozen=True, kw_only=True):
    """`parties`: for whom the reader may speak and has not."""

    filing: FilingView
    shop: str
    address: str
    parties: list[FilingParty]


async def list_waiting(actor: Actor) -> list[WaitingFiling]:
    """Those that wait for the reader, the longest waiting first."""
    within = within_any("place.area_id", actor.areas_of(Role.COMMITTEE), "area")
    rows = await db.fetch(sql(_WAITING, unit_id=actor.unit_id, within=within))
    views = await filings.get_many([row["id"] for row in rows])
    found = []
    for row in rows:
        parties = parties_of(actor, row["area_code"], row["property_unit_id"])
        left = sorted(party for party in parties if not row[party])
        if left:
            found.append(WaitingFiling(filing=views[row["id"]], shop=row["shop"], address=row["address"], parties=left))
    return found
