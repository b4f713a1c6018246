"""When a position proves presence, and who may make which move."""

import pytest

from backend.accounts.structs import Actor, Grant, Role
from backend.orders.model import rules
from backend.orders.model.rules import Ownership
from backend.orders.model.states import Transition

TOWN = "310115105"
ORDER = Ownership(area_code=f"{TOWN}001", unit_id=7, handler_id=1)


@pytest.mark.parametrize(
    ("distance_m", "accuracy_m", "radius_m", "is_there"),
    [
        (0, 5, 80, True),
        (80, 0, 80, True),
        (80.1, 0, 80, False),
        (100, 20, 80, True),
        (100, 19, 80, False),
        (10, 101, 80, False),
        (170, 100, 80, True),
    ],
)
def test_presence_is_distance_less_accuracy_within_the_radius(distance_m, accuracy_m, radius_m, is_there):
    assert rules.is_on_site(distance_m, accuracy_m, radius_m) is is_there


def actor(role: Role, area: str = TOWN, account_id: int = 1, unit_id: int | None = 7) -> Actor:
    return Actor(account_id=account_id, name="", grants=(Grant(role, area),), unit_id=unit_id)


@pytest.mark.parametrize(
    ("who", "move", "may"),
    [
        (actor(Role.HANDLER), Transition.ACCEPT, True),
        (actor(Role.HANDLER, account_id=2), Transition.ACCEPT, True),
        (actor(Role.HANDLER, unit_id=8), Transition.ACCEPT, False),
        (actor(Role.HANDLER, area="310115106"), Transition.ACCEPT, False),
        (actor(Role.VERIFIER), Transition.ACCEPT, False),
        (actor(Role.HANDLER, account_id=2), Transition.FINISH, False),
        (actor(Role.HANDLER), Transition.FINISH, True),
        (actor(Role.VERIFIER, account_id=1), Transition.PASS, False),
        (actor(Role.VERIFIER, account_id=3), Transition.PASS, True),
        (actor(Role.INSPECTOR, account_id=3), Transition.REWORK, True),
        (actor(Role.DISPATCHER, account_id=3), Transition.PASS, False),
    ],
)
def test_who_may_make_a_move_on_this_order(who, move, may):
    assert rules.may_make(who, move, ORDER) is may


def test_a_role_without_an_area_is_held_nowhere():
    assert not rules.may_make(actor(Role.HANDLER, area=""), Transition.ACCEPT, ORDER)
