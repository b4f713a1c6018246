"""What WeChat said of the photos of reports: written down when it answers, read for staff."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec

from backend import db
from backend.sql import sql

SILENT_AFTER = timedelta(minutes=60)
"""Twice the vendor's own time: after it a picture counts as not looked at."""
_ANSWER = """
    UPDATE picture_check SET verdict = :verdict, label = :label, answered_at = coalesce(answered_at, :now)
    WHERE trace_id = :trace_id RETURNING id
"""
_MARKS = """
    SELECT photo_id, coalesce(verdict, 'unchecked') AS verdict FROM picture_check
    WHERE order_id = $1 AND verdict IS DISTINCT FROM 'pass' AND (verdict IS NOT NULL OR asked_at < $2)
"""


class ContentVerdict(StrEnum):
    PASS = "pass"  # noqa: S105
    REVIEW = "review"
    """A person should look."""
    RISKY = "risky"
    UNCHECKED = "unchecked"
    """The vendor gave no answer."""


GIVEN = (ContentVerdict.PASS, ContentVerdict.REVIEW, ContentVerdict.RISKY)
"""What the vendor says itself."""


async def note_answer(fields: Mapping[str, Any], now: datetime) -> bool:
    """Write down what a callback says of a picture. Whether it is one that was asked about."""
    verdict, label = _read(fields)
    values = {"trace_id": str(fields.get("trace_id", "")), "verdict": verdict.value, "label": label}
    return await db.fetchval(sql(_ANSWER, now=now, **values)) is not None


async def find_marks(order_id: int, now: datetime) -> dict[UUID, ContentVerdict]:
    """The photos of an order that did not pass, or that the vendor did not answer for."""
    rows = await db.fetch(_MARKS, order_id, now - SILENT_AFTER)
    return {row["photo_id"]: ContentVerdict(row["verdict"]) for row in rows}


def _read(fields: Mapping[str, Any]) -> tuple[ContentVerdict, int]:
    """The answer in its second form, or in the first, which still comes now and then."""
    result = fields.get("result")
    if isinstance(result, dict) and result.get("suggest") in GIVEN:
        return ContentVerdict(result["suggest"]), _number(result.get("label"))
    if str(fields.get("status_code", "0")) == "0" and str(fields.get("isrisky")) in ("0", "1"):
        return (ContentVerdict.RISKY if str(fields["isrisky"]) == "1" else ContentVerdict.PASS), 0
    return ContentVerdict.UNCHECKED, 0


def _number(value: Any) -> int:
    try:
        return msgspec.convert(value, int, strict=False)
    except msgspec.ValidationError:
        return 0
