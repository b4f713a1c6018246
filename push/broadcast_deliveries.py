"""How far messages about broadcasts have come: to be sent yet, sent to a vendor, on the phone; by the facts told."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import asyncpg
import msgspec

from backend import db

_MARKS = """
    SELECT receipt.event_id, receipt.account_id,
           coalesce(bool_or(d.state IN ('sent', 'delivered', 'seen')), false) AS sent,
           coalesce(bool_or(d.state = 'delivered' OR m.read_at IS NOT NULL), false) AS delivered,
           coalesce(bool_or(m.id IS NULL OR d.state = 'queued' AND d.next_at < 'infinity'), false) AS waiting
    FROM unnest($1::bigint[], $2::bigint[]) AS receipt (event_id, account_id)
    LEFT JOIN message m ON m.account_id = receipt.account_id AND m.event_id = receipt.event_id
    LEFT JOIN message_delivery d ON d.message_id = m.id GROUP BY receipt.event_id, receipt.account_id
"""


class DeliveryCount(msgspec.Struct, frozen=True):
    """People to whom it went out over any channel, whose phone or inbox has it for certain, and to whom it goes yet."""

    sent: int = 0
    delivered: int = 0
    waiting: int = 0


class DeliveryMark(msgspec.Struct, frozen=True):
    """`waiting`: nobody has told the vendor yet, or not even the inbox; neither sent nor delivered."""

    sent: bool = False
    delivered: bool = False
    waiting: bool = False


async def count(pairs: Sequence[tuple[int, int]]) -> dict[int, DeliveryCount]:
    """By fact. `pairs`: each fact with each person to whom it was said."""
    found: dict[int, list[DeliveryMark]] = defaultdict(list)
    for event_id, _, mark in await _marks(pairs):
        found[event_id].append(mark)
    return {event_id: sum_of(marks) for event_id, marks in found.items()}


async def by_person(event_id: int, account_ids: Sequence[int]) -> dict[int, DeliveryMark]:
    """Of one fact, by person."""
    marks = await _marks([(event_id, account_id) for account_id in account_ids])
    return {account_id: mark for _, account_id, mark in marks}


def sum_of(marks: Iterable[DeliveryMark]) -> DeliveryCount:
    """How many people. Pure."""
    every = list(marks)
    return DeliveryCount(
        sum(mark.sent for mark in every), sum(mark.delivered for mark in every), sum(mark.waiting for mark in every)
    )


async def _marks(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int, DeliveryMark]]:
    rows = await db.fetch(_MARKS, *map(list, zip(*pairs, strict=True))) if pairs else []
    return [(row["event_id"], row["account_id"], _mark(row)) for row in rows]


def _mark(row: asyncpg.Record) -> DeliveryMark:
    is_waiting = row["waiting"] and not (row["sent"] or row["delivered"])
    return DeliveryMark(sent=row["sent"], delivered=row["delivered"], waiting=is_waiting)
