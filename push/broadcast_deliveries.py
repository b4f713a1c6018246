"""How far messages about broadcasts have come: sent to a vendor, on the phone; by the facts that they tell of."""

from collections.abc import Sequence

import msgspec

from backend import db

_COUNT = """
    SELECT m.event_id, count(DISTINCT m.account_id) FILTER (WHERE d.state IN ('sent', 'delivered', 'seen')) AS sent,
           count(DISTINCT m.account_id) FILTER (WHERE d.state = 'delivered' OR m.read_at IS NOT NULL) AS delivered
    FROM unnest($1::bigint[], $2::bigint[]) AS receipt (event_id, account_id)
    JOIN message m ON m.account_id = receipt.account_id AND m.event_id = receipt.event_id
    LEFT JOIN message_delivery d ON d.message_id = m.id GROUP BY m.event_id
"""
_BY_PERSON = """
    SELECT m.account_id, bool_or(d.state IN ('sent', 'delivered', 'seen')) AS sent,
           bool_or(d.state = 'delivered') OR m.read_at IS NOT NULL AS delivered
    FROM message m LEFT JOIN message_delivery d ON d.message_id = m.id
    WHERE m.account_id = ANY($2::bigint[]) AND m.event_id = $1 GROUP BY m.account_id, m.read_at
"""


class DeliveryCount(msgspec.Struct, frozen=True):
    """People to whom it went out over any channel, and whose phone or inbox has it for certain."""

    sent: int = 0
    delivered: int = 0


class DeliveryMark(msgspec.Struct, frozen=True):
    sent: bool = False
    delivered: bool = False


async def count(pairs: Sequence[tuple[int, int]]) -> dict[int, DeliveryCount]:
    """By fact. `pairs`: each fact with each person to whom it was said."""
    rows = await db.fetch(_COUNT, *map(list, zip(*pairs, strict=True))) if pairs else []
    return {row["event_id"]: DeliveryCount(row["sent"], row["delivered"]) for row in rows}


async def by_person(event_id: int, account_ids: Sequence[int]) -> dict[int, DeliveryMark]:
    """Of one fact, by person; who has no message yet is left out."""
    rows = await db.fetch(_BY_PERSON, event_id, list(account_ids))
    return {row["account_id"]: DeliveryMark(bool(row["sent"]), bool(row["delivered"])) for row in rows}
