"""Bases of every message: Read (what we say), Write (what we are told; unknown fields refused), Page (keyset paging).

Fields are snake_case on the wire. No `from __future__ import annotations` in modules that define such structs.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any, Generic, NewType, TypeVar

import msgspec

from backend import words
from backend.errors import BadRequest

T = TypeVar("T")
_ABOVE_ALL_IDS = 2**63 - 1
IdempotencyKey = NewType("IdempotencyKey", str)
"""What a phone calls one action of its own, made once: the same action sent again under it changes nothing.

It comes as the header Idempotency-Key, as `client_id` of a report in JSON or a form, and as `key` of an order's form.
"""


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """What we say."""


class Write(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What we are told. Its words are in plain form and of the length that their fields allow: see backend.words."""

    def __post_init__(self) -> None:
        for name, most in words.fields_of(type(self)).items():
            said = getattr(self, name)
            if isinstance(said, str) and (fit := words.fitting(said, most, name)) is not said:
                msgspec.structs.force_setattr(self, name, fit)


class Page(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    items: list[T]
    next_cursor: str | None = None


def encode_cursor(*key: int | str) -> str:
    """Pack the sort key of a page's last row into an opaque cursor."""
    return urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def id_before(cursor: str | None) -> int:
    """Below which id a list goes on that has the highest first. Raises BadRequest where the cursor is none of ours."""
    [before] = decode_cursor(cursor, int) if cursor else (_ABOVE_ALL_IDS,)
    return before


def decode_cursor(cursor: str, *types: type) -> tuple[Any, ...]:
    """Unpack a cursor. Raises BadRequest when it is not one of ours."""
    try:
        raw = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return msgspec.json.decode(raw, type=tuple[types])  # type: ignore[valid-type]
    except (ValueError, msgspec.DecodeError) as error:
        raise BadRequest("cursor-not-valid") from error
