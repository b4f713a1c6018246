"""Facts about requests to change a duty list. `area_code` is the committee's; days are Shanghai's."""

from datetime import date
from typing import ClassVar

from backend.committees.changes.structs import DutyChangeKind
from backend.events.facts import Fact


class DutyChangeFact(Fact, frozen=True, kw_only=True):
    subject: ClassVar[str] = "duty_change"
    template_id: int
    change_kind: DutyChangeKind
    committee: str
    name_zh: str
    name_en: str
    requested_by_id: int


class DutyChangeRequested(DutyChangeFact, frozen=True, kw_only=True):
    reason: str


class DutyChangeGranted(DutyChangeFact, frozen=True, kw_only=True):
    decided_by_id: int
    valid_from: date


class DutyChangeRefused(DutyChangeFact, frozen=True, kw_only=True):
    decided_by_id: int
    refusal: str


class DutyChangeWithdrawn(DutyChangeFact, frozen=True, kw_only=True):
    """By the committee, before anybody had decided."""
