"""What the ledgers do when facts arrive: finished work is entered, and closed orders earn."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from backend import clock
from backend.events.facts import Recorded, reread
from backend.orders.reads.outcomes import list_outcomes
from grab_orders.ledgers.hours import entering
from grab_orders.ledgers.hours.entering import Work
from grab_orders.ledgers.points import settling
from grab_orders.ledgers.structs import HoursSource
from grab_orders.offers.events import TakeFinished


class FinishedPatrol(msgspec.Struct, frozen=True):
    """What is read of the fact PatrolFinished of the committees, whose package this one does not know.

    `first_proved_at`: when the first stop was proved: from then on somebody was there.
    """

    subject_id: int
    account_id: int
    route: str
    first_proved_at: datetime | None
    finished_at: datetime


async def enter_takes(recorded: Sequence[Recorded]) -> None:
    """Volunteers finished what they had grabbed: it is entered, and earns where the order is closed already.

    Without a check-in nobody knows how long it took: it has no minutes.
    """
    takes = [reread(each, TakeFinished) for each in recorded]
    orders = await list_outcomes({take.order_id for take in takes})
    done = [
        Work(
            account_id=take.account_id,
            source=HoursSource.TAKE,
            source_id=take.order_id,
            order_id=take.order_id,
            number=order.number,
            item_code=order.item_code,
            title_zh=order.item_zh,
            title_en=order.item_en,
            started_at=min(take.checked_in_at or take.finished_at, take.finished_at),
            ended_at=take.finished_at,
            promised=take.points,
        )
        for take in takes
        if (order := orders.get(take.order_id)) is not None
    ]
    now = clock.now()
    await entering.enter(done, now)
    await settling.settle(orders, now)


async def enter_patrols(recorded: Sequence[Recorded]) -> None:
    """Somebody walked a patrol. Only where a stop was proved there is something to enter."""
    patrols = [msgspec.json.decode(each.body, type=FinishedPatrol) for each in recorded]
    done = [
        Work(
            account_id=patrol.account_id,
            source=HoursSource.PATROL,
            source_id=patrol.subject_id,
            title_zh=patrol.route,
            title_en=patrol.route,
            started_at=min(patrol.first_proved_at, patrol.finished_at),
            ended_at=patrol.finished_at,
        )
        for patrol in patrols
        if patrol.first_proved_at is not None
    ]
    await entering.enter(done, clock.now())


async def settle_points(recorded: Sequence[Recorded]) -> None:
    """Orders were closed or reopened: what they earn is what they are now."""
    await settling.settle({each.subject_id for each in recorded}, clock.now())
