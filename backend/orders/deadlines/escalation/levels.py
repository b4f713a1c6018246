"""The escalation, pure: which levels an order has, when each is reached, and when people may be notified.

Percent are counted on the order's own clock, with its pauses, of the limit that its deadline stands for; beyond 100 the
same clock goes on. Who is behind `supervisor` or `street` is decided where people are known (recipients.py).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from enum import StrEnum

import msgspec

from backend.calendars.rules import SHANGHAI
from backend.orders.deadlines import stages
from backend.orders.deadlines.counting import Counting, deadline, elapsed_min
from backend.orders.deadlines.stages import Stage, Timeline
from backend.orders.model import rules

QUIET_FROM, QUIET_UNTIL = time(22), time(7)


class RecipientRole(StrEnum):
    HANDLER = "handler"
    UNIT = "unit"
    VERIFIER = "verifier"
    SUPERVISOR = "supervisor"
    STREET = "street"
    DISTRICT = "district"


class QuietHours(StrEnum):
    """What the quiet hours, 22:00 to 07:00, mean for a level."""

    URGENT = "urgent"
    """Only P0 and P1 are told at night."""
    NEVER = "never"
    """Told at any hour."""
    ALWAYS = "always"
    """Waits for the morning, whatever it is."""


class EscalationLevel(msgspec.Struct, frozen=True, kw_only=True):
    id: int = 0
    area_code: str = ""
    item_prefix: str = ""
    priorities: list[str] = []
    stage: Stage
    at_percent: int
    who: RecipientRole
    door: str = "inbox"
    quiet: QuietHours = QuietHours.URGENT

    @property
    def nearness(self) -> tuple[int, int, bool]:
        return len(self.area_code), len(self.item_prefix), bool(self.priorities)


class EscalationSubject(msgspec.Struct, frozen=True, kw_only=True):
    """What of an order chooses its ladder."""

    area_code: str
    item_code: str
    priority: str


class DueEscalation(msgspec.Struct, frozen=True, kw_only=True):
    """A level that an order reaches at `due_at`, in one round of a stage."""

    level: EscalationLevel
    round_at: datetime
    due_at: datetime


_RESOLVE = (
    (50, RecipientRole.HANDLER),
    (80, RecipientRole.HANDLER),
    (100, RecipientRole.SUPERVISOR),
    (150, RecipientRole.STREET),
    (200, RecipientRole.DISTRICT),
)
_SHORTER = ((80, RecipientRole.HANDLER), (100, RecipientRole.SUPERVISOR), (200, RecipientRole.STREET))
_VERIFY = ((80, RecipientRole.VERIFIER), (100, RecipientRole.SUPERVISOR), (200, RecipientRole.STREET))
_RESPOND = (
    (50, RecipientRole.UNIT),
    (80, RecipientRole.UNIT),
    (100, RecipientRole.SUPERVISOR),
    (150, RecipientRole.STREET),
    (200, RecipientRole.DISTRICT),
)
DEFAULT: tuple[EscalationLevel, ...] = tuple(
    EscalationLevel(stage=stage, at_percent=percent, who=who)
    for stage, levels in (
        (Stage.RESPOND, _RESPOND),
        (Stage.ARRIVE, _SHORTER),
        (Stage.SAFE, _RESOLVE),
        (Stage.RESOLVE, _RESOLVE),
        (Stage.VERIFY, _VERIFY),
    )
    for percent, who in levels
)


def levels_for(subject: EscalationSubject, levels: Iterable[EscalationLevel]) -> list[EscalationLevel]:
    """The levels of this order: for each stage those of the nearest area, there of the narrowest item."""
    fitting = [level for level in levels if _fits(level, subject)]
    nearest = {
        stage: max((level.nearness for level in fitting if level.stage == stage), default=None) for stage in Stage
    }
    return [level for level in fitting if level.nearness == nearest[level.stage]]


def due_escalations(order: Timeline, levels: Iterable[EscalationLevel], by: Counting) -> Iterator[DueEscalation]:
    """The levels of the stages that run, each with the instant at which it is reached."""
    limits_min: dict[Stage, float] = {}
    for level in levels:
        start, due = stages.start_of(order, level.stage), order.due_by(level.stage)
        round_at = stages.round_of(order, level.stage)
        if start is None or due is None or round_at is None or not stages.is_running(order, level.stage):
            continue
        if level.stage not in limits_min:
            limits_min[level.stage] = elapsed_min(start, due, by.of(level.stage))
        reached = deadline(start, limits_min[level.stage] * level.at_percent / 100, by.of(level.stage))
        if reached is not None:
            yield DueEscalation(level=level, round_at=round_at, due_at=reached)


def first_look(begins_at: datetime, shortest_min: int, least_percent: int | None) -> datetime | None:
    """No level of an order that is opened now is reached before this instant; None where there are no levels at all.

    `shortest_min`: minutes of its shortest limit; `least_percent`: of all levels. Clocks that stand still by night and
    pauses only make it later, so a look at this instant finds when the first level is due.
    """
    if least_percent is None:
        return None
    return begins_at + timedelta(minutes=shortest_min * least_percent / 100)


def notify_at(escalation: DueEscalation, priority: str, now: datetime) -> datetime:
    """When people may be told: at once, or in the morning when it would be night."""
    at = max(escalation.due_at, now)
    quiet = escalation.level.quiet
    if quiet is QuietHours.NEVER or (quiet is QuietHours.URGENT and rules.is_urgent(priority)):
        return at
    return _morning(at)


def _morning(at: datetime) -> datetime:
    local = at.astimezone(SHANGHAI)
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return at
    day = local.date() + timedelta(days=1) if local.time() >= QUIET_FROM else local.date()
    return datetime.combine(day, QUIET_UNTIL, SHANGHAI).astimezone(at.tzinfo)


def _fits(level: EscalationLevel, subject: EscalationSubject) -> bool:
    return (
        subject.area_code.startswith(level.area_code)
        and subject.item_code.startswith(level.item_prefix)
        and (not level.priorities or subject.priority in level.priorities)
    )
