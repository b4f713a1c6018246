"""How much a pickup costs. Pure, in whole fen.

A shop has so many units a year at the base price; what goes beyond them costs the other price. A unit is wholly within
or wholly over.
"""

import msgspec

from shops.pickup.structs import PriceView


class UnitPrice(msgspec.Struct, frozen=True, kw_only=True):
    """What one unit costs, and how many a year are within the base; None: all are."""

    base_fen: int
    over_fen: int
    year_quota: int | None


FREE = UnitPrice(base_fen=0, over_fen=0, year_quota=None)
"""Where no price has been set."""


def price_of(amount: int, used: int, unit: UnitPrice) -> PriceView:
    """The price of an amount, `used` units of the year's base being used already."""
    left = amount if unit.year_quota is None else max(0, unit.year_quota - used)
    within = min(amount, left)
    over = amount - within
    return PriceView(
        within=within,
        base_fen=unit.base_fen,
        over=over,
        over_fen=unit.over_fen,
        total_fen=within * unit.base_fen + over * unit.over_fen,
    )
