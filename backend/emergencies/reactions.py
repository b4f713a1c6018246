"""What the room does when facts arrive: an order that nobody can wait for is a line of the situation log."""

from collections.abc import Sequence

from backend import clock, db
from backend.emergencies import queries, situation
from backend.emergencies.structs import EntryKind
from backend.events.facts import Recorded, reread
from backend.orders.model.events import OrderFact

_BIG = "P0"


async def note_big_orders(recorded: Sequence[Recorded]) -> None:
    """P0 orders that were opened where an emergency is on: each once in its log."""
    now = clock.now()
    for each in recorded:
        fact = reread(each, OrderFact)
        if fact.priority != _BIG:
            continue
        # Its place may be a home: whoever reads the line is told of it as of the order itself.
        text = " · ".join(part for part in (fact.number, fact.item_zh) if part)
        async with db.transaction():
            for emergency_id in await queries.list_ongoing_over(each.area_code):
                await situation.append(emergency_id, EntryKind.ORDER, text, None, now, order_id=each.subject_id)
