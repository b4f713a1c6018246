"""What becomes of an offer and of its takes, given where its order stands. The order is always right. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime

from backend.orders.model.states import State
from grab_orders.offers.structs import OfferState, TakeState

ON_IT = (TakeState.HELD, TakeState.ARRIVED, TakeState.FINISHED)
"""Whoever counts for an offer."""
_LIVE = (TakeState.HELD, TakeState.ARRIVED)
DISPATCHED, MERGED, DONE = "dispatched", "merged", "done"
_END_REASONS = {State.CLOSED: "closed", State.CANCELLED: "cancelled", State.MERGED: MERGED}
_WITH_HANDLER = (State.ACCEPTED, State.ON_SITE, State.HANDLED, State.SUSPENDED, State.CLOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderNow:
    """An order as the trunk has it. `offered_until` counts while it is offered."""

    state: State
    handler_id: int | None
    offered_until: datetime | None
    arrived_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """An order was put into the pool: for how many people and until when."""

    needed: int
    window_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeNow:
    id: int
    account_id: int
    is_lead: bool
    state: TakeState
    arrived_at: datetime | None = None
    finished_at: datetime | None = None
    end_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferNow:
    """`takes`: those since the offer last came into the pool which count for it, or did until the order was merged."""

    state: OfferState
    round: int
    first_round: int
    needed: int
    closes_at: datetime
    takes: tuple[TakeNow, ...] = ()
    end_reason: str = ""

    @property
    def taken(self) -> int:
        return sum(take.state in ON_IT for take in self.takes) if self.state is not OfferState.ENDED else 0


def follow(offer: OfferNow, order: OrderNow, now: datetime, released: Released | None = None) -> OfferNow:
    """The offer as it has to be. Followed twice is followed once.

    `released`: that the order was put into the pool from outside; None where that is not known, or it only came back.
    """
    if order.state is State.OFFERED:
        is_this_one = released is not None and released.window_until == order.offered_until
        return _offered(offer, order, released if is_this_one else None)
    takes = tuple(_followed(take, order) for take in offer.takes)
    is_led = any(take.is_lead and take.state in ON_IT for take in takes)
    if order.state in _END_REASONS or not is_led:
        return _ended(offer, takes, _END_REASONS.get(order.state, DISPATCHED))
    led = replace(offer, state=OfferState.HELD, end_reason="", takes=takes)
    takes_more = order.state is not State.HANDLED and led.taken < led.needed and led.closes_at > now
    return replace(led, state=OfferState.OPEN) if takes_more else led


def _followed(take: TakeNow, order: OrderNow) -> TakeNow:
    """A take whose order has somebody who leads it, or an end. Whoever helps is done with whoever leads."""
    if take.is_lead:
        is_theirs = order.state in _WITH_HANDLER and order.handler_id == take.account_id
        return _as_the_order(take, order) if is_theirs else _end(take, _END_REASONS.get(order.state, DISPATCHED))
    if order.finished_at is not None:
        return _finish(take, order.finished_at) if take.state is TakeState.ARRIVED else _end(take, DONE)
    return replace(take, state=TakeState.ARRIVED, finished_at=None) if take.state is TakeState.FINISHED else take


def _as_the_order(take: TakeNow, order: OrderNow) -> TakeNow:
    """Whoever leads stands where the order stands; what was sent back is worked on by whoever was there before."""
    arrived = replace(take, arrived_at=order.arrived_at or take.arrived_at, end_reason="")
    if order.finished_at is not None:
        return _finish(arrived, order.finished_at)
    state = TakeState.HELD if order.arrived_at is None else TakeState.ARRIVED
    return replace(arrived, state=state, finished_at=None)


def _offered(offer: OfferNow, order: OrderNow, released: Released | None) -> OfferNow:
    """In the pool: nobody leads, and whoever helps stays. Put into it from outside everything begins anew."""
    assert order.offered_until is not None
    was_out = offer.state is OfferState.ENDED or any(take.state is TakeState.FINISHED for take in offer.takes)
    came_back = offer.state is not OfferState.OPEN or order.offered_until != offer.closes_at
    this_round = offer.round + (was_out or came_back)
    is_new = was_out or (released is not None and this_round != offer.first_round)
    in_pool = replace(
        offer,
        state=OfferState.OPEN,
        end_reason="",
        round=this_round,
        first_round=this_round if is_new else offer.first_round,
        closes_at=order.offered_until,
        takes=_begun_anew(offer) if is_new else tuple(_unled(take) for take in offer.takes),
    )
    return replace(in_pool, needed=max(released.needed if released else offer.needed, in_pool.taken + 1))


def _begun_anew(offer: OfferNow) -> tuple[TakeNow, ...]:
    """What was finished before does not count for it any more."""
    return tuple(_end(take, DISPATCHED) for take in offer.takes if take.state is not TakeState.FINISHED)


def _unled(take: TakeNow) -> TakeNow:
    return _end(take, DISPATCHED) if take.is_lead else take


def _ended(offer: OfferNow, takes: tuple[TakeNow, ...], reason: str) -> OfferNow:
    """What ended before keeps the reason that it had."""
    why = offer.end_reason if offer.state is OfferState.ENDED else reason
    return replace(offer, state=OfferState.ENDED, end_reason=why, takes=tuple(_end(take, reason) for take in takes))


def _finish(take: TakeNow, at: datetime) -> TakeNow:
    return replace(take, state=TakeState.FINISHED, finished_at=at)


def _end(take: TakeNow, reason: str) -> TakeNow:
    """What is finished stays so."""
    return replace(take, state=TakeState.ENDED, end_reason=reason) if take.state in _LIVE else take
