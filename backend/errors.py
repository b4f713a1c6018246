"""States of affairs that stop a verb. Each knows its HTTP status and its stable code, and carries values, no sentences.

Packages subclass one of the bases below and set `code` (kebab-case, stable for clients). What an error says to people,
in Chinese and English, stands in the catalogue `backend/web/i18n/errors/` by its `text`, the code unless a class or an
instance names another key, and is filled in with its `values` where it is shown. Facts that a client needs to go on
(distance, radius, who was first) travel in `extra`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Phrase:
    """A value that is a sentence of the catalogue itself: its key, and what it is filled in with."""

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A value that is stored, or named by others, in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class InBoth:
    """A value told in Chinese and in English, whatever the reader's language."""

    what: Any


@dataclass(frozen=True, slots=True)
class Listing:
    """Several values in a row; `between`: the key of what stands between two of them."""

    items: Sequence[Any]
    between: str = "list.and"


class AppError(Exception):
    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal"
    text: ClassVar[str] = ""
    """The key of the sentence where it is not the code: because another class has the same code."""

    def __init__(self, text: str = "", /, *, values: Mapping[str, Any] | None = None, **extra: Any) -> None:
        """`values`: what the sentence is filled in with, besides `extra` and in place of it."""
        self.key = text or type(self).text or self.code
        self.extra = extra
        self.values = {**extra, **(values or {})}
        super().__init__(self.key)


class BadRequest(AppError):
    """What was sent cannot be read."""

    status, code = 400, "bad-request"


class Unauthorised(AppError):
    status, code = 401, "unauthorised"


class Forbidden(AppError):
    status, code = 403, "forbidden"


class NotFound(AppError):
    """Not there, or not within the actor's scope: the two are never told apart."""

    status, code = 404, "not-found"


class Conflict(AppError):
    """The world has moved on: somebody was first, or the state forbids the move."""

    status, code = 409, "conflict"


class Gone(AppError):
    status, code = 410, "gone"


class TooLarge(AppError):
    status, code = 413, "too-large"


class Unsupported(AppError):
    status, code = 415, "unsupported-type"


class Invalid(AppError):
    """It was read and understood, and a rule refuses it."""

    status, code = 422, "invalid"


class TooMany(AppError):
    status, code = 429, "too-many-requests"


class Unavailable(AppError):
    status, code = 503, "unavailable"


class Busy(Unavailable):
    """Somebody else is at work on this very thing and has not finished. Nothing was done."""

    code = "locked-by-another"

    def __init__(self) -> None:
        super().__init__(retry_after_s=2)
