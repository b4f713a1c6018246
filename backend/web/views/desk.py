"""An order as a line of the desk: time left in words with a tone that repeats them, the flags that need a look, and
what its reader may do in it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.accounts.permissions import Permission, may_within
from backend.orders.desk import DeskOrder
from backend.orders.model import transition_table
from backend.orders.model.states import ENDED, State, Transition
from backend.web.views.page import PageContext
from backend.web.views.times import span

_SOON = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class DeskFlag:
    words: str
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class DeskLine:
    order: DeskOrder
    left: DeskFlag
    until: datetime | None
    """While a clock runs: `countdowns.js` goes on from here."""
    since: datetime | None
    """When the last hour begins: from there on the clock warns."""
    flags: list[DeskFlag]
    stage: str = ""
    """Which limit the clock stands for."""
    acts: bool = False
    """Whether the reader dispatches where the order lies."""

    @property
    def may_reassign(self) -> bool:
        return self.acts and transition_table.is_possible(State(self.order.state), Transition.REASSIGN)

    @property
    def may_decide(self) -> bool:
        return self.acts and self.order.request is not None


def _acts(order: DeskOrder, page: PageContext) -> bool:
    return page.actor is not None and may_within(page.actor, Permission.DISPATCH_ORDERS, order.area_code)


def line_of(order: DeskOrder, page: PageContext) -> DeskLine:
    until, flags, acts = order.due_at, _flags(order, page), _acts(order, page)
    if until is None:
        return DeskLine(order, _standing(order, page), None, None, flags, acts=acts)
    stage = page.t(f"clock.{order.due_stage}") if order.due_stage else ""
    return DeskLine(order, _left(until, page), until, until - 2 * _SOON, flags, stage, acts)


def _left(until: datetime, page: PageContext) -> DeskFlag:
    left = until - page.now
    if left < timedelta(0):
        return DeskFlag(page.t("clock.over", span=span(page.lang, -left)), "bad")
    return DeskFlag(page.t("clock.left", span=span(page.lang, left)), "warn" if left < _SOON else "plain")


def _standing(order: DeskOrder, page: PageContext) -> DeskFlag:
    if order.state not in ENDED:
        return DeskFlag(page.t("clock.stopped"))
    return DeskFlag(page.t("clock.took", span=page.took(order.opened_at, order.ended_at)) if order.ended_at else "–")


def _flags(order: DeskOrder, page: PageContext) -> list[DeskFlag]:
    said = (
        (order.priority in ("P0", "P1"), f"priority.{order.priority}", "bad", None),
        (order.request, f"desk.request.{order.request.kind if order.request else ''}", "warn", None),
        (order.unit is None and order.state not in ENDED, "desk.at_centre", "warn", None),
        (order.rework_count, "work.rework", "warn", order.rework_count),
        (order.hop_count, "desk.returned", "warn", order.hop_count),
        (order.is_supervised, "desk.supervised", "plain", None),
        (order.is_urged, "desk.urged", "plain", None),
        (order.followers, "desk.followers", "plain", order.followers),
        (order.rating is not None, "desk.rated", "bad" if (order.rating or 5) <= 2 else "plain", order.rating),
    )
    return [DeskFlag(page.t(key, n=count), tone) for is_so, key, tone, count in said if is_so]
