"""JSON as it comes: decoded strictly, with words that repeat nothing of it; and the number of a message without one."""

import hashlib
from typing import TypeVar

import msgspec

from backend.intake.sensors.payloads.errors import PayloadUnreadable

T = TypeVar("T")
_PATH = " - at `"
"""msgspec ends its words with the place, which has names of fields in it and no value."""


def decode(body: bytes | str, shape: type[T]) -> T:
    """The body as this shape. Raises PayloadUnreadable."""
    if (b"\\u0000" in body) if isinstance(body, bytes) else ("\\u0000" in body):
        raise PayloadUnreadable("a NUL in a text")
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.ValidationError as error:
        where = str(error).partition(_PATH)[2].rstrip("`")
        raise PayloadUnreadable(f"not of the form of this wire{f', at {where}' if where else ''}") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise PayloadUnreadable("no JSON in UTF-8") from error


def print_of(*parts: bytes | str) -> str:
    """What stands for a message that has no number: the same for the same bytes, 32 characters."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        digest.update(part if isinstance(part, bytes) else part.encode())
        digest.update(b"\0")
    return digest.hexdigest()
