"""What a fact is: something that happened, in the past tense, about one subject, with who may hear of it.

Packages subclass Fact in their own events.py; the class name is the event's name in the log.
"""

from datetime import datetime
from typing import Any, ClassVar, TypeVar

import msgspec


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all facts. The audience fields decide which live pages get it; the rest is the body.

    `is_urgent`: it is delivered before all that waits and is not. The same for all facts about a subject, whose order
    would be lost otherwise.
    """

    subject: ClassVar[str] = ""
    subject_id: int
    version: int = 0
    area_code: str = ""
    unit_id: int | None = None
    account_ids: tuple[int, ...] = ()
    is_urgent: bool = False

    @classmethod
    def name(cls) -> str:
        return cls.__name__


F = TypeVar("F", bound=Fact)


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """A fact as it stands in the log. `body` is the JSON of the fact."""

    id: int
    name: str
    subject: str
    subject_id: int
    version: int
    area_code: str
    unit_id: int | None
    account_ids: list[int]
    body: bytes


class Dated(msgspec.Struct, frozen=True, kw_only=True):
    """A fact as an operator reads it."""

    at: datetime
    name: str
    body: dict[str, Any]


def reread(recorded: Recorded, kind: type[F]) -> F:
    """Turn a log row back into its fact; fields that this version does not know are ignored."""
    return msgspec.json.decode(recorded.body, type=kind)
