"""What indicators do when facts arrive: they note what is to be counted anew, a statement for a batch."""

from collections.abc import Sequence

from backend.events.facts import Fact, Recorded
from backend.indicators.counting import noting
from backend.indicators.counting.concerned import orders_of
from backend.indicators.counting.concerned_activities import (
    OF_FINDINGS,
    OF_INSPECTIONS,
    OF_PATROLS,
    activities_of,
)
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


NOTED_ACTIVITIES: tuple[type[Fact], ...] = (*OF_PATROLS, *OF_FINDINGS, *OF_INSPECTIONS)
"""Every fact after which a patrol, an inspection or a finding may add something else."""


async def note_activities(recorded: Sequence[Recorded]) -> None:
    """Note the patrols, inspections and findings that the facts are about."""
    for kind, subject_ids in (await activities_of(recorded)).items():
        await noting.note_activities(kind, subject_ids)
