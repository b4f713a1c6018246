"""The clock of an order as a page shows it: what is limited now, how much is left in words, and a tone that repeats it.

The words are those of the moment of rendering; `countdowns.js` goes on from `until` and `since` by the server's time.
"""

from dataclasses import dataclass
from datetime import datetime

from backend.orders.model.states import State
from backend.orders.reads.views import OrderView
from backend.web.views.page import PageContext
from backend.web.views.times import span


@dataclass(frozen=True, slots=True)
class Countdown:
    label: str
    words: str
    tone: str = ""
    """Empty, `warn` under half of the time, `bad` overdue, `good` closed."""
    since: datetime | None = None
    until: datetime | None = None


def countdown_of(order: OrderView, page: PageContext) -> Countdown:
    """What limits this order now: the same limit by which the desk calls it late and the escalation goes."""
    if order.due_at is not None and order.due_stage is not None:
        since = (order.finished_at or order.opened_at) if order.due_stage == "verify" else order.opened_at
        return running(page, f"clock.{order.due_stage}", since, order.due_at)
    if order.state == State.HANDLED:
        return Countdown(
            page.t("clock.check"), page.t("clock.handled_at", at=page.moment(order.finished_at or page.now))
        )
    if order.state == State.CLOSED and order.closed_at:
        took = page.took(order.opened_at, order.closed_at)
        return Countdown(page.t("clock.closed"), page.t("clock.took", span=took), tone="good")
    return Countdown(page.t("clock.stopped"), page.t(f"state.{order.state}"))


def running(page: PageContext, label: str, since: datetime, until: datetime) -> Countdown:
    """The clock between two instants, now. `label`: the key of what is limited."""
    left = until - page.now
    if left.total_seconds() < 0:
        words, tone = page.t("clock.over", span=span(page.lang, -left)), "bad"
    else:
        words = page.t("clock.left", span=span(page.lang, left))
        tone = "warn" if left < (until - since) / 2 else ""
    return Countdown(page.t(label), words, tone, since, until)
