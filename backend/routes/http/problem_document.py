"""The problem document (RFC 9457) that every error leaves as.

`code` is the stable word for programs; `detail` speaks the asker's language and both sentences travel beside it;
`extra` holds the facts of the case (how far, who was first); `errors` names the fields that could not be read.
"""

from typing import Any

from msgspec import UNSET, UnsetType

from backend.structs import Read

MEDIA_TYPE = "application/problem+json"


class FieldError(Read, frozen=True, kw_only=True):
    field: str
    message: str
    source: str


class Problem(Read, frozen=True, kw_only=True):
    type: str
    title: str
    status: int
    detail: str
    detail_zh: str
    detail_en: str
    code: str
    instance: str
    request_id: str
    extra: dict[str, Any] | UnsetType = UNSET
    errors: list[FieldError] | UnsetType = UNSET


def prefers_english(accept_language: str) -> bool:
    """Whether English stands before Chinese in an Accept-Language header. Chinese is spoken unless asked otherwise."""
    ranges = (part.strip().lower()[:2] for part in accept_language.split(","))
    return next((each for each in ranges if each in ("zh", "en")), "zh") == "en"
