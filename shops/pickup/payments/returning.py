"""退款: what was paid and is not owed any more goes back, by hand; the desk says when that was done."""

from datetime import datetime

from backend import db
from backend.accounts.structs import Actor
from backend.sql import sql
from shops.pickup import roles
from shops.pickup.errors import NothingToReturn, NotOfRoute
from shops.pickup.impartial import require_other
from shops.pickup.payments import reading
from shops.pickup.payments.structs import PaymentView, RefundReceipt
from shops.register import queries as register

_RETURNED = """
    UPDATE pickup_payment SET refunded_at = :now, refunded_by_id = :actor_id, refund_receipt = :receipt
    WHERE id = :id AND refund_fen > 0 AND refunded_at IS NULL
"""


async def confirm_refund(payment_id: int, said: RefundReceipt, actor: Actor, now: datetime) -> PaymentView:
    """The desk says that the money went back. Said again it changes nothing. Raises NothingToPay, NotOfRoute,
    OwnShop, NothingToReturn.
    """
    payment = await reading.get(payment_id)
    shop = await register.get_shop(payment.shop_id)
    if not actor.holds(shop.area_code, *roles.DESK):
        raise NotOfRoute
    await require_other(shop.id, actor)
    async with db.transaction():
        await db.execute(sql(_RETURNED, id=payment_id, now=now, actor_id=actor.account_id, receipt=said.receipt))
    found = await reading.get(payment_id)
    if found.refunded_at is None:
        raise NothingToReturn
    return found
