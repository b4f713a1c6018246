"""Facts about offers and takes, in the past tense. `account_ids` are the people who took it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

import asyncpg

from backend.events.facts import Fact
from backend.orders.model.rules import is_urgent


class OfferFact(Fact, frozen=True, kw_only=True):
    """`subject_id`, `version`: of the offer."""

    subject: ClassVar[str] = "offer"
    order_id: int
    number: str
    item_code: str
    priority: str


class OfferOpened(OfferFact, frozen=True, kw_only=True):
    """Somebody more may take it, for the first time or again."""

    round: int
    closes_at: datetime


class OfferClosed(OfferFact, frozen=True, kw_only=True):
    """Nobody may take it any more. `reason`: nobody, short, dispatched, closed, cancelled, merged."""

    reason: str


class TakeFact(OfferFact, frozen=True, kw_only=True):
    """What happened to one person's take. `account_id` had it; `is_lead`: the order was theirs in the trunk."""

    take_id: int
    account_id: int
    is_lead: bool


class OfferTaken(TakeFact, frozen=True, kw_only=True):
    taken_at: datetime
    lease_until: datetime


class OfferGivenBack(TakeFact, frozen=True, kw_only=True):
    """Before arrival. `reason`: a code, no words."""

    reason: str


class TakeExpired(TakeFact, frozen=True, kw_only=True):
    """Nobody came before the lease ran out."""

    lease_until: datetime


class TakeEnded(TakeFact, frozen=True, kw_only=True):
    """The order went another way. `reason`: dispatched, cancelled, merged, closed, left."""

    reason: str


class TakeArrived(TakeFact, frozen=True, kw_only=True):
    checked_in_at: datetime


class TakeFinished(TakeFact, frozen=True, kw_only=True):
    """The work is done and waits to be verified.

    Sent back, arrived at and finished again, it is said again of the same take, with the times of that stretch.
    """

    checked_in_at: datetime | None
    finished_at: datetime
    points: int


def about_offer(offer: Mapping[str, Any] | asyncpg.Record, version: int) -> dict[str, Any]:
    """What each fact says of its offer, a row with `id`, `order_id`, `number`, `item_code`, `priority`, `area_code`."""
    return {
        "subject_id": offer["id"],
        "version": version,
        "area_code": offer["area_code"],
        "is_urgent": is_urgent(offer["priority"]),
        **{name: offer[name] for name in ("order_id", "number", "item_code", "priority")},
    }


def about_take(take_id: int, account_id: int, *, is_lead: bool) -> dict[str, Any]:
    """What each fact besides says of the take that it is about."""
    return {"account_ids": (account_id,), "take_id": take_id, "account_id": account_id, "is_lead": is_lead}
