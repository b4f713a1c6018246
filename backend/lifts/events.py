"""Facts about lifts."""

from datetime import date
from typing import ClassVar

from backend.events.facts import Fact
from backend.lifts.rules import DueKind


class LiftFact(Fact, frozen=True, kw_only=True):
    """`unit_ids`: the maintenance company and the property. `due_on`: the day of what is due first."""

    subject: ClassVar[str] = "lift"
    lift_no: str
    place: str
    due_kind: DueKind
    due_on: date
    unit_ids: tuple[int, ...] = ()


class LiftDueSoon(LiftFact, frozen=True, kw_only=True):
    """The periodic inspection is to be applied for."""


class LiftOverdue(LiftFact, frozen=True, kw_only=True):
    """Something is late: there is an order about it."""

    order_id: int
