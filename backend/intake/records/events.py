"""Facts about intake records, in the past tense. None carries words of the message or of a person."""

from typing import ClassVar

from backend.events.facts import Fact


class RecordFact(Fact, frozen=True, kw_only=True):
    """`area_code`: that of the source. `acted_by_id`: who decided; None where nobody had to.

    All are urgent: what becomes of a record is told before what becomes of its order, whatever that one's priority.
    """

    subject: ClassVar[str] = "intake_record"
    source_id: int
    source_no: str
    acted_by_id: int | None = None
    order_id: int | None = None
    is_urgent: bool = True


class RecordFiled(RecordFact, frozen=True, kw_only=True):
    pass


class RecordFolded(RecordFact, frozen=True, kw_only=True):
    """It went into an open order."""


class RecordUnsure(RecordFact, frozen=True, kw_only=True):
    reason: str


class RecordUnreadable(RecordFact, frozen=True, kw_only=True):
    reason: str


class RecordTurnedAway(RecordFact, frozen=True, kw_only=True):
    """退回来源: why stands in the record."""


class SealedPartRead(RecordFact, frozen=True, kw_only=True):
    """Somebody opened a raw message or a contact."""

    part: str
