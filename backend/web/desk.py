"""An order as a line of the desk: time left in words with a tone that repeats them, and the flags that need a look."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.orders.queries.desk import DeskOrder
from backend.orders.states import ENDED
from backend.web.page import Page
from backend.web.times import span

_SOON = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Flag:
    words: str
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class Line:
    order: DeskOrder
    left: Flag
    until: datetime | None
    """While a clock runs: countdown.js goes on from here."""
    since: datetime | None
    """When the last hour begins: from there on the clock warns."""
    flags: list[Flag]


def line_of(order: DeskOrder, page: Page) -> Line:
    until = order.due_at
    if until is None:
        return Line(order, _standing(order, page), None, None, _flags(order, page))
    return Line(order, _left(until, page), until, until - 2 * _SOON, _flags(order, page))


def _left(until: datetime, page: Page) -> Flag:
    left = until - page.now
    if left < timedelta(0):
        return Flag(page.t("clock.over", span=span(page.lang, -left)), "bad")
    return Flag(page.t("clock.left", span=span(page.lang, left)), "warn" if left < _SOON else "plain")


def _standing(order: DeskOrder, page: Page) -> Flag:
    if order.state not in ENDED:
        return Flag(page.t("clock.stopped"))
    return Flag(page.t("clock.took", span=page.took(order.opened_at, order.ended_at)) if order.ended_at else "–")


def _flags(order: DeskOrder, page: Page) -> list[Flag]:
    said = (
        (order.priority in ("P0", "P1"), f"priority.{order.priority}", "bad", None),
        (order.request, f"desk.request.{order.request}", "warn", None),
        (order.unit is None and order.state not in ENDED, "desk.at_centre", "warn", None),
        (order.rework_count, "work.rework", "warn", order.rework_count),
        (order.hop_count, "desk.returned", "warn", order.hop_count),
        (order.is_supervised, "desk.supervised", "plain", None),
        (order.is_urged, "desk.urged", "plain", None),
        (order.followers, "desk.followers", "plain", order.followers),
        (order.rating is not None, "desk.rated", "bad" if (order.rating or 5) <= 2 else "plain", order.rating),
    )
    return [Flag(page.t(key, n=count), tone) for is_so, key, tone, count in said if is_so]
