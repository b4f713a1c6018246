"""并入: what has the fold of an open order of the same source goes into that order, however often it comes."""

from typing import NamedTuple

from backend import db
from backend.orders.cases import merged_orders
from backend.orders.reads import finding

_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended('intake fold ' || $1::text || ' ' || $2, 0))"
_LATEST = """
    SELECT order_id FROM intake_record
    WHERE source_id = $1 AND fold = $2 AND state = 'filed' ORDER BY id DESC LIMIT 1
"""


class OpenOrder(NamedTuple):
    order_id: int
    number: str


async def find_open(source_id: int, fold: str) -> OpenOrder | None:
    """The open order of this fold; of one that was merged, the one as which it goes on.

    Whoever comes with the same fold at the same time waits until this transaction is over.
    """
    await db.execute(_ONE_AT_A_TIME, str(source_id), fold)
    order_id = await db.fetchval(_LATEST, source_id, fold)
    if order_id is None:
        return None
    order_id = await merged_orders.find_survivor(order_id)
    number = await finding.find_open_number(order_id)
    return OpenOrder(order_id, number) if number else None
