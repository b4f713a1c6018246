"""Pay: begin at the provider, take its notices, look up what it does not say, or have staff say the money is there.

A payment is paid once. What a provider tells a second time changes nothing; what it tells of a payment that was paid
otherwise is an alarm for a person.
"""

from datetime import datetime, timedelta

import msgspec

from backend import db, logs
from backend.accounts.structs import Actor
from backend.sql import sql
from shops.pickup import roles
from shops.pickup.errors import NothingToPay, NoticeRefused, NotOfRoute, NotOfShop, PaymentUnavailable
from shops.pickup.impartial import require_other
from shops.pickup.payments import reading, runtime
from shops.pickup.payments.providers import Bill, PaidNotice
from shops.pickup.payments.structs import OfflineReceipt, PaymentState, PaymentView
from shops.register import queries as register

log = logs.get_logger()
SCANNED_WITHIN = timedelta(hours=1, minutes=50)
"""So long one code is shown; the provider's own ends a little later."""
_LOOKED_UP_FOR = timedelta(days=2)
_NOTE = """
    UPDATE pickup_payment SET provider = :provider, terms = terms || :terms::jsonb WHERE id = :id AND state = 'due'
"""
_LOCK = """
    SELECT id, state, amount_fen, transaction_id FROM pickup_payment WHERE out_trade_no = $1 FOR UPDATE
"""
_KEEP = (
    "INSERT INTO payment_notice (id, payment_id, received_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING id"
)
_PAID = """
    UPDATE pickup_payment SET state = 'paid', paid_at = :paid_at, provider = :provider,
        transaction_id = :transaction_id
    WHERE id = :id
"""
_CONFIRM = """
    UPDATE pickup_payment SET state = 'paid', paid_at = :now, provider = 'offline', confirmed_by_id = :actor_id,
        terms = terms || :terms::jsonb
    WHERE id = :id AND state = 'due' RETURNING id
"""
_OPEN = """
    SELECT id, out_trade_no FROM pickup_payment
    WHERE state = 'due' AND provider = $1 AND (terms ->> 'begun_at')::timestamptz > $2 ORDER BY id LIMIT 200
"""
_HAULER = """
    SELECT r.unit_id FROM pickup_payment p JOIN pickup_booking b ON b.id = p.booking_id
    JOIN pickup_slot s ON s.id = b.slot_id JOIN pickup_route r ON r.id = s.route_id WHERE p.id = $1
"""


async def begin(payment_id: int, actor: Actor, now: datetime) -> PaymentView:
    """Ask the provider for the money, for whoever acts for the shop: with what the payer scans, if there is something.

    Within two hours the same again. Raises NothingToPay, NotOfShop, PaymentUnavailable.
    """
    payment = await reading.get(payment_id)
    if not await register.is_person_of(payment.shop_id, actor.account_id):
        raise NotOfShop
    if payment.state is not PaymentState.DUE:
        raise NothingToPay
    begun = await db.fetchval("SELECT terms ->> 'begun_at' FROM pickup_payment WHERE id = $1", payment_id)
    if payment.code_url and begun and now - datetime.fromisoformat(begun) < SCANNED_WITHIN:
        return payment
    provider = runtime.current_provider()
    bill = Bill(out_trade_no=payment.out_trade_no, amount_fen=payment.amount_fen, description="垃圾清运费")
    # First that it was asked for: an answer that is lost does not hide a payment from the look-up.
    await _note(payment_id, provider.name, {"begun_at": now.isoformat()})
    code_url = await provider.begin(bill, now)
    if code_url is not None:
        await _note(payment_id, provider.name, {"code_url": code_url})
    return await reading.get(payment_id)


async def take_notice(headers: dict[str, str], body: bytes, now: datetime) -> bool:
    """What the provider says by itself. Whether it changed anything. Raises NoticeRefused."""
    notice = runtime.current_provider().read_notice(headers, body, now)
    return notice is not None and await settle(notice, now)


async def settle(notice: PaidNotice, now: datetime) -> bool:
    """A payment is paid. False where it was already. Raises NoticeRefused for one that does not fit any of ours."""
    async with db.transaction():
        row = await db.fetchrow(_LOCK, notice.out_trade_no)
        if row is None or row["amount_fen"] != notice.amount_fen:
            log.error("payment_does_not_fit", out_trade_no=notice.out_trade_no, is_known=row is not None)
            raise NoticeRefused
        if await db.fetchval(_KEEP, notice.id, row["id"], now) is None:
            return False
        if row["state"] != PaymentState.DUE:
            if row["transaction_id"] != notice.transaction_id:
                log.error("payment_twice", out_trade_no=notice.out_trade_no, state=row["state"])
            return False
        paid = {"paid_at": notice.paid_at, "transaction_id": notice.transaction_id}
        await db.execute(sql(_PAID, id=row["id"], provider=runtime.current_provider().name, **paid))
        return True


async def look_up(now: datetime) -> int:
    """Ask the provider about what was begun and not heard of. Says how many were paid. Safe to repeat."""
    provider, paid = runtime.current_provider(), 0
    for row in await db.fetch(_OPEN, provider.name, now - _LOOKED_UP_FOR):
        try:
            found = await provider.find(row["out_trade_no"])
            paid += found is not None and await settle(found, now)
        except (PaymentUnavailable, NoticeRefused):
            continue
    return paid


async def confirm_offline(payment_id: int, said: OfflineReceipt, actor: Actor, now: datetime) -> PaymentView:
    """线下确认: the desk, or the crew of the route, says that the money is there. Said again it changes nothing.

    Raises NothingToPay, NotOfRoute, OwnShop.
    """
    payment = await reading.get(payment_id)
    shop = await register.get_shop(payment.shop_id)
    unit_id = await db.fetchval(_HAULER, payment_id)
    if not roles.is_crew(actor, unit_id, shop.area_code) and not actor.holds(shop.area_code, *roles.DESK):
        raise NotOfRoute
    await require_other(shop.id, actor)
    terms = msgspec.json.encode({"receipt": said.receipt}).decode()
    async with db.transaction():
        await db.fetchval(sql(_CONFIRM, id=payment_id, actor_id=actor.account_id, now=now, terms=terms))
    found = await reading.get(payment_id)
    if found.state is not PaymentState.PAID:
        raise NothingToPay
    return found


async def _note(payment_id: int, provider: str, terms: dict[str, str]) -> None:
    async with db.transaction():
        await db.execute(sql(_NOTE, id=payment_id, provider=provider, terms=msgspec.json.encode(terms).decode()))
