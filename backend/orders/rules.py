"""Pure questions about an order: is the handler there, is the evidence complete, may this person make this move.

No clock, no database, no await. What it does not decide: which moves a state allows (states.py).
"""

from dataclasses import dataclass

from backend.accounts.structs import Actor, Role
from backend.orders.states import VERIFIERS, Move, row_of

MAX_ACCURACY_M = 100.0
"""A fix less exact than this never proves arrival by itself."""


@dataclass(frozen=True, slots=True)
class Ownership:
    """The facts of an order that decide who may act on it."""

    area_code: str
    unit_id: int | None
    handler_id: int | None


def is_on_site(distance_m: float, accuracy_m: float, radius_m: float) -> bool:
    """Whether a fix proves presence: its nearest possible point lies within the radius, and it is exact enough."""
    return accuracy_m <= MAX_ACCURACY_M and distance_m - accuracy_m <= radius_m


def holds_role_for(actor: Actor, move: Move, area_code: str) -> bool:
    """Whether the actor holds one of the move's roles where the order lies."""
    return any(area_code.startswith(area) for area in actor.areas_of(*row_of(move).roles))


def may_make(actor: Actor, move: Move, order: Ownership) -> bool:
    """Whether this person may make this move on this order, if its state allows the move at all."""
    if not holds_role_for(actor, move, order.area_code):
        return False
    if move is Move.ACCEPT:
        return order.unit_id is None or actor.unit_id == order.unit_id
    if row_of(move).roles == (Role.HANDLER,):
        return order.handler_id == actor.account_id
    return row_of(move).roles != VERIFIERS or order.handler_id != actor.account_id


def missing_photos(needed: int, brought: int) -> int:
    return max(0, needed - brought)
