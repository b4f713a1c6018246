"""How many minutes of a stretch of work count: none that counted before, and no more than a day has. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

_MINUTE = timedelta(minutes=1)


class ServiceSpan(NamedTuple):
    """A stretch of time, its end not in it."""

    start: datetime
    end: datetime


def minutes_of(span: ServiceSpan) -> int:
    """Whole minutes."""
    return max(span.end - span.start, timedelta(0)) // _MINUTE


def count(span: ServiceSpan, confirmed: Sequence[ServiceSpan], day_counted: int, day_most: int) -> int:
    """The minutes of a span that count now.

    `confirmed`: what counted before, which is not counted again where it overlaps. `day_counted`: minutes that counted
    on the same day; with these the day has `day_most` at most.
    """
    covered = sum((each.end - each.start for each in _joined(_cut(confirmed, span))), timedelta(0))
    fresh = max(span.end - span.start - covered, timedelta(0)) // _MINUTE
    return max(0, min(fresh, day_most - day_counted))


def _cut(spans: Iterable[ServiceSpan], within: ServiceSpan) -> list[ServiceSpan]:
    """What of the spans lies within another one."""
    cut = (ServiceSpan(max(each.start, within.start), min(each.end, within.end)) for each in spans)
    return [each for each in cut if each.start < each.end]


def _joined(spans: Iterable[ServiceSpan]) -> list[ServiceSpan]:
    """The same time as spans that do not overlap."""
    joined: list[ServiceSpan] = []
    for each in sorted(spans):
        if joined and each.start <= joined[-1].end:
            joined[-1] = ServiceSpan(joined[-1].start, max(joined[-1].end, each.end))
        else:
            joined.append(each)
    return joined
