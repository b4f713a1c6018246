"""Cases of persons and units as they count, without the life of an order; and appeals against them."""

from datetime import datetime

from backend.accounts.structs import Actor
from backend.calendars.rules import shanghai_date
from backend.evaluation.appeals import asking
from backend.evaluation.appeals.structs import AppealDraft, AppealedCase
from backend.evaluation.structs import PersonMeasure, ScoredKind
from tests.makers.indicators import contribute, sum_months
from tests.makers.orders import make_accepted
from tests.makers.town import COMMITTEE, SmallTown

DRAFT = AppealDraft(reason="现场已封路,车进不去", evidence="9:10 与交警通话,10:30 放行")


async def make_late_case(town: SmallTown, now: datetime, *, person: Actor | None = None) -> int:
    """An order that the first handler accepted, and that counts as late for this person, and for the unit."""
    order_id = await make_accepted(town, now)
    counted_for = (person or town.handlers[0]).account_id
    await contribute(
        COMMITTEE, shanghai_date(now), order_id=order_id, person_id=counted_for, unit_id=town.unit_id, due=1
    )
    await sum_months()
    return order_id


def case_of(
    order_id: int, kind: ScoredKind = ScoredKind.PERSON, measure: str = PersonMeasure.DONE_ON_TIME.value
) -> AppealedCase:
    return AppealedCase(order_id=order_id, measure=measure, kind=kind)


async def make_appeal(order_id: int, actor: Actor, now: datetime, kind: ScoredKind = ScoredKind.PERSON) -> int:
    return await asking.appeal(case_of(order_id, kind), DRAFT, actor, now)
