"""What indicators do when facts arrive: they note which orders are to be counted anew, one statement for a batch."""

from collections.abc import Sequence

from backend.events.facts import Fact, Recorded
from backend.indicators.counting import noting
from backend.indicators.counting.concerned import orders_of
from backend.intake.hotline import events as cases
from backend.intake.records import events as records
from backend.orders.model import events as orders

NOTED: tuple[type[Fact], ...] = (
    *orders.OrderFact.__subclasses__(),
    *orders.SilentOrderFact.__subclasses__(),
    orders.OrderOfferedAgain,
    *(cases.FormalActDecided, cases.CitizenContacted, cases.CitizenCalledBack),
    *(records.RecordFiled, records.RecordFolded),
)
"""Every fact after which an order may add something else: all about orders, some about cases and what binds them."""


async def note_orders(recorded: Sequence[Recorded]) -> None:
    """Note the orders that the facts are about."""
    await noting.note(orders_of(recorded))
