"""The language of emergencies: kinds, levels, what is written to begin one and to speak in one, what is read."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from backend import words
from backend.calendars.structs import ClockRule
from backend.geo.area_codes import MAPPED_AREA
from backend.structs import Read, Write
from backend.words import Reason, at_most

LEVELS = (1, 2, 3, 4)
"""Ⅰ is the gravest, Ⅳ the least."""
ENTRY_PLACE, CHOICE = 120, 20
CHOICES_MOST, MINUTES_LEAST, MINUTES_MOST = 6, 5, 1440
Level = Annotated[int, Meta(ge=1, le=4)]


class EmergencyKind(StrEnum):
    FLOOD = "flood"
    FIRE = "fire"
    EPIDEMIC = "epidemic"
    EVENT = "event"
    """A great event: a festival, a race, a visit."""
    OTHER = "other"


class AnswerKind(StrEnum):
    """What a broadcast asks for."""

    SEEN = "seen"
    CHOICE = "choice"
    TEXT = "text"


class EntryKind(StrEnum):
    """What a line of the situation log is about; all but notes are written by the system."""

    BEGUN = "begun"
    LEVEL = "level"
    BROADCAST = "broadcast"
    ORDER = "order"
    CAMPAIGN = "campaign"
    NOTE = "note"
    ENDED = "ended"


class LadderStep(StrEnum):
    """What is done about somebody who stays silent."""

    REMIND = "remind"
    DEPUTY = "deputy"
    HEAD = "head"
    CALL = "call"


class Beginning(Write, frozen=True, kw_only=True):
    area_code: Annotated[str, Meta(pattern=f"^(?:{MAPPED_AREA})$")]
    kind: EmergencyKind
    level: Level
    reason: Reason
    plan_id: int | None = None


class LevelChange(Write, frozen=True, kw_only=True):
    level: Level
    reason: Reason


class BroadcastDraft(Write, frozen=True, kw_only=True):
    """`group_id`: to whom; None: everybody on duty in the area. `minutes`: until answers are due."""

    text: Annotated[str, at_most(words.BROADCAST_TEXT, least=1)]
    answer_kind: AnswerKind = AnswerKind.SEEN
    choices: Annotated[list[Annotated[str, Meta(min_length=1, max_length=CHOICE)]], Meta(max_length=CHOICES_MOST)] = []
    minutes: Annotated[int, Meta(ge=MINUTES_LEAST, le=MINUTES_MOST)] = 30
    group_id: int | None = None
    photo_ids: Annotated[list[UUID], Meta(max_length=1)] = []


class BroadcastAnswerInput(Write, frozen=True, kw_only=True):
    """`choice`: the place of what is chosen among the choices, from 0."""

    choice: int | None = None
    text: Annotated[str, at_most(words.BROADCAST_ANSWER)] = ""


class EntryDraft(Write, frozen=True, kw_only=True):
    text: Annotated[str, at_most(words.LOG_ENTRY, least=1)]
    place: Annotated[str, at_most(ENTRY_PLACE)] = ""
    happened_at: datetime | None = None
    photo_ids: Annotated[list[UUID], Meta(max_length=3)] = []


class PlanView(Read, frozen=True, kw_only=True):
    """A plan as it is read. `campaigns`: codes of what starts with it."""

    id: int
    area_code: str
    code: str
    kind: EmergencyKind
    name_zh: str
    name_en: str
    clocks: list[ClockRule]
    roster: str
    campaigns: list[str]
    warn_after_hours: int
    is_on: bool = True


class EmergencyView(Read, frozen=True, kw_only=True):
    id: int
    area_code: str
    area_zh: str
    kind: EmergencyKind
    level: int
    reason: str
    plan_zh: str
    plan_en: str
    roster: str
    clocks: list[ClockRule]
    begun_at: datetime
    begun_by: str
    ended_at: datetime | None
    ended_by: str
    end_reason: str

    @property
    def is_on(self) -> bool:
        return self.ended_at is None


class LevelView(Read, frozen=True, kw_only=True):
    level: int
    reason: str
    set_by: str
    set_at: datetime


class SituationPhoto(Read, frozen=True, kw_only=True):
    id: UUID
    thumb_url: str
    large_url: str


class SituationEntryView(Read, frozen=True, kw_only=True):
    """A line of the log, as its reader may know it. `entered_by`: '' for what the system writes.

    `order_id`: of an order whose staff the reader is; to others a line about one says that there is one, and no more.
    """

    id: int
    kind: EntryKind
    text: str
    place: str
    happened_at: datetime
    entered_at: datetime
    entered_by: str
    order_id: int | None
    order_number: str
    photos: list[SituationPhoto] = []


class GroupView(Read, frozen=True, kw_only=True):
    """A command group. `people`: how many it reaches."""

    id: int
    area_code: str
    code: str
    name_zh: str
    name_en: str
    commander: str
    deputy: str
    people: int
    is_on: bool = True


class OngoingEmergency(Read, frozen=True, kw_only=True):
    """As much as the frame of a page says."""

    id: int
    area_code: str
    kind: EmergencyKind
    level: int
