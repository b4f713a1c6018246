"""What is said and told of hotline cases. Times in UTC."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from backend.intake.hotline.kinds import (
    EXTENSION_MOST_DAYS,
    ActKind,
    CaseKind,
    ContactResult,
    ExtensionCode,
    ReturnCode,
    TaskEnd,
)
from backend.structs import Read, Write
from backend.words import Note, Reason

TRIES_MOST = 20
PHOTOS_MOST = 9
Evidence = Annotated[list[UUID], Meta(max_length=PHOTOS_MOST, description="Photos of the order, as evidence")]


class ContactDraft(Write, frozen=True, kw_only=True):
    """先行联系: what came of calling the citizen."""

    result: ContactResult
    tries: Annotated[int, Meta(ge=1, le=TRIES_MOST)] = 1
    note: Note = ""


class ReturnDraft(Write, frozen=True, kw_only=True):
    """退单: the code and the reason that the platform wants, with evidence."""

    code: ReturnCode
    reason: Reason
    photo_ids: Evidence = []


class ExtensionDraft(Write, frozen=True, kw_only=True):
    """延期: so many working days more."""

    code: ExtensionCode
    reason: Reason
    days: Annotated[int, Meta(ge=1, le=EXTENSION_MOST_DAYS, description="Working days")]
    photo_ids: Evidence = []


class FeedbackDraft(Write, frozen=True, kw_only=True):
    """过程反馈: how it stands, while the work goes on."""

    words: Reason


class ContactView(Read, frozen=True, kw_only=True):
    result: ContactResult
    tries: int
    note: str
    made_by: str
    made_at: datetime


class ActView(Read, frozen=True, kw_only=True):
    """`is_granted`: None until the platform has decided."""

    id: int
    kind: ActKind
    code: str
    reason: str
    days: int | None
    asked_by: str
    asked_at: datetime
    decided_at: datetime | None
    is_granted: bool | None
    opinion: str


class FeedbackView(Read, frozen=True, kw_only=True):
    serial: int
    is_final: bool
    is_solved: bool
    words: str
    made_at: datetime


class CallBackView(Read, frozen=True, kw_only=True):
    called_at: datetime
    is_reached: bool
    is_solved: bool | None
    is_satisfied: bool | None
    opinion: str


class HotlineTaskView(Read, frozen=True, kw_only=True):
    """A case of the platform, as staff of its order see it."""

    id: int
    task_no: str
    source: str
    source_zh: str
    source_en: str
    order_id: int | None
    record_id: int | None
    kind: CaseKind
    is_complex: bool
    unit_name: str
    received_at: datetime
    days: int
    """Working days, with what was granted."""
    due_at: datetime
    is_due_given: bool
    """Whether the platform itself named it."""
    contact_by: datetime
    contacted_at: datetime | None
    has_last_word: bool
    agreed_at: datetime | None
    """When the platform said that it is solved."""
    ended_at: datetime | None
    ended_as: TaskEnd | None
    queued: int
    """What the platform has not taken yet."""
    refused: str
    """What it said of the last message that it will not take."""
    contacts: list[ContactView]
    acts: list[ActView]
    feedbacks: list[FeedbackView]
    call_backs: list[CallBackView]

    @property
    def pending(self) -> ActView | None:
        """What the platform has yet to decide."""
        return next((act for act in self.acts if act.decided_at is None), None)
