"""Pure questions about an order: is the handler there, is the evidence complete, may this person make this move.

No clock, no database, no await. What it does not decide: which moves a state allows (states.py).
"""

from dataclasses import dataclass, replace

from backend.accounts.scope import is_helper
from backend.accounts.structs import Actor, Role
from backend.orders.model.states import Authority, Transition
from backend.orders.model.transition_table import GRABBERS, TransitionRule, rule_of

URGENT = ("P0", "P1")
MAX_ACCURACY_M = 100.0
"""A fix less exact than this never proves arrival by itself."""
SYSTEM = "system"
"""The role of the system in the steps that it makes itself."""
REPORTER = "reporter"
"""The role in the steps of whoever moves as one who reported the order, first or later."""
_REPORTERS = (
    Authority.REPORTER,
    Authority.FIRST_REPORTER,
    Authority.LATER_REPORTER,
    Authority.OPENER,
    Authority.ANYBODY,
    Authority.MERCHANT,
    Authority.BRANCH,
)


@dataclass(frozen=True, slots=True)
class Ownership:
    """The facts of an order that decide who may act on it."""

    area_code: str
    unit_id: int | None
    handler_id: int | None
    is_open: bool = True
    """Whether it goes on."""
    opened_by_id: int | None = None
    first_reporter_id: int | None = None
    """The opener, or where the system opened it the first who joined."""
    is_follower: bool = False
    """Whether the actor in question reported it later than the opener."""
    had_a_hand: bool = False
    """Whether the actor in question worked on it, also before it was given to somebody else."""
    awaits_merchant: bool = False
    """Whether its fix waits for the word of whoever asked for it."""


def is_on_site(distance_m: float, accuracy_m: float | None, radius_m: float) -> bool:
    """Whether a fix proves presence: its nearest possible point lies within the radius, and it is exact enough.

    A fix of unknown accuracy is taken as the very point: it gets no allowance.
    """
    slack_m = accuracy_m or 0.0
    return slack_m <= MAX_ACCURACY_M and distance_m - slack_m <= radius_m


def is_urgent(priority: str) -> bool:
    """Whether an order of this priority waits for no night and no backlog. Its priority never changes."""
    return priority in URGENT


def missing_photos(needed: int, uploaded: int) -> int:
    return max(0, needed - uploaded)


def may_make(actor: Actor, move: Transition, order: Ownership) -> bool:
    """Whether this person may make this move on this order, if its state allows the move at all."""
    row = rule_of(move)
    is_opener = order.opened_by_id is not None and order.opened_by_id == actor.account_id
    is_reporter = is_opener or order.is_follower
    is_first = order.first_reporter_id is not None and order.first_reporter_id == actor.account_id
    match row.who:
        case Authority.ANYBODY:
            return True
        case Authority.SYSTEM | Authority.BRANCH:
            return False
        case Authority.MERCHANT:
            return is_opener and order.awaits_merchant and _is_free_of_it(actor, order)
        case Authority.REPORTER:
            return is_reporter
        case Authority.FIRST_REPORTER:
            return is_first
        case Authority.LATER_REPORTER:
            return is_reporter and not is_first
        case Authority.GRABBER:
            return _holds(actor, row, order.area_code) or is_helper(actor)
        case Authority.OPENER:
            return is_opener and _holds(actor, row, order.area_code)
        case Authority.CONCERNED if is_reporter:
            return True
    return _has_taken(actor, row, order) or (_holds(actor, row, order.area_code) and _is_the_one(actor, row, order))


def is_barred_by_hand(actor: Actor, move: Transition, order: Ownership) -> bool:
    """Whether nothing but the own work on it keeps this person from judging it."""
    return order.had_a_hand and may_make(actor, move, replace(order, handler_id=None, had_a_hand=False))


def _is_free_of_it(actor: Actor, order: Ownership) -> bool:
    return order.handler_id != actor.account_id and not order.had_a_hand


def _is_the_one(actor: Actor, row: TransitionRule, order: Ownership) -> bool:
    """Of those who hold the role where the order lies: is it this person's to do?"""
    match row.who:
        case Authority.UNIT:
            return _is_of_unit(actor, order)
        case Authority.HOLDER:
            return _is_holder(actor, row, order)
        case Authority.NOT_HANDLER:
            return order.handler_id != actor.account_id
        case Authority.NO_HAND:
            return _is_free_of_it(actor, order)
        case _:
            return True


def _is_holder(actor: Actor, row: TransitionRule, order: Ownership) -> bool:
    if _holds_one_of(actor, [role for role in row.roles if role not in GRABBERS], order.area_code):
        return True
    if order.handler_id is None:
        return _is_of_unit(actor, order)
    return order.handler_id == actor.account_id


def _has_taken(actor: Actor, row: TransitionRule, order: Ownership) -> bool:
    """A volunteer who took it out of the pool works on it, also in a neighbouring area."""
    is_holder = order.handler_id is not None and order.handler_id == actor.account_id
    return row.who is Authority.HOLDER and Role.VOLUNTEER in row.roles and is_holder and is_helper(actor)


def _is_of_unit(actor: Actor, order: Ownership) -> bool:
    return order.unit_id is not None and actor.unit_id == order.unit_id


def _holds(actor: Actor, row: TransitionRule, area_code: str) -> bool:
    return _holds_one_of(actor, list(row.roles), area_code)


def _holds_one_of(actor: Actor, roles: list[Role], area_code: str) -> bool:
    return actor.holds(area_code, *roles)


def may_self_handle(actor: Actor, area_code: str) -> bool:
    """Whether this person may close at once what he or she reports in that area."""
    return _holds(actor, rule_of(Transition.SELF_HANDLE), area_code)


def role_for(actor: Actor, move: Transition, order: Ownership) -> str:
    """The role in which the actor makes this move, for the record."""
    row = rule_of(move)
    if row.who is Authority.SYSTEM:
        return SYSTEM
    own = (grant.role for grant in actor.grants if grant.role in row.roles and actor.holds(order.area_code, grant.role))
    is_reporter = order.opened_by_id == actor.account_id or order.is_follower
    if row.who in _REPORTERS or (row.who is Authority.CONCERNED and is_reporter):
        return REPORTER
    return next(own, Role.VOLUNTEER).value
