"""The language of requests: what a committee can ask for, and how a request is read."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from backend.committees.duty_list.inputs import RRule
from backend.structs import Read, Write
from backend.words import Reason


class DutyChangeKind(StrEnum):
    """What a committee asks for."""

    FREQUENCY = "frequency"
    SWITCH_OFF = "switch_off"
    SWITCH_ON = "switch_on"
    ADD = "add"


class DutyChangeState(StrEnum):
    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class DutyChangeDraft(Write, frozen=True, kw_only=True):
    """What is asked for one task of the committee's list, and why. Days are Shanghai's."""

    kind: DutyChangeKind
    template_id: Annotated[int, Meta(ge=1, le=2**63 - 1)]
    reason: Reason
    rrule: RRule | None = None
    """How often, where that is asked for; of a task that is added, as the dictionary says unless told."""
    starts_on: date | None = None
    """On which day the series begins; that on which it takes effect, unless told."""
    valid_from: date | None = None
    """From when it should hold; tomorrow, unless told."""


class DutyChangeGrant(Write, frozen=True, kw_only=True):
    """Granted as it was asked for; the town may name another day on which it takes effect."""

    valid_from: date | None = None


class DutyChangeRefusal(Write, frozen=True, kw_only=True):
    reason: Reason


class DutyChangeRead(Read, frozen=True, kw_only=True):
    """A request with the version that it was asked for on, and what became of it. Days are Shanghai's, instants UTC."""

    id: int
    committee_code: str
    committee: str
    template_id: int
    name_zh: str
    name_en: str
    kind: DutyChangeKind
    base_version: int
    rrule_before: str | None
    """None where the task was not in the list."""
    rrule: str
    starts_on: date
    valid_from: date
    reason: str
    state: DutyChangeState
    requested_by: str
    requested_by_id: int
    requested_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    refusal: str
    entry_id: int | None
    """The version that follows from it, once granted."""


class OpenChange(Read, frozen=True, kw_only=True):
    """A request of a committee that waits for the town's answer."""

    id: int
    template_id: int
    kind: DutyChangeKind
    name_zh: str
    name_en: str
