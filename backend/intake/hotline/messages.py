"""What passes between us and a platform, in words of ours; how it is written on its wire says its adapter.

What we tell is stored as it is here and written when it is sent, so that a backlog survives a change of the wire.
"""

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

import msgspec

from backend.intake.hotline.kinds import ActKind, CaseKind, ContactResult
from backend.intake.structs import Incoming


class AboutTask(msgspec.Struct, frozen=True, kw_only=True, tag_field="what"):
    """Base of what we tell about a case."""

    task_no: str
    at: datetime


class ContactMessage(AboutTask, frozen=True, kw_only=True, tag="contact"):
    result: ContactResult
    tries: int
    note: str


class ActMessage(AboutTask, frozen=True, kw_only=True, tag="act"):
    kind: ActKind
    code: str
    reason: str
    days: int | None
    photo_ids: list[UUID]


class FeedbackMessage(AboutTask, frozen=True, kw_only=True, tag="feedback"):
    serial: int
    is_final: bool
    is_solved: bool
    words: str
    finished_at: datetime | None


Outgoing = ContactMessage | ActMessage | FeedbackMessage


class Assigned(msgspec.Struct, frozen=True, kw_only=True):
    """派单: a case is ours. `due_at`: where the platform names its deadline."""

    incoming: Incoming
    kind: CaseKind = CaseKind.HELP
    is_complex: bool = False
    unit_name: str = ""
    due_at: datetime | None = None
    has_last_word: bool | None = None
    """None: as is usual for its source."""


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """What the platform says of a 退单 or 延期 that went out under our exchange number."""

    task_no: str
    exchange_no: str
    is_granted: bool
    opinion: str
    due_at: datetime | None


class CalledBack(msgspec.Struct, frozen=True, kw_only=True):
    """回访: what the citizen said."""

    task_no: str
    call_no: str
    at: datetime
    is_reached: bool
    is_solved: bool | None
    is_satisfied: bool | None
    opinion: str


class Urged(msgspec.Struct, frozen=True, kw_only=True):
    task_no: str
    opinion: str


class Recalled(msgspec.Struct, frozen=True, kw_only=True):
    """收回: the platform takes a case away that nobody asked it to take."""

    task_no: str
    opinion: str


class LastWordTaken(msgspec.Struct, frozen=True, kw_only=True):
    """The platform wants to call back about a case where it did not say so at first."""

    task_no: str


Inbound = Assigned | Decided | CalledBack | Urged | Recalled | LastWordTaken


class WireVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """What an answer of the platform means. Neither taken nor refused: it is tried again."""

    is_taken: bool
    is_refused: bool = False
    why: str = ""


class HotlineWire(Protocol):
    """The adapter point: what differs by city. Everything else is the same for all of them."""

    def read(self, body: bytes) -> Inbound:
        """Raises MessageUnreadable."""
        ...

    def number_of(self, body: bytes) -> str | None:
        """The number of a case that is given to us by a message that cannot be read, as far as that much can."""
        ...

    def write(self, exchange_no: str, message: Outgoing, links: dict[UUID, str]) -> Any:
        """The body to be sent as JSON. `links`: where the platform fetches a photo."""
        ...

    def judge(self, status: int, body: bytes) -> WireVerdict:
        """What the platform says to it."""
        ...
