"""Open the number of an order's reporter, to call back: only while a call is due, and never without a trace."""

from datetime import datetime

from backend import db
from backend.accounts.structs import Actor
from backend.orders import desk
from backend.orders.model.verdicts import first_reporter
from backend.privacy.seals import Seal
from backend.reports.call_back_numbers.errors import NumberNotLeft
from backend.reports.call_back_numbers.queries import about
from backend.reports.call_back_numbers.structs import OpenedNumber

# Whoever reported it from two phones that are one person now may have left a number with either report.
_NUMBER = f"""
    SELECT n.id, n.number, coalesce(a.phone, '') AS phone
    FROM work_order o
    LEFT JOIN report r ON r.order_id = o.id AND r.reporter_id = {first_reporter("o")}
    LEFT JOIN call_back_number n ON n.report_id = r.id AND n.number IS NOT NULL
    LEFT JOIN account a ON a.id = {first_reporter("o")}
    WHERE o.id = $1 ORDER BY n.id DESC NULLS LAST LIMIT 1
"""
_TRACE = "INSERT INTO call_back_opening (order_id, number_id, account_id, opened_at) VALUES ($1, $2, $3, $4)"


async def open_number(order_id: int, by: Actor, seal: Seal, now: datetime) -> OpenedNumber:
    """The number that was left, else that of the reporter's account; who opened it when is kept.

    Raises OrderNotFound beyond one's desk, CallNotDue, NumberNotLeft.
    """
    async with db.transaction():
        await desk.require_waiting(order_id, by)
        row = await db.fetchrow(_NUMBER, order_id)
        if row is None or not (row["number"] or row["phone"]):
            raise NumberNotLeft
        await db.execute(_TRACE, order_id, row["id"], by.account_id, now)
        number = seal.open(row["number"], about(row["id"])) if row["number"] else row["phone"]
    return OpenedNumber(number=number)
