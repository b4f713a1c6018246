"""The clock of an order as a page shows it: what is limited now, how much is left in words, and a tone that repeats it.

The words are those of the moment of rendering; countdown.js goes on from `until` and `since` by the server's time.
"""

from dataclasses import dataclass
from datetime import datetime

from backend.orders.states import State
from backend.orders.structs import OrderView
from backend.web.page import Page
from backend.web.times import span


@dataclass(frozen=True, slots=True)
class Clock:
    label: str
    words: str
    tone: str = ""
    """Empty, `warn` under half of the time, `bad` overdue, `good` closed."""
    since: datetime | None = None
    until: datetime | None = None


def clock_of(order: OrderView, page: Page) -> Clock:
    """What limits this order now."""
    if order.state == State.DISPATCHED:
        return _running(page, "clock.respond", order.opened_at, order.respond_by)
    if order.state == State.HANDLED:
        return Clock(page.t("clock.check"), page.t("clock.handled_at", at=page.moment(order.finished_at or page.now)))
    if order.state == State.CLOSED and order.closed_at:
        took = page.took(order.opened_at, order.closed_at)
        return Clock(page.t("clock.closed"), page.t("clock.took", span=took), tone="good")
    if order.state not in (State.ACCEPTED, State.ON_SITE):
        return Clock(page.t("clock.stopped"), page.t(f"state.{order.state}"))
    return _running(page, "clock.resolve", order.opened_at, order.resolve_by)


def _running(page: Page, label: str, since: datetime, until: datetime) -> Clock:
    left = until - page.now
    if left.total_seconds() < 0:
        words, tone = page.t("clock.over", span=span(page.lang, -left)), "bad"
    else:
        words = page.t("clock.left", span=span(page.lang, left))
        tone = "warn" if left < (until - since) / 2 else ""
    return Clock(page.t(label), words, tone, since, until)
