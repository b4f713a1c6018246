"""What intake records take and give. Times in UTC, positions in WGS-84."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from backend.geo.lonlat import LonLat
from backend.intake.items.suggesting import Suggestion
from backend.intake.locating.structs import PlaceHit
from backend.intake.structs import CODE_MOST, Clues, Incoming, PointClue
from backend.structs import Read, Write
from backend.words import CASE_ADDRESS, CASE_TEXT, CASE_TITLE, Note, Reason, at_most


class RecordState(StrEnum):
    FILED = "filed"
    """Its order is open, or was."""
    FOLDED = "folded"
    """It went into an order that was there."""
    UNSURE = "unsure"
    """A person says what it is or where."""
    UNREADABLE = "unreadable"
    """A person mends it and tries again."""
    TURNED_AWAY = "turned_away"
    """Not ours: the source is told why."""


SETTLED = (RecordState.FILED, RecordState.FOLDED, RecordState.TURNED_AWAY)
WAITING = (RecordState.UNSURE, RecordState.UNREADABLE)


class Receipt(Read, frozen=True, kw_only=True):
    """What became of a message. `reason`: a code where no order came of it by itself; `note`: words beside it."""

    record_id: int
    source_no: str
    state: RecordState
    order_id: int | None
    number: str | None
    is_new: bool
    reason: str = ""
    note: str = ""


class BatchVerdict(Read, frozen=True, kw_only=True):
    """What became of one message of a batch. `refused`: the code of why nothing was taken."""

    receipt: Receipt | None
    refused: str = ""


class Remainder(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What of an `Incoming` has no column of its own, as it is stored."""

    clues: Clues = Clues()
    item_code: str = ""
    photo_ids: list[UUID] = []


class StoredRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A record as its verbs need it, locked."""

    id: int
    source_id: int
    source_no: str
    state: RecordState
    received_at: datetime
    occurred_at: datetime | None
    class_code: str
    title: str
    text: str
    fold: str
    incoming: Remainder | None
    suggested: tuple[Suggestion, ...]
    order_id: int | None

    def as_incoming(self) -> Incoming | None:
        """What came, as it was read; None of what could not be. The contact is left out: it is sealed."""
        if self.incoming is None:
            return None
        return Incoming(
            source_no=self.source_no,
            occurred_at=self.occurred_at,
            title=self.title,
            text=self.text,
            clues=self.incoming.clues,
            class_code=self.class_code,
            item_code=self.incoming.item_code,
            photo_ids=self.incoming.photo_ids,
            fold=self.fold,
        )


class RecordDecision(Write, frozen=True, kw_only=True):
    """What a person says of an unsure record: what it is, and where, as far as that is not known."""

    item_code: Annotated[str, Meta(min_length=1, max_length=8)]
    place_id: Annotated[int, Meta(ge=1, le=2**63 - 1)] | None = None
    point: LonLat | None = None
    note: Note = ""


class RecordMending(Write, frozen=True, kw_only=True):
    """What a person corrects of a record; what is left out stays."""

    title: Annotated[str, at_most(CASE_TITLE)] | None = None
    text: Annotated[str, at_most(CASE_TEXT)] | None = None
    class_code: Annotated[str, Meta(max_length=80)] | None = None
    item_code: Annotated[str, Meta(max_length=8)] | None = None
    code: Annotated[str, Meta(max_length=CODE_MOST)] | None = None
    address: Annotated[str, at_most(CASE_ADDRESS)] | None = None
    point: PointClue | None = None
    occurred_at: Annotated[datetime, Meta(tz=True)] | None = None


class TurnAway(Write, frozen=True, kw_only=True):
    reason: Reason


class RecordRef(Read, frozen=True, kw_only=True):
    """Which record is behind an order."""

    record_id: int
    source_id: int
    source_no: str
    order_id: int
    state: RecordState


class OrderRecord(Read, frozen=True, kw_only=True):
    """A record behind an order, with the source that told it. `area_code`: the source's."""

    record_id: int
    source_no: str
    state: RecordState
    received_at: datetime
    title_zh: str
    title_en: str
    area_code: str


class RecordRow(Read, frozen=True, kw_only=True):
    """A line of the intake desk."""

    id: int
    source: str
    source_no: str
    state: RecordState
    reason: str
    note: str
    received_at: datetime
    occurred_at: datetime | None
    class_code: str
    title: str
    text: str
    address: str
    order_id: int | None
    number: str | None
    item_code: str | None
    place_id: int | None
    certainty: str
    suggested: list[Suggestion]
    messages: int
    is_wrong: bool
    version: int


class RecordReadingRow(Read, frozen=True, kw_only=True):
    """Who opened what is sealed. `part`: message or contact."""

    part: str
    name: str
    read_at: datetime


class RecordDetail(RecordRow, frozen=True, kw_only=True):
    """A record as whoever decides on it sees it; what is sealed is opened by an act of its own."""

    clues: Clues
    has_contact: bool
    has_message: bool
    readings: list[RecordReadingRow]
    nearest: list[PlaceHit]
    """While nobody knows where it is: up to five places, the likeliest first."""
    version: int


class RawMessage(Read, frozen=True, kw_only=True):
    """One message as it came; `body` as text, with U+FFFD for what is none. None: its term is over."""

    received_at: datetime
    body: str | None


class DayFigures(Read, frozen=True, kw_only=True):
    """A source on a day of Shanghai. Delays in seconds, from when it happened (else was received) to its order.

    `wrong`: filed without a person, and given back as another's or another thing, or cancelled.
    """

    day: str
    received: int
    filed: int
    folded: int
    unsure: int
    unreadable: int
    turned_away: int
    automatic: int
    wrong: int
    refused: int
    refusals: dict[str, int]
    delay_p50_s: float | None
    delay_p99_s: float | None
