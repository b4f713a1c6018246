"""What a reporter answers to the question for a number, and what is told of it."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from backend.structs import Read, Write

CONSENT = "2026-11"
"""The version of the text that is agreed to (`number.purpose` and `number.term` of the catalogue)."""


class NumberStanding(StrEnum):
    OPEN = "open"
    """Not answered yet."""
    LEFT = "left"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"
    """Its term is over."""


class NumberAnswer(Write, frozen=True, kw_only=True):
    """A number with the consent to keep it, or null for none."""

    number: Annotated[str, Meta(max_length=40)] | None = None
    consent: Annotated[str, Meta(max_length=16, description="The version of the text that was agreed to")] = ""


class OwnNumber(Read, frozen=True, kw_only=True):
    """What a reporter reads of the own number. The link is all that is needed to read it, so it is masked."""

    standing: NumberStanding
    is_offered: bool
    """Whether a number may be left: while somebody may call about it."""
    consent_now: str = CONSENT
    """The version to agree to."""
    masked: str = ""
    consent: str | None = None
    answered_at: datetime | None = None
    opened_count: int = 0
    opened_at: datetime | None = None
    """When it was opened last."""


class NumberOnList(Read, frozen=True, kw_only=True):
    """Of an order on the call-back list: that there is a number, and who opened it last."""

    opened_count: int
    opened_by: str | None
    opened_at: datetime | None


class OpenedNumber(Read, frozen=True, kw_only=True):
    number: str
