"""Messages: as they are read, what they say, and to whom they go."""

from datetime import datetime

import msgspec

from backend.structs import Read


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


class Wording(Read, frozen=True, kw_only=True):
    """What is said, in both languages."""

    title_zh: str
    title_en: str
    body_zh: str
    body_en: str
    path: str = ""
    """The page of what it is about, unless that is the order of the fact."""


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """A message to several people about one fact. Without people it is none."""

    event_id: int
    kind: str
    order_id: int | None
    """None where it is about something else, whose page the wording names."""
    account_ids: list[int]
    wording: Wording
