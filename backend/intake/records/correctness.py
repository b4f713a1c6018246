"""Which records were wrong: what was filed without a person, and is given back as not theirs, or cancelled."""

from collections.abc import Sequence

from backend import db
from backend.events.facts import Recorded, reread
from backend.orders.model.events import OrderCancelled, OrderReturned
from backend.orders.model.inputs import ReturnReason

_WRONG = (ReturnReason.NOT_OURS, ReturnReason.WRONG_ITEM, ReturnReason.WRONG_PLACE, ReturnReason.NOT_FOUND)
_NOTE = """
    UPDATE intake_record SET is_wrong = true
    WHERE order_id = ANY($1::bigint[]) AND state = 'filed' AND is_automatic AND NOT is_wrong
"""


async def note_wrong(facts: Sequence[Recorded]) -> None:
    """Of orders that were returned as another's or another thing, or cancelled. Running twice changes nothing."""
    order_ids = [fact.subject_id for fact in facts if _says_wrong(fact)]
    if order_ids:
        await db.execute(_NOTE, order_ids)


def _says_wrong(fact: Recorded) -> bool:
    if fact.name == OrderCancelled.name():
        return True
    return fact.name == OrderReturned.name() and reread(fact, OrderReturned).reason in _WRONG
