"""Who may take what, and what giving back or not coming costs. No clock, no database, no await.

Whoever may take nothing is told every reason, the one that passes last at the end.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.accounts.permissions import Permission, areas_of
from backend.accounts.structs import Actor, Role
from grab_orders.offers.structs import Barrier, OfferState

OPEN_ORDERS_MAX = 3
"""So many at once: on the way to them or at work on them."""
REACH_M = 1500.0
"""A volunteer helps beyond the own committee within so many metres."""
ROUNDS_MAX = 2
"""What came back so often goes to the unit's duty."""
GIVE_BACK_COOLS = (timedelta(0), timedelta(minutes=15), timedelta(hours=12))
"""By how often on one day; the last holds for more."""
NO_SHOW_COOLS = (timedelta(hours=1), timedelta(hours=24), timedelta(hours=72))
NO_SHOWS_COUNT_FOR = timedelta(days=30)
LEASE_URGENT, LEASE_OTHERWISE, LEASE_LEAST = timedelta(minutes=10), timedelta(minutes=30), timedelta(minutes=5)
POINTS = {"P1": 20, "P2": 10, "P3": 8, "P4": 5}
"""What finished and confirmed work is worth, where the item says nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taker:
    """What decides of a person, as it is while their row is locked."""

    account_id: int
    areas: tuple[str, ...]
    """Prefixes of the areas in which one may take orders."""
    is_volunteer: bool
    is_on_call: bool
    is_minor: bool = False
    skills: frozenset[str] = frozenset()
    open_orders: int = 0
    cools_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What decides of an offer."""

    state: OfferState
    area_code: str
    needed: int
    taken: int
    closes_at: datetime
    reporter_ids: frozenset[int] = frozenset()
    skill: str = ""
    is_adults_only: bool = False
    distance_m: float | None = None
    """From the person to it; None where the person did not say."""
    was_given_back: bool = False
    """Whether this very person gave it back or did not come."""


def gone(offer: Offered, now: datetime) -> Barrier | None:
    """Why nobody may take it any more; None while somebody may."""
    if offer.state is OfferState.ENDED:
        return Barrier.WITHDRAWN
    if offer.state is OfferState.HELD or offer.taken >= offer.needed:
        return Barrier.TAKEN
    return Barrier.WINDOW_OVER if offer.closes_at <= now else None


def barriers(person: Taker, offer: Offered, now: datetime) -> list[Barrier]:
    """Everything that keeps this person from taking this offer now; empty: may take it."""
    found = gone(offer, now)
    return [*([found] if found else []), *_of_person(person, offer, now)]


def _of_person(person: Taker, offer: Offered, now: datetime) -> Iterator[Barrier]:
    if offer.was_given_back:
        yield Barrier.GAVE_BACK_BEFORE
    if person.account_id in offer.reporter_ids:
        yield Barrier.OWN_REPORT
    if not is_within_reach(person, offer.area_code, offer.distance_m):
        yield Barrier.TOO_FAR
    if offer.is_adults_only and person.is_minor:
        yield Barrier.ADULTS_ONLY
    if offer.skill and offer.skill not in person.skills:
        yield Barrier.SKILL_MISSING
    if not person.is_on_call:
        yield Barrier.NOT_ON_CALL
    if person.cools_until is not None and person.cools_until > now:
        yield Barrier.COOLING_DOWN
    if person.open_orders >= OPEN_ORDERS_MAX:
        yield Barrier.LIMIT_REACHED


def is_within_reach(person: Taker, area_code: str, distance_m: float | None) -> bool:
    """In an area of the own, or near enough for a volunteer who says where they are."""
    if any(area_code.startswith(area) for area in person.areas):
        return True
    return person.is_volunteer and distance_m is not None and distance_m <= REACH_M


def taker_of(actor: Actor) -> Taker:
    """What the grants alone say."""
    return Taker(
        account_id=actor.account_id,
        areas=tuple(areas_of(actor, Permission.GRAB_ORDERS)),
        is_volunteer=bool(actor.areas_of(Role.VOLUNTEER)),
        is_on_call=True,
    )


def lease_until(now: datetime, priority: str, arrive_by: datetime | None, resolve_by: datetime) -> datetime:
    """By when whoever takes it has to be there: soon, not after the order's own limits, and in minutes on foot."""
    usual = LEASE_URGENT if priority == "P1" else LEASE_OTHERWISE
    earliest = min(now + usual, resolve_by, *([arrive_by] if arrive_by else []))
    return max(earliest, now + LEASE_LEAST)


def cools_after_give_back(times_today: int) -> timedelta:
    """How long somebody takes nothing after the so manieth give-back of a day, counted from one."""
    return GIVE_BACK_COOLS[min(times_today, len(GIVE_BACK_COOLS)) - 1]


def cools_after_no_show(times: int) -> timedelta:
    return NO_SHOW_COOLS[min(times, len(NO_SHOW_COOLS)) - 1]


def no_shows_now(before: int, last_at: datetime | None, now: datetime) -> int:
    """The count with one more; what is long ago counts no more."""
    return 1 if last_at is None or now - last_at > NO_SHOWS_COUNT_FOR else before + 1


def may_offer_again(this_round: int, first_round: int) -> bool:
    """Whether what came back is offered once more instead of going to the unit's duty."""
    return this_round - first_round + 1 < ROUNDS_MAX
