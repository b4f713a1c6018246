"""Where somebody's work begins after signing in."""

import pytest

from backend.accounts.structs import Actor, Grant, Role
from backend.web.views.homes import home_of

HOMES = {
    Role.RESIDENT: "/",
    Role.SHOP_OWNER: "/shop",
    Role.VOLUNTEER: "/volunteer",
    Role.INSPECTOR: "/quick-report",
    Role.HANDLER: "/work",
    Role.VERIFIER: "/verify",
    Role.DISPATCHER: "/desk",
    Role.COMMITTEE: "/committee",
    Role.STREET_ADMIN: "/overview",
    Role.DISTRICT_ADMIN: "/overview",
}


def somebody(*roles: Role) -> Actor:
    return Actor(account_id=1, name="某人", grants=tuple(Grant(role, "310115105") for role in roles))


@pytest.mark.parametrize("role", Role)
def test_each_role_begins_at_the_page_of_its_work(role: Role) -> None:
    assert home_of(somebody(role)) == HOMES[role]


def test_whoever_has_several_roles_begins_where_orders_wait_longest_for_them() -> None:
    assert home_of(somebody(Role.STREET_ADMIN, Role.DISPATCHER)) == "/desk"
    assert home_of(somebody(Role.VOLUNTEER, Role.HANDLER)) == "/work"
