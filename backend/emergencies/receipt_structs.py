"""Broadcasts and their receipts as they are read: one's own, and all of them by whoever directs."""

from datetime import datetime

from backend.emergencies.structs import AnswerKind, EmergencyKind
from backend.structs import Read


class OwnReceipt(Read, frozen=True, kw_only=True):
    """A broadcast as it stands before one of those to whom it was sent."""

    id: int
    emergency_id: int
    entry_id: int
    text: str
    answer_kind: AnswerKind
    choices: list[str]
    answer_by: datetime
    sent_at: datetime
    sent_by: str
    kind: EmergencyKind
    level: int
    area_code: str
    area_zh: str
    ended_at: datetime | None
    seen_at: datetime | None
    answered_at: datetime | None
    choice: int | None
    answer: str


class BroadcastView(Read, frozen=True, kw_only=True):
    """One broadcast with its counts, exact as of the statement. Minutes: of those who answered."""

    id: int
    emergency_id: int
    text: str
    answer_kind: AnswerKind
    choices: list[str]
    answer_by: datetime
    sent_at: datetime
    sent_by: str
    sent_by_id: int
    group_area: str
    """'' where it went to everybody on duty."""
    group_zh: str
    """'' where it went to everybody on duty."""
    group_en: str
    people: int
    seen: int
    answered: int
    by_choice: list[int]
    """How many chose each of `choices`."""
    median_min: float | None
    p90_min: float | None
    event_id: int | None
    entry_id: int

    @property
    def silent(self) -> int:
        return self.people - self.answered


class ReceiptView(Read, frozen=True, kw_only=True):
    """One person's receipt. `step`: the last one up the ladder, '' for none."""

    id: int
    account_id: int
    person: str
    unit_zh: str
    unit_en: str
    seen_at: datetime | None
    answered_at: datetime | None
    choice: int | None
    answer: str
    step: str
    may_call: bool
    """Whether the ladder has come to calling, and there is a number."""
    opened_by: str
    """Who opened the number last, '' for nobody."""
