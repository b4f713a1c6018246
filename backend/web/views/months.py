"""A place's classes over the months as a small table: a row a class, a column a month, the time before in one. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from backend.orders.reads.place_orders import MonthCount
from backend.web.views.times import CHINA

MONTHS = 6


@dataclass(frozen=True, slots=True)
class MonthRow:
    class_code: str
    name_zh: str
    name_en: str
    before: int
    counts: list[int]
    """By month, as in `months_until`."""
    total: int


def months_until(now: datetime) -> list[date]:
    """The first days of the last six months of Shanghai, the present one last."""
    today = now.astimezone(CHINA).date()
    nr = today.year * 12 + today.month - 1
    return [date(each // 12, each % 12 + 1, 1) for each in range(nr - MONTHS + 1, nr + 1)]


def month_before(months: list[date]) -> date:
    """The month that all earlier time is counted as."""
    first = months[0]
    return date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 1)


def rows_of(counts: Iterable[MonthCount], months: list[date]) -> list[MonthRow]:
    """The most frequent class first."""
    by_class: dict[str, list[MonthCount]] = {}
    for count in counts:
        by_class.setdefault(count.class_code, []).append(count)
    return sorted((_row(each, months) for each in by_class.values()), key=lambda row: (-row.total, row.class_code))


def _row(counts: list[MonthCount], months: list[date]) -> MonthRow:
    named, by_month = counts[0], {count.month: count.total for count in counts}
    total = sum(by_month.values())
    shown = [by_month.get(month, 0) for month in months]
    return MonthRow(named.class_code, named.name_zh, named.name_en, total - sum(shown), shown, total)
