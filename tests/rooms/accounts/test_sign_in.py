"""Signing in by password, and the lock after five failures."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from backend import db
from backend.accounts import passwords
from backend.accounts import service as accounts
from backend.accounts.errors import SignInRefused
from backend.accounts.structs import Credentials, Grant, Role
from tests.makers.accounts import PASSWORD, keyring, make_staff

pytestmark = pytest.mark.usefixtures("database")


def typed(username="wang", password=PASSWORD):
    return Credentials(username=username, password=password)


async def fail(times, now):
    for _ in range(times):
        with pytest.raises(SignInRefused):
            await accounts.sign_in(typed(password="wrong"), keyring(), now)


async def test_the_access_token_says_who_where_and_what(now):
    wang = await make_staff(Role.HANDLER, area="310115105", username="wang", name="王师傅")

    tokens = await accounts.sign_in(typed(), keyring(), now)

    opened = keyring().open(tokens.access_token, now)
    assert opened.actor == wang
    assert opened.actor.grants == (Grant(Role.HANDLER, "310115105"),)
    assert tokens.expires_in == 600


async def test_the_case_of_the_username_does_not_matter(now):
    await make_staff(username="wang")

    assert await accounts.sign_in(typed(" Wang "), keyring(), now)


async def test_only_the_hash_of_the_refresh_token_is_kept(now):
    await make_staff(username="wang")

    tokens = await accounts.sign_in(typed(), keyring(), now)

    rows = await db.fetch("SELECT s::text AS whole FROM session s")
    secret = tokens.refresh_token.split(".")[1]
    assert rows
    assert all(secret not in row["whole"] for row in rows)


@pytest.mark.parametrize("credentials", [typed("nobody"), typed(password="wrong")])
async def test_an_unknown_name_and_a_wrong_password_are_refused_alike(credentials, now):
    await make_staff(username="wang")

    with pytest.raises(SignInRefused) as refused:
        await accounts.sign_in(credentials, keyring(), now)

    assert refused.value.zh == SignInRefused.headline_zh
    assert refused.value.extra == {}


async def test_an_unknown_name_costs_a_verification_too(now, monkeypatch):
    verified = []
    monkeypatch.setattr(passwords, "_matches", lambda password, stored: verified.append(stored) or False)

    with pytest.raises(SignInRefused):
        await accounts.sign_in(typed("nobody"), keyring(), now)

    assert verified == [None]


async def test_somebody_who_left_cannot_sign_in(now):
    wang = await make_staff(username="wang")
    await accounts.deactivate(wang.account_id, now)

    with pytest.raises(SignInRefused):
        await accounts.sign_in(typed(), keyring(), now)


async def test_after_five_failures_the_right_password_is_refused_for_fifteen_minutes(now):
    await make_staff(username="wang")
    await fail(5, now)

    with pytest.raises(SignInRefused):
        await accounts.sign_in(typed(), keyring(), now + timedelta(minutes=14))

    assert await accounts.sign_in(typed(), keyring(), now + timedelta(minutes=15))


async def test_a_success_forgives_the_failures_before_it(now):
    await make_staff(username="wang")
    await fail(4, now)
    await accounts.sign_in(typed(), keyring(), now)

    await fail(4, now)

    assert await accounts.sign_in(typed(), keyring(), now)


async def test_knocking_on_a_locked_account_does_not_lengthen_the_lock(now):
    await make_staff(username="wang")
    await fail(5, now)
    await fail(6, now + timedelta(minutes=14))

    assert await accounts.sign_in(typed(), keyring(), now + timedelta(minutes=16))


async def test_a_hash_made_with_older_parameters_is_renewed(now):
    wang = await make_staff(username="wang")
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    await db.execute("UPDATE account SET password_hash = $2 WHERE id = $1", wang.account_id, weak)

    await accounts.sign_in(typed(), keyring(), now)

    stored = await db.fetchval("SELECT password_hash FROM account WHERE id = $1", wang.account_id)
    assert not passwords.is_outdated(stored)
    assert await passwords.is_right(PASSWORD, stored)
