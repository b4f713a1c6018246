"""Offers and takes as pages show them: how far in words, how long still, and what to do next."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from backend.web.views.countdown import Countdown, running
from backend.web.views.page import PageContext
from grab_orders.offers.structs import OfferedItem, OfferView, TakenOrder, TakeState, TakeView

_STEP_M = 50
_KILOMETRE_M = 1000


@dataclass(frozen=True, slots=True)
class OfferCard:
    """An offer in the hall. `away` and `closes` are words; the latter is of the moment of rendering."""

    id: int
    item: OfferedItem
    block: str
    away: str
    points: int
    needed: int
    taken: int
    priority: str
    closes_at: datetime
    closes: str
    barred_by: str
    """Why the reader cannot take it now; empty: it may be tried."""
    key: str
    """The idempotency key of its form."""


@dataclass(frozen=True, slots=True)
class TakeCard:
    """An order that the reader has. `next`: what to do next, a word of the catalogue's `take.next`."""

    order: TakenOrder
    where: str
    clock: Countdown
    next: str
    may_give_back: bool
    is_lead: bool


def card_of(offer: OfferView, page: PageContext) -> OfferCard:
    left = page.took(page.now, offer.closes_at)
    return OfferCard(
        id=offer.id,
        item=offer.item,
        block=offer.block,
        away=away(page, offer.distance_m),
        points=offer.points,
        needed=offer.needed,
        taken=offer.taken,
        priority=offer.priority,
        closes_at=offer.closes_at,
        closes=page.t("js.hall.closes", span=left),
        barred_by=offer.barred_by.value if offer.barred_by else "",
        key=str(uuid4()),
    )


def away(page: PageContext, distance_m: int | None) -> str:
    """How far, as roughly as it is known; empty where it is not."""
    if distance_m is None:
        return ""
    if distance_m < _KILOMETRE_M:
        return page.t("js.hall.metres", m=max(distance_m, _STEP_M))
    return page.t("js.hall.km", km=f"{distance_m / _KILOMETRE_M:.1f}")


def page_of_take(take: TakeView) -> str:
    """Where it goes on: who leads has the order's own page, who helps does not, and goes on from their tasks."""
    return f"/o/{take.order.id}" if take.is_lead else "/volunteer"


def _next(take: TakeView, *, is_on_the_way: bool) -> str:
    """Who leads checks in and finishes; who helps says that they are there."""
    if is_on_the_way:
        return "check_in" if take.is_lead else "arrive"
    return "finish" if take.is_lead else "watch"


def take_of(take: TakeView, page: PageContext) -> TakeCard:
    is_on_the_way = take.state is TakeState.HELD
    until = take.lease_until if is_on_the_way else take.order.resolve_by
    return TakeCard(
        order=take.order,
        where=take.order.place or f"{take.order.lat:.5f}, {take.order.lng:.5f}",
        clock=running(page, "clock.arrive" if is_on_the_way else "clock.resolve", take.taken_at, until),
        next=_next(take, is_on_the_way=is_on_the_way),
        may_give_back=is_on_the_way,
        is_lead=take.is_lead,
    )
