"""What the ear says."""

from datetime import datetime

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
