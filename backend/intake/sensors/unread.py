"""Bodies of devices and their platforms that cannot be read: for a person, and never more than a person can look at.

So many of a source wait at the desk as records of their own; what is beyond goes into one record of the day, which
counts them and has the first of them. A device that sends garbage all night is one line then, and not a hundred
thousand. What can be read is not held up by any of this.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from backend import db
from backend.calendars.rules import shanghai_date
from backend.intake.records import receiving, writing
from backend.intake.sources import refusals
from backend.intake.sources.structs import Source

WAITING_MOST = 50
"""Of a source; fewer where it may not send so many in a minute."""
FOLDED = "unreadable-folded"
"""As what they are counted among the refusals of the source."""
_BEYOND = f"{receiving.UNNAMED}beyond-"
_WAITING = """
    SELECT count(*) FROM (
        SELECT FROM intake_record WHERE source_id = $1 AND state IN ('unsure', 'unreadable') AND state = 'unreadable'
        LIMIT $2) waiting
"""
_THERE = "SELECT source_no FROM intake_record WHERE source_id = $1 AND source_no = ANY($2::text[])"
_RECORD = "SELECT id FROM intake_record WHERE source_id = $1 AND source_no = $2"
_STORED = "SELECT count(*) FROM intake_message WHERE record_id = $1"


class UnreadBody(NamedTuple):
    """`error`: what is wrong, without a word of it. `number`: what it is known by again."""

    raw: bytes
    error: str
    number: str


def unread(raw: bytes, error: str, number: str = "") -> UnreadBody:
    """`number`: empty where its print stands for it."""
    return UnreadBody(raw, error, number or receiving.number_for(raw))


async def keep(source: Source, bodies: Sequence[UnreadBody], now: datetime) -> None:
    """Leave these to a person: known ones where they are, new ones while there is room, all others folded."""
    async with db.transaction():
        different = {each.number: each for each in bodies}
        there = {row["source_no"] for row in await db.fetch(_THERE, source.id, list(different))}
        most = min(WAITING_MOST, source.per_minute)
        free = max(0, most - await db.fetchval(_WAITING, source.id, most))
        new = [each for each in different.values() if each.number not in there]
        for each in [each for each in different.values() if each.number in there] + new[:free]:
            await receiving.keep_unreadable(source, each.raw, each.error, source_no=each.number, now=now)
        if new[free:]:
            await _fold(source, new[free:], now)


async def _fold(source: Source, bodies: Sequence[UnreadBody], now: datetime) -> None:
    """Into the record of the day. Each is counted; the first ones are stored, as of every record."""
    number, uncounted = f"{_BEYOND}{shanghai_date(now)}", list(bodies)
    record_id = await db.fetchval(_RECORD, source.id, number)
    if record_id is None:
        first = uncounted.pop(0)
        receipt = await receiving.keep_unreadable(source, first.raw, first.error, source_no=number, now=now)
        record_id = receipt.record_id
    stored = await db.fetchval(_STORED, record_id)
    for each in uncounted[: max(0, writing.MESSAGES_MOST - stored)]:
        await writing.keep_message(record_id, source, number, each.raw, now)
    await writing.count_messages(record_id, len(uncounted))
    await refusals.count(source.name, FOLDED, now, len(bodies))
