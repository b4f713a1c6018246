"""Until when an appeal may be made, and who decides on it. Pure."""

from calendar import monthrange
from collections.abc import Collection
from datetime import date, timedelta

from backend.accounts.structs import Actor
from backend.evaluation.access import may_decide
from backend.evaluation.errors import AppealOfOneself, AppealOfOwnVerdict, NotYourFigures
from backend.orders.model.states import Transition

VERDICTS = (
    *(Transition.FIRST_PASS, Transition.PASS, Transition.REWORK, Transition.REFUSE),
    *(Transition.SOURCE_PASS, Transition.SOURCE_REWORK),
)
"""Acts by which somebody judged the work on an order, or what was asked for it."""


def last_day(counted_on: date, days: int) -> date:
    """So many days after the end of the month in which the case counts."""
    return counted_on.replace(day=monthrange(counted_on.year, counted_on.month)[1]) + timedelta(days=days)


def require_decider(
    actor: Actor, area_code: str, asked_by_id: int, unit_id: int | None, judges: Collection[int]
) -> None:
    """`judges`: who gave a verdict on the order. Raises AppealOfOneself, NotYourFigures, AppealOfOwnVerdict."""
    if asked_by_id == actor.account_id or (unit_id is not None and unit_id == actor.unit_id):
        raise AppealOfOneself
    if not may_decide(actor, area_code):
        raise NotYourFigures
    if actor.account_id in judges:
        raise AppealOfOwnVerdict
