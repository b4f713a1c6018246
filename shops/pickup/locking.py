"""One after another for each shop: quota, prices and "booked already" are counted while nobody adds to them."""

from backend import db

_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('shops.pickup'), hashint8($1))"


async def lock_shop(shop_id: int) -> None:
    """Wait for the shop's turn, until the transaction ends. In a statement of its own: what follows sees who was first.

    Before anything else that is locked: then the booking, its order, and last its slot.
    """
    await db.execute(_ONE_AT_A_TIME, shop_id)
