"""Which of a shop's people have read a month's report, and when first."""

from datetime import datetime

from backend import db
from backend.sql import sql

_NOTE = """
    INSERT INTO report_reading (shop_id, month, account_id, read_at) VALUES (:shop_id, :month, :account_id, :now)
    ON CONFLICT (shop_id, month, account_id) DO NOTHING
"""
_FIRST = "SELECT min(read_at) FROM report_reading WHERE shop_id = $1 AND month = $2"


async def note(shop_id: int, month: str, account_id: int, now: datetime) -> None:
    """Somebody of the shop reads it. Only the first time counts."""
    await db.execute(sql(_NOTE, shop_id=shop_id, month=month, account_id=account_id, now=now))


async def first_read(shop_id: int, month: str) -> datetime | None:
    return await db.fetchval(_FIRST, shop_id, month)
