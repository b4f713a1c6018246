"""What an appeal takes and gives."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from backend.evaluation.structs import ScoredKind
from backend.structs import Read, Write
from backend.words import NOTE, Reason, at_most


class AppealState(StrEnum):
    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"


class AppealedCase(Write, frozen=True, kw_only=True):
    """Which order in which figure; of the actor's own, or of the unit that the actor works for."""

    order_id: Annotated[int, Meta(ge=1, le=2**63 - 1)]
    measure: Annotated[str, Meta(max_length=40)]
    kind: ScoredKind


class AppealDraft(Write, frozen=True, kw_only=True):
    """Why the case is to be left out, and by what that is shown."""

    reason: Reason
    evidence: Annotated[str, at_most(NOTE, least=1)]


class CountedCase(Read, frozen=True, kw_only=True):
    """An order as it counts. `is_against`: it makes the figure worse. Days are Shanghai's."""

    order_id: int
    number: str
    item_code: str
    is_against: bool
    appeal_id: int | None
    appeal_state: AppealState | None


class AppealableCase(Read, frozen=True, kw_only=True):
    """A case before the appeal. `last`: the day until which it may be made."""

    order_id: int
    number: str
    item_code: str
    area_code: str
    counted_on: date
    last: date
    subject_id: int


class ScoreAppealRead(Read, frozen=True, kw_only=True):
    id: int
    order_id: int
    number: str
    item_code: str
    measure: str
    unit_id: int | None
    person_id: int | None
    unit_zh: str
    unit_en: str
    area_code: str
    counted_on: date
    reason: str
    evidence: str
    asked_by_id: int
    asked_by: str
    asked_at: datetime
    state: AppealState
    decided_by: str
    decided_at: datetime | None
    decision: str

    @property
    def kind(self) -> ScoredKind:
        return ScoredKind.UNIT if self.person_id is None else ScoredKind.PERSON
