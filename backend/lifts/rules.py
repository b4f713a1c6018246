"""When something of a lift is due or late. Pure; days of Shanghai."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

INSPECTION_SOON = timedelta(days=30)
"""So long before the periodic inspection everybody concerned hears of it: it has to be applied for a month ahead."""
AGAIN_AFTER = timedelta(days=7)
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


class DueKind(StrEnum):
    INSPECTION = "inspection"
    MAINTENANCE = "maintenance"


class LiftStanding(StrEnum):
    FINE = "fine"
    SOON = "soon"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class DueDay:
    kind: DueKind
    on: date

    def is_late(self, today: date) -> bool:
        """The day itself is still in time."""
        return today > self.on


def due_days(inspect_by: date, maintained_on: date, maintain_days: int) -> tuple[DueDay, DueDay]:
    """The nearer one first."""
    inspection = DueDay(DueKind.INSPECTION, inspect_by)
    maintenance = DueDay(DueKind.MAINTENANCE, maintained_on + timedelta(days=maintain_days))
    return (inspection, maintenance) if inspection.on <= maintenance.on else (maintenance, inspection)


def standing(days: tuple[DueDay, ...], today: date) -> LiftStanding:
    """The worst of them. A maintenance that is near is ordinary; an inspection that is near has to be applied for."""
    if any(day.is_late(today) for day in days):
        return LiftStanding.OVERDUE
    is_near = any(day.kind is DueKind.INSPECTION and day.on - today <= INSPECTION_SOON for day in days)
    return LiftStanding.SOON if is_near else LiftStanding.FINE


def is_to_be_said(now_is: LiftStanding, notified_on: date | None, today: date) -> bool:
    """Whether everybody concerned is to hear of it today: once in a week while it stands so."""
    if now_is is LiftStanding.FINE:
        return False
    return notified_on is None or today - notified_on >= AGAIN_AFTER
