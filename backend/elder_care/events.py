"""Facts about visits. No name, no door, no phone, no words of anybody stand in them."""

from datetime import date, datetime
from typing import ClassVar

from backend.events.facts import Fact


class VisitMissed(Fact, frozen=True, kw_only=True):
    """Nobody has been there by the deadline. `level`: 1 the visitor, 2 the committee, 3 the street."""

    subject: ClassVar[str] = "elder_visit"
    label: str
    level: int
    due_at: datetime
    visitor_id: int | None


class VisitAlarmed(Fact, frozen=True, kw_only=True):
    """Nobody opened twice, or somebody needs help: there is an order."""

    subject: ClassVar[str] = "elder_visit"
    label: str
    outcome: str
    order_id: int
    acted_by_id: int | None = None


class VisitorLeft(Fact, frozen=True, kw_only=True):
    """Somebody who visited in a committee is gone: it makes their visits. `labels`: of these elders."""

    subject: ClassVar[str] = "account"
    labels: tuple[str, ...]


class VisitsPaused(Fact, frozen=True, kw_only=True):
    """Nobody visits until after a day, or again at once where there is none."""

    subject: ClassVar[str] = "lone_elder"
    label: str
    until: date | None
    by_id: int


class ElderDataOpened(Fact, frozen=True, kw_only=True):
    """Somebody read what is sealed of an elder: the trace that the law asks for."""

    subject: ClassVar[str] = "lone_elder"
    by_id: int
