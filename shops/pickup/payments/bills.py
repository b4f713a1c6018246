"""What is due: one payment of a booking or of a filing, by whatever provider it is paid in the end."""

from datetime import datetime

from backend import db
from backend.sql import sql

# Drawn by the database, so that it is ours alone at every provider; letters and digits, 32 at most.
_TRADE_NO = "'YM' || to_char(:now::timestamptz AT TIME ZONE 'Asia/Shanghai', 'YYMMDD') || 'P' || "
_BILL = f"""
    INSERT INTO pickup_payment (booking_id, filing_id, amount_fen, out_trade_no, created_at)
    SELECT :booking_id, :filing_id, :amount_fen, {_TRADE_NO} nextval('pickup_trade_no')::text, :now
    ON CONFLICT DO NOTHING
"""
# What was returned already stays returned.
_RETURN = """
    UPDATE pickup_payment SET refund_fen = greatest(0, amount_fen - :cost_fen)
    WHERE (booking_id = :booking_id OR filing_id = :filing_id) AND state = 'paid' AND refunded_at IS NULL
      AND refund_fen <> greatest(0, amount_fen - :cost_fen)
"""
_VOID_FILING = "UPDATE pickup_payment SET state = 'void' WHERE filing_id = $1 AND state = 'due'"
_VOID = "UPDATE pickup_payment SET state = 'void' WHERE booking_id = $1 AND state = 'due'"


async def bill_booking(booking_id: int, amount_fen: int, now: datetime) -> None:
    """What a pickup costs is due. Once, however often it is said; nothing is due for nothing."""
    if amount_fen > 0:
        await _bill(booking_id, None, amount_fen, now)


async def bill_filing(filing_id: int, fee_fen: int, now: datetime) -> None:
    """The fee of a filing is due. Once, however often it is said."""
    await _bill(None, filing_id, fee_fen, now)


async def void(booking_id: int) -> None:
    """Nothing is due for this booking any more, where nothing was paid."""
    await db.execute(_VOID, booking_id)


async def settle_booking(booking_id: int, cost_fen: int) -> None:
    """A pickup costs so much in the end: what was paid beyond goes back. More than was paid is not asked for."""
    await db.execute(sql(_RETURN, booking_id=booking_id, filing_id=None, cost_fen=cost_fen))


async def settle_filing(filing_id: int, cost_fen: int) -> None:
    """The same of a filing's fee; nothing is due for it any more where nothing was paid."""
    await db.execute(_VOID_FILING, filing_id)
    await db.execute(sql(_RETURN, booking_id=None, filing_id=filing_id, cost_fen=cost_fen))


async def _bill(booking_id: int | None, filing_id: int | None, amount_fen: int, now: datetime) -> None:
    values = {"booking_id": booking_id, "filing_id": filing_id, "amount_fen": amount_fen, "now": now}
    await db.execute(sql(_BILL, **values))
