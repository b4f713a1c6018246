"""What became of orders, for packages that settle accounts about them: no words, no people's names, whoever asks."""

from collections.abc import Collection
from datetime import datetime

import msgspec

from backend import db
from backend.geo.coarse import coarse
from backend.geo.lonlat import LonLat
from backend.orders.model.states import State

_OUTCOMES = """
    SELECT o.id, o.number, o.state, o.priority, o.area_code, o.place_id, o.opened_by_id, o.handler_id, o.accepted_at,
           o.closed_at, i.code AS item_code, i.name_zh AS item_zh, i.name_en AS item_en,
           ST_X(o.loc::geometry) AS lng, ST_Y(o.loc::geometry) AS lat
    FROM work_order o JOIN item i ON i.code = o.item_id WHERE o.id = ANY($1::bigint[]) ORDER BY o.id
"""


class OrderOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """An order as it is now. Times in UTC."""

    id: int
    number: str
    state: State
    priority: str
    area_code: str
    item_code: str
    item_zh: str
    item_en: str
    place_id: int | None
    lng: float
    lat: float
    opened_by_id: int | None
    handler_id: int | None
    accepted_at: datetime | None
    """When whoever has it took it on; anew after it was given to somebody else or reopened."""
    closed_at: datetime | None

    @property
    def place_key(self) -> str:
        """What counts as the same place: the place itself, else about a hundred metres around, WGS-84."""
        if self.place_id is not None:
            return f"place:{self.place_id}"
        there = coarse(LonLat(self.lng, self.lat))
        return f"{there.lng:.3f},{there.lat:.3f}"


async def list_outcomes(order_ids: Collection[int]) -> dict[int, OrderOutcome]:
    """The orders by id; what is not there is left out."""
    rows = await db.fetch(_OUTCOMES, list(order_ids))
    return {row["id"]: msgspec.convert(dict(row), OrderOutcome) for row in rows}
