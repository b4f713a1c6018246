"""The bar of each role: whose pages it leads to, what folds on a phone, and which entry is the page at hand."""

import pytest

from backend.accounts.structs import Actor, Grant, Role
from backend.web.views.homes import home_of
from backend.web.views.menu import Menu, entries_of, menu_of
from backend.web.views.menu_groups import GROUPED_FROM

ENTRIES = {
    Role.RESIDENT: "inbox",
    Role.SHOP_OWNER: "shop inbox",
    Role.VOLUNTEER: "volunteer hall patrols checks elders inbox",
    Role.INSPECTOR: "quick-report verify patrols checks self-handling here inspections shops lifts codes inbox",
    Role.HANDLER: "work hall patrols checks evaluation/me inspections inbox",
    Role.VERIFIER: "verify inspections shops inbox",
    Role.DISPATCHER: "desk overview board campaigns pickups shops opinion evaluation indicators"
    " consultations lifts emergencies inbox",
    Role.COMMITTEE: "committee quick-report overview board hall patrols checks self-handling here desk campaigns shops"
    " opinion evaluation indicators consultations lifts elders emergencies codes committee/volunteers inbox",
    Role.STREET_ADMIN: "overview desk board campaigns duty-changes pickups inspections shops opinion evaluation"
    " indicators policies consultations"
    " lifts elders emergencies codes committee/hours inbox",
    Role.DISTRICT_ADMIN: "overview desk board campaigns pickups inspections shops opinion evaluation indicators"
    " policies consultations lifts elders emergencies codes committee/hours inbox",
}


def somebody(*roles: Role, is_device: bool = False) -> Actor:
    grants = tuple(Grant(role, "310115105") for role in roles)
    return Actor(account_id=1, name="某人", grants=grants, unit_id=1, is_device=is_device)


def bar(path: str, *roles: Role, big: bool = False, unread: int = 0, is_device: bool = False) -> Menu:
    menu = menu_of(somebody(*roles, is_device=is_device), path, lang="zh", big=big, unread=unread)
    assert menu is not None
    return menu


@pytest.mark.parametrize("role", Role)
def test_each_role_has_its_own_pages_in_the_bar(role: Role) -> None:
    assert entries_of(somebody(role)) == [f"/{name}" for name in ENTRIES[role].split()]


def test_who_has_several_roles_reaches_all_of_them_home_first() -> None:
    both = somebody(Role.INSPECTOR, Role.HANDLER)

    assert set(entries_of(both)) == {
        f"/{name}" for role in (Role.INSPECTOR, Role.HANDLER) for name in ENTRIES[role].split()
    }
    assert entries_of(both)[0] == home_of(both) == "/work"


def test_a_handler_whose_unit_is_no_authority_is_offered_no_inspections() -> None:
    assert "/inspections" not in entries_of(somebody(Role.HANDLER), inspects=False)
    assert "/inspections" in entries_of(somebody(Role.HANDLER, Role.VERIFIER), inspects=False)


def test_nothing_is_lost_by_folding_and_home_and_inbox_never_fold() -> None:
    for role in Role:
        for big in (False, True):
            menu = bar("/", role, big=big, unread=12)
            paths = [entry.path for entry in (*menu.shown, *menu.on_phones)]
            assert sorted(paths) == sorted([*entries_of(somebody(role)), "/sign-out"])
            assert {home_of(somebody(role)), "/inbox"} - {"/"} <= {entry.path for entry in menu.shown}


def test_the_bar_of_few_pages_folds_nothing_and_a_phone_without_an_account_signs_out_of_nothing() -> None:
    assert bar("/", Role.VERIFIER).on_phones == ()
    assert [entry.path for entry in bar("/shop", Role.SHOP_OWNER, is_device=True).shown] == ["/shop", "/inbox"]
    assert menu_of(somebody(is_device=True), "/", lang="zh", big=False) is None
    assert menu_of(None, "/", lang="zh", big=False) is None


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/desk/map?tab=open", "/desk"),
        ("/committee/duty-list", "/committee"),
        ("/committee/goods", "/committee/volunteers"),
        ("/shops/overview", "/shops"),
        ("/o/12", None),
    ],
)
def test_the_page_at_hand_is_marked_the_deepest_of_nested_ones(path: str, current: str | None) -> None:
    menu = bar(path, Role.COMMITTEE)
    marked = [entry.path for entry in (*menu.shown, *menu.on_phones) if entry.is_current]

    assert marked == ([current] if current else [])


def test_a_long_bar_folds_in_groups_with_headings_and_a_short_one_in_one_list():
    for role in Role:
        menu = bar("/", role)
        held = [entry.path for group in menu.groups for entry in (*group.wide, *group.folded)]
        assert sorted(held) == sorted(entry.path for entry in menu.on_phones)
        assert (len(menu.groups) > 1) == (len(menu.on_phones) >= GROUPED_FROM)


def test_only_signing_out_stands_without_a_heading():
    for role in (Role.STREET_ADMIN, Role.COMMITTEE, Role.DISPATCHER, Role.INSPECTOR):
        rest = [group for group in bar("/", role).groups if not group.name]
        assert [entry.path for group in rest for entry in (*group.wide, *group.folded)] == ["/sign-out"]
