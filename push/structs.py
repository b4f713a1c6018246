"""Messages: as they are read, what they say, and to whom they go."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import msgspec

from backend.emergencies.structs import OngoingEmergency
from backend.structs import Read, Write
from push.channels import Recipient
from push.page_alerts import Ring


class MessageLanguage(StrEnum):
    """In which of its two languages a message is shown."""

    ZH = "zh"
    EN = "en"


class MessageView(Read, frozen=True, kw_only=True):
    id: int
    kind: str
    order_id: int | None
    path: str
    """The page that it leads to when it is not about an order."""
    title_zh: str
    title_en: str
    body_zh: str
    body_en: str
    created_at: datetime
    read_at: datetime | None
    superseded_at: datetime | None
    """Since when something that happened later has made it old news."""

    @property
    def is_unread(self) -> bool:
        return self.read_at is None and self.superseded_at is None


class MessageThread(Read, frozen=True, kw_only=True):
    """What one person was told about one order, or the one message about something else."""

    order_id: int | None
    unread: int
    messages: list[MessageView]
    """The latest first, at most fifty."""


class FrameNews(Read, frozen=True, kw_only=True):
    """What the frame of a page says: how much is unread, and which emergencies concern the reader, gravest first."""

    unread: int
    emergencies: list[OngoingEmergency]


class InboxState(Read, frozen=True, kw_only=True):
    """What an open page shows of the inbox."""

    unread: int
    """Threads with something unread."""
    ring: Ring | None
    """What came within the last two minutes and is to be heard."""


class ReadUpTo(Write, frozen=True, kw_only=True):
    up_to: Annotated[
        int, msgspec.Meta(ge=0, le=2**63 - 1, description="The highest number of a message that was shown")
    ]


class Wording(Read, frozen=True, kw_only=True):
    """What is said, in both languages."""

    title_zh: str
    title_en: str
    body_zh: str
    body_en: str
    path: str = ""
    """The page of what it is about, unless that is the order of the fact."""


class Details(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a message is about, in parts: for templates and cards, which take no free sentence. Times in UTC."""

    number: str = ""
    item_zh: str = ""
    item_en: str = ""
    place: str = ""
    stage_zh: str = ""
    stage_en: str = ""
    """What happened, in a few words: the title without the item."""
    due_by: datetime | None = None
    respond_by: datetime | None = None


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """A message to several people about one fact. Without people it is none."""

    event_id: int
    kind: str
    order_id: int | None
    """None where it is about something else, whose page the wording names."""
    account_ids: list[int]
    wording: Wording
    recipient: Recipient
    priority: str
    details: Details = Details()
    works_in: str = ""
    """Only who holds a role in the town of this area, or around it, gets it; empty: whoever is still here."""
