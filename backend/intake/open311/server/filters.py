"""What is asked of `GET requests`, read out of the query: empty is absent, dates span ninety days at the most. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec

from backend.errors import BadRequest
from backend.geo.lonlat import is_on_globe
from backend.intake.open311.wire import statuses, times
from backend.orders.model.states import ENDED, OPEN, State
from backend.orders.reads.public_orders import Around, PublicFilter

SPAN = timedelta(days=90)
MOST = 1000
"""Requests of one answer, and how deep pages go: whoever wants more asks for fewer days."""
_NAMED_MOST = 200
_RADIUS_M, _RADIUS_MOST_M = 200.0, 20_000.0
_STATES = {statuses.OPEN: frozenset(OPEN), statuses.CLOSED: frozenset(ENDED)}


class FilterWrong(BadRequest):
    """`extra`: the argument."""

    code = "open311-filter-wrong"


class SpanTooLong(BadRequest):
    """`extra`: how many days there may be between the two dates."""

    code = "open311-span-too-long"


class Requested(msgspec.Struct, frozen=True, kw_only=True):
    """`numbers`: these alone, whatever else is asked for."""

    numbers: tuple[str, ...]
    order_filter: PublicFilter
    after: int
    most: int
    is_extended: bool


def read(query: Mapping[str, str], area_code: str, now: datetime) -> Requested:
    """Raises FilterWrong, SpanTooLong, DateUnreadable, StatusUnknown."""
    numbers = tuple(_listed(query, "service_request_id"))
    if len(numbers) > _NAMED_MOST:
        raise FilterWrong(field="service_request_id")
    since, until = span(query, now)
    size = _whole(query, "page_size", MOST, MOST)
    page = _whole(query, "page", 1, 10**6)
    return Requested(
        numbers=numbers,
        order_filter=PublicFilter(
            since=since,
            until=until,
            states=_states(query),
            item_codes=_listed(query, "service_code"),
            area_code=area_code,
            changed_since=_instant(query, "updated_after"),
            changed_until=_instant(query, "updated_before"),
            around=_around(query),
        ),
        after=(page - 1) * size,
        most=min(size, max(0, MOST - (page - 1) * size)),
        is_extended=query.get("extensions", "").strip().lower() in ("true", "1"),
    )


def span(query: Mapping[str, str], now: datetime, usual: timedelta = SPAN) -> tuple[datetime, datetime]:
    """`start_date` and `end_date`, either of which may be left out; then they are `usual` apart.

    Raises SpanTooLong, DateUnreadable.
    """
    start, end = _instant(query, "start_date"), _instant(query, "end_date")
    if start is None:
        end = end or now + timedelta(seconds=1)
        return end - usual, end
    end = end or min(start + SPAN, now + timedelta(seconds=1))
    if end - start > SPAN + timedelta(days=1):
        raise SpanTooLong(days=SPAN.days)
    return start, end


def _states(query: Mapping[str, str]) -> frozenset[State]:
    words = [word.lower() for word in _listed(query, "status")]
    if not words:
        return frozenset(State)
    if unknown := [word for word in words if word not in _STATES]:
        raise FilterWrong(field="status", values={"value": unknown[0][:20]})
    return frozenset().union(*(_STATES[word] for word in words))


def _listed(query: Mapping[str, str], name: str) -> list[str]:
    return [part.strip() for part in query.get(name, "").split(",") if part.strip()]


def _instant(query: Mapping[str, str], name: str) -> datetime | None:
    text = query.get(name, "").strip()
    return times.read(text, name) if text else None


def _whole(query: Mapping[str, str], name: str, usual: int, most: int) -> int:
    """A number from 1; what is over `most` counts as that."""
    text = query.get(name, "").strip()
    if not text:
        return usual
    if not text.isascii() or not text.isdigit() or int(text[:9]) < 1:
        raise FilterWrong(field=name)
    return min(int(text[:9]), most)


def _around(query: Mapping[str, str]) -> Around | None:
    given: dict[str, Any] = {name: _degrees(query, name) for name in ("lat", "long")}
    if given["lat"] is None and given["long"] is None:
        return None
    if given["lat"] is None or given["long"] is None or not is_on_globe(given["long"], given["lat"]):
        raise FilterWrong(field="lat")
    radius = _degrees(query, "radius")
    if radius is not None and not 0 < radius <= _RADIUS_MOST_M:
        raise FilterWrong(field="radius")
    return Around(given["long"], given["lat"], radius or _RADIUS_M)


def _degrees(query: Mapping[str, str], name: str) -> float | None:
    text = query.get(name, "").strip()
    if not text:
        return None
    try:
        return float(text)
    except ValueError as error:
        raise FilterWrong(field=name) from error
