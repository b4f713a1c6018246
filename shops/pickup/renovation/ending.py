"""The shop ends a filing: nothing more is fetched for it, and the fee of what was not fetched goes back."""

from datetime import datetime

from backend import db
from backend.accounts.structs import Actor
from shops.pickup.errors import FilingDecided, FilingInUse, FilingNotFound, NotOfShop
from shops.pickup.locking import lock_shop
from shops.pickup.payments import bills
from shops.pickup.renovation import filings
from shops.pickup.renovation.structs import FilingState, FilingView
from shops.pickup.structs import GOING_ON, BookingState
from shops.register import queries as register

_SHOP = "SELECT shop_id FROM renovation_filing WHERE id = $1"
_LOCK = "SELECT state, amount, fee_fen FROM renovation_filing WHERE id = $1 FOR UPDATE"
_FETCHED = f"""
    SELECT coalesce(sum(coalesce(counted, amount)) FILTER (WHERE state = '{BookingState.DONE}'), 0)::int AS amount,
           count(*) FILTER (WHERE state IN ({", ".join(f"'{state}'" for state in GOING_ON)})) > 0 AS goes_on
    FROM pickup_booking WHERE filing_id = $1
"""
_END = "UPDATE renovation_filing SET state = 'ended', ended_at = $2, ended_by_id = $3 WHERE id = $1"


async def end(filing_id: int, actor: Actor, now: datetime) -> FilingView:
    """End it, for whoever acts for the shop. Said again it changes nothing.

    Raises FilingNotFound, NotOfShop, FilingInUse while pickups of it go on, FilingDecided of one that was refused.
    """
    shop_id = await db.fetchval(_SHOP, filing_id)
    if shop_id is None:
        raise FilingNotFound
    if not await register.is_person_of(shop_id, actor.account_id):
        raise NotOfShop
    async with db.transaction():
        await lock_shop(shop_id)
        row = await db.fetchrow(_LOCK, filing_id)
        assert row is not None  # filings stay
        if row["state"] == FilingState.REFUSED:
            raise FilingDecided(row["state"])
        if row["state"] != FilingState.ENDED:
            fetched = await db.fetchrow(_FETCHED, filing_id)
            assert fetched is not None  # one row, always
            if fetched["goes_on"]:
                raise FilingInUse
            await db.execute(_END, filing_id, now, actor.account_id)
            await bills.settle_filing(filing_id, fee_of(row["fee_fen"], row["amount"], fetched["amount"]))
    return await filings.get(filing_id)


def fee_of(fee_fen: int, filed: int, fetched: int) -> int:
    """What stays of the fee: that of the units which were fetched. Pure; in whole fen, halves to the shop."""
    return fee_fen * min(fetched, filed) // filed
