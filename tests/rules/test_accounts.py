"""Passwords, tokens, permissions and scope: questions that need no database."""

from datetime import timedelta
from uuid import uuid4

import jwt
import pytest

from backend.accounts import passwords, tokens
from backend.accounts.errors import AccessTokenExpired, AccessTokenRefused, WeakPassword
from backend.accounts.keyring import CLOCK_SKEW, TokenKeyring
from backend.accounts.permissions import HOLDERS, Permission, may, may_within
from backend.accounts.scope import prefixes, scope_of, sees_area
from backend.accounts.structs import Actor, Grant, Role
from backend.accounts.tokens import ACCESS_LIFE

SECRET, OTHER = "s" * 40, "o" * 40


def actor(*grants, unit_id=None):
    return Actor(account_id=7, name="王", grants=tuple(Grant(*each) for each in grants), unit_id=unit_id)


@pytest.mark.parametrize(
    "password",
    ["", "Short-1", "alllowercase1", "12345678901234", "onlylowercase", "WANG-wang-2026", "汉字汉字汉字汉字汉字汉字a"],
)
def test_a_weak_password_is_refused(password):
    with pytest.raises(WeakPassword):
        passwords.check_strength(password, "wang")


@pytest.mark.parametrize("password", ["Correct-horse-7", "aaaa bbbb 1111", "密码Password很长很长1"])
def test_twelve_characters_of_three_kinds_will_do(password):
    passwords.check_strength(password, "wang")


def test_an_access_token_is_opened_with_the_key_that_sealed_it(now):
    sealed = TokenKeyring(SECRET).seal(actor((Role.HANDLER, "310115"), unit_id=3), uuid4(), now)

    assert TokenKeyring(SECRET).open(sealed, now).actor == actor((Role.HANDLER, "310115"), unit_id=3)


def test_a_token_of_the_key_before_is_still_opened(now):
    sealed = TokenKeyring(OTHER).seal(actor(), uuid4(), now)

    assert TokenKeyring(SECRET, OTHER).open(sealed, now).actor == actor()


def test_a_token_of_another_key_is_refused(now):
    sealed = TokenKeyring(OTHER).seal(actor(), uuid4(), now)

    with pytest.raises(AccessTokenRefused):
        TokenKeyring(SECRET).open(sealed, now)


def test_a_token_runs_out_after_its_life_and_a_little_skew(now):
    keys = TokenKeyring(SECRET)
    sealed = keys.seal(actor(), uuid4(), now)

    keys.open(sealed, now + ACCESS_LIFE + CLOCK_SKEW)
    with pytest.raises(AccessTokenExpired):
        keys.open(sealed, now + ACCESS_LIFE + CLOCK_SKEW + timedelta(seconds=1))


def test_a_changed_token_is_refused_also_when_the_true_one_is_remembered(now):
    keys = TokenKeyring(SECRET)
    sealed = keys.seal(actor(), uuid4(), now)
    keys.open(sealed, now)
    head, body, signature = sealed.split(".")

    for changed in (f"{head}.{body}.{signature[::-1]}", f"{head}.{body[::-1]}.{signature}", f"{head}.{body}."):
        with pytest.raises(AccessTokenRefused):
            keys.open(changed, now)


@pytest.mark.parametrize("claims", [{}, {"sub": "7"}, {"sub": "x", "exp": 1}])
def test_a_token_without_our_claims_is_refused(claims, now):
    keys = TokenKeyring(SECRET)
    forged = jwt.encode(claims, keys._key, "HS256", headers={"kid": keys._id})

    with pytest.raises(AccessTokenRefused):
        keys.open(forged, now)


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.e30."])
def test_what_is_no_token_is_refused(text, now):
    with pytest.raises(AccessTokenRefused):
        TokenKeyring(SECRET).open(text, now)


def test_a_token_that_names_no_algorithm_is_refused(now):
    keys = TokenKeyring(SECRET)
    unsigned = jwt.encode({"sub": "7"}, None, "none", headers={"kid": keys._id})  # type: ignore[arg-type]

    with pytest.raises(AccessTokenRefused):
        keys.open(unsigned, now)


def test_a_refresh_token_has_one_successor_under_one_key():
    token = tokens.first_refresh_token(uuid4())

    assert TokenKeyring(SECRET).successor(token) == TokenKeyring(SECRET).successor(token)
    assert TokenKeyring(SECRET).successor(token) != TokenKeyring(OTHER).successor(token)
    assert tokens.read_refresh_token(token.text) == token


def test_each_role_opens_exactly_its_doors():
    held = {role: {each for each in Permission if may(actor((role, "31")), each)} for role in Role}

    assert held == {role: {each for each, holders in HOLDERS.items() if role in holders} for role in Role}
    assert held[Role.RESIDENT] == set()
    assert held[Role.VOLUNTEER] == {Permission.GRAB_ORDERS, Permission.WORK_ON_ORDERS}
    assert held[Role.HANDLER] - held[Role.VOLUNTEER] == {
        Permission.HANDLE_ORDERS,
        Permission.READ_HISTORY,
        Permission.INSPECT_SHOPS,
    }


def test_an_area_role_sees_its_areas_whole():
    who = actor((Role.VERIFIER, "310115105"), (Role.COMMITTEE, "310115106001"), (Role.VERIFIER, "310115105"))

    assert scope_of(who).areas == ["310115105", "310115106001"]
    assert sees_area(who, "310115105001")
    assert not sees_area(who, "310115107")


def test_a_right_and_an_area_of_two_grants_never_add_up():
    who = actor((Role.COMMITTEE, "310115105"), (Role.VERIFIER, "310104"))

    assert may(who, Permission.READ_ORIGINALS)
    assert may_within(who, Permission.READ_ORIGINALS, "310104003001")
    assert not may_within(who, Permission.READ_ORIGINALS, "310115105001")


def test_a_handler_sees_the_units_orders_within_the_areas_held():
    scope = scope_of(actor((Role.HANDLER, "310115105"), unit_id=3))

    assert (scope.areas, scope.unit_id, scope.unit_areas) == ([], 3, ["310115105"])


@pytest.mark.parametrize("role", list(Role))
def test_a_role_without_an_area_sees_nothing_more_than_its_own(role):
    scope = scope_of(actor((role, ""), unit_id=3))

    assert (scope.areas, scope.unit_areas) == ([], [])


def test_the_prefixes_of_a_cell_climb_to_the_world():
    assert prefixes("310115105001003") == [
        "", "31", "3101", "310115", "310115105", "310115105001", "310115105001003",
    ]  # fmt: skip
