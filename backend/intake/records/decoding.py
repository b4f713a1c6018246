"""A message in JSON as an `Incoming`; of one that cannot be read, what is wrong with it and its number. Pure.

Unknown fields are refused: a mistyped one would be lost without anybody noticing.
"""

import json
from typing import Any

import msgspec

from backend import clock
from backend.errors import AppError
from backend.intake.structs import SOURCE_NO_MOST, Incoming
from backend.words import WordsTooLong

BATCH_MOST = 200


class MessageUnread(Exception):
    """`detail`: where and what, without what stood there. `source_no`: where that much could be read."""

    def __init__(self, detail: str, source_no: str | None) -> None:
        super().__init__(detail)
        self.detail, self.source_no = detail, source_no


class MessageBatch(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Messages as they stand in the body, each to be read by itself."""

    messages: list[msgspec.Raw]


def read_message(raw: bytes) -> Incoming:
    """The message. Raises MessageUnread."""
    try:
        incoming = msgspec.json.decode(raw, type=Incoming)
        if has_nul(msgspec.to_builtins(incoming)):
            raise msgspec.ValidationError("a text has U+0000 in it")
        if incoming.occurred_at is not None and not clock.is_sane(incoming.occurred_at):
            raise msgspec.ValidationError("occurred_at: a time that no calendar reaches")
        return incoming
    except WordsTooLong as error:
        detail = f"{error.extra['field']}: {error.extra['length']} > {error.extra['most']}"
        raise MessageUnread(detail, _number_in(raw)) from error
    except (msgspec.MsgspecError, ValueError, RecursionError, AppError) as error:
        raise MessageUnread(_said(error), _number_in(raw)) from error


def read_batch(raw: bytes) -> list[bytes] | None:
    """The messages of a batch, each as it stands there; None where it is none."""
    try:
        return [bytes(each) for each in msgspec.json.decode(raw, type=MessageBatch).messages]
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None


def data_of(raw: bytes) -> bytes:
    """What a webhook is about: its `data` where it has the envelope of the specification, else all of it."""
    try:
        envelope = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return raw
    return bytes(envelope["data"]) if {"type", "data"} <= envelope.keys() else raw


def has_nul(part: Any) -> bool:
    """Whether a text has the one character that the database does not take."""
    if isinstance(part, dict):
        return any(map(has_nul, part.values()))
    return "\x00" in part if isinstance(part, str) else False


def _said(error: Exception) -> str:
    return str(error) if isinstance(error, msgspec.MsgspecError) else "not UTF-8, or nested too deeply"


def _number_in(raw: bytes) -> str | None:
    try:
        read: Any = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    number = read.get("source_no") if isinstance(read, dict) else None
    if isinstance(number, int) and not isinstance(number, bool):
        number = str(number)
    is_number = isinstance(number, str) and 0 < len(number.strip()) <= SOURCE_NO_MOST
    return number.strip() if isinstance(number, str) and is_number and "\x00" not in number else None
