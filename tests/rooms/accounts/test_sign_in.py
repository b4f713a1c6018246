"""Signing in by password, the growing wait after five failures, and what is told of it."""

import asyncio
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from backend import db
from backend.accounts import passwords
from backend.accounts import service as accounts
from backend.accounts.errors import SessionEnded, SignInRefused, SignInsSlowed
from backend.accounts.service import guessing, traces
from backend.accounts.structs import Credentials, Grant, Role
from backend.duty import service as duty
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

    assert refused.value.key == SignInRefused.code
    assert refused.value.extra == {}


async def test_an_unknown_name_costs_a_verification_too(now, monkeypatch):
    verified = []
    monkeypatch.setattr(passwords, "_matches", lambda password, stored: verified.append(stored) or False)

    with pytest.raises(SignInRefused):
        await accounts.sign_in(typed("nobody"), keyring(), now)

    assert verified == [None]


async def test_somebody_who_left_cannot_sign_in(now):
    wang = await make_staff(username="wang")
    await duty.deactivate(wang.account_id, now)

    with pytest.raises(SignInRefused):
        await accounts.sign_in(typed(), keyring(), now)


async def test_after_five_failures_each_further_try_from_there_waits_longer(now):
    await make_staff(username="wang")
    await fail(5, now)

    waits, at = [], now
    for _ in range(7):
        with pytest.raises(SignInsSlowed) as slowed:
            await accounts.sign_in(typed(), keyring(), at)
        waits.append(slowed.value.extra["retry_after_s"])
        at += timedelta(seconds=waits[-1])
        await fail(1, at)

    assert waits == [30, 60, 120, 240, 480, 900, 900]
    assert await accounts.sign_in(typed(), keyring(), at + timedelta(minutes=15))


async def test_a_strangers_guesses_do_not_keep_the_owner_out(now):
    await make_staff(username="wang")
    await fail(5, now)

    assert await accounts.sign_in(typed(), keyring(), now, address="192.0.2.7")


async def test_a_name_that_nobody_has_waits_alike(now):
    for _ in range(5):
        with pytest.raises(SignInRefused):
            await accounts.sign_in(typed("nobody"), keyring(), now)

    with pytest.raises(SignInsSlowed):
        await accounts.sign_in(typed("nobody"), keyring(), now)


async def test_tries_at_the_same_moment_are_counted_each(now):
    await make_staff(username="wang")
    tries = (accounts.sign_in(typed(password="wrong"), keyring(), now) for _ in range(12))

    refused = [type(each) for each in await asyncio.gather(*tries, return_exceptions=True)]

    assert refused.count(SignInRefused) == 5
    assert refused.count(SignInsSlowed) == 7


async def test_a_success_forgives_the_failures_before_it(now):
    await make_staff(username="wang")
    await fail(4, now)
    await accounts.sign_in(typed(), keyring(), now)

    await fail(4, now)

    assert await accounts.sign_in(typed(), keyring(), now)


async def test_an_operator_unlocks(now):
    wang = await make_staff(username="wang")
    await fail(5, now)

    await accounts.unlock(wang.account_id)

    assert await accounts.sign_in(typed(), keyring(), now)


async def test_after_a_day_failures_are_forgotten(now):
    await make_staff(username="wang")
    await fail(5, now)

    later = now + timedelta(days=1, seconds=31)
    await fail(4, later)
    assert await accounts.sign_in(typed(), keyring(), later)
    await guessing.prune(now + timedelta(days=3))
    assert await db.fetchval("SELECT count(*) FROM sign_in_failure") == 0


async def test_what_happens_to_an_account_is_told_with_the_address(now):
    wang = await make_staff(username="wang")
    with pytest.raises(SignInRefused):
        await accounts.sign_in(typed(password="mistyped-it"), keyring(), now, address="192.0.2.7")
    tokens = await accounts.sign_in(typed(), keyring(), now, address="192.0.2.7")
    await accounts.sign_out(keyring().open(tokens.access_token, now).session_id, now, "192.0.2.7")
    await accounts.set_password(wang.account_id, "Another-horse-8", now)
    await accounts.grant(wang.account_id, Grant(Role.VERIFIER, "310115"))
    await accounts.ungrant(wang.account_id, Grant(Role.VERIFIER, "310115"))
    await accounts.unlock(wang.account_id)
    await duty.deactivate(wang.account_id, now)

    told = [(each.name, each.body.get("address")) for each in await accounts.list_traces(wang.account_id, 50)]

    assert [name for name, _ in reversed(told) if name != "StaffLeft"] == [
        *("SignInFailed", "SignedIn", "SignedOut", "PasswordSet"),
        *("RoleGranted", "RoleTaken", "SignInsUnlocked", "AccountClosed"),
    ]
    assert [address for name, address in told if name in ("SignInFailed", "SignedIn", "SignedOut")] == ["192.0.2.7"] * 3
    kept = await db.fetchval("SELECT string_agg(body::text, '') FROM event_log")
    assert not any(secret in kept for secret in (PASSWORD, "mistyped-it", "Another-horse-8", tokens.refresh_token))


async def test_a_token_that_came_twice_leaves_a_trace(now):
    wang = await make_staff(username="wang")
    tokens = await accounts.sign_in(typed(), keyring(), now)
    await accounts.refresh(tokens.refresh_token, keyring(), now)

    with pytest.raises(SessionEnded):
        await accounts.refresh(tokens.refresh_token, keyring(), now)

    assert (await accounts.list_traces(wang.account_id, 1))[0].name == "TokenReused"


async def test_traces_go_after_their_term(now):
    wang = await make_staff(username="wang")
    await accounts.sign_in(typed(), keyring(), now)
    recorded_at = await db.fetchval("SELECT max(recorded_at) FROM event_log")

    assert await traces.forget_old(recorded_at + traces.RETENTION) == 0
    assert await traces.forget_old(recorded_at + traces.RETENTION + timedelta(seconds=1)) == 1
    assert await accounts.list_traces(wang.account_id, 1) == []


async def test_a_hash_made_with_older_parameters_is_renewed(now):
    wang = await make_staff(username="wang")
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    await db.execute("UPDATE account SET password_hash = $2 WHERE id = $1", wang.account_id, weak)

    await accounts.sign_in(typed(), keyring(), now)

    stored = await db.fetchval("SELECT password_hash FROM account WHERE id = $1", wang.account_id)
    assert not passwords.is_outdated(stored)
    assert await passwords.is_right(PASSWORD, stored)
