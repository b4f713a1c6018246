"""Refresh tokens follow one another; an old one in other hands ends the session."""

import asyncio
from datetime import timedelta

import pytest

from backend import db
from backend.accounts import service as accounts
from backend.accounts.errors import SessionEnded
from backend.accounts.service.sessions import DEVICE_LIFE, REPEAT_GRACE, STAFF_LIFE
from backend.accounts.structs import Credentials, Role
from tests.makers.accounts import PASSWORD, keyring, make_staff

pytestmark = pytest.mark.usefixtures("database")
LATER = timedelta(minutes=10)


async def signed_in(now):
    await make_staff(Role.HANDLER, username="wang")
    return await accounts.sign_in(Credentials(username="wang", password=PASSWORD), keyring(), now)


async def test_each_refresh_gives_a_new_refresh_token_of_the_same_session(now):
    first = await signed_in(now)

    second = await accounts.refresh(first.refresh_token, keyring(), now + LATER)

    assert second.refresh_token != first.refresh_token
    before, after = (keyring().open(each.access_token, now) for each in (first, second))
    assert after.session_id == before.session_id


async def test_an_old_refresh_token_ends_the_whole_session(now):
    first = await signed_in(now)
    second = await accounts.refresh(first.refresh_token, keyring(), now + LATER)

    with pytest.raises(SessionEnded):
        await accounts.refresh(first.refresh_token, keyring(), now + 2 * LATER)

    with pytest.raises(SessionEnded):
        await accounts.refresh(second.refresh_token, keyring(), now + 2 * LATER)


async def test_a_token_two_steps_old_ends_the_session_even_at_once(now):
    first = await signed_in(now)
    second = await accounts.refresh(first.refresh_token, keyring(), now)
    third = await accounts.refresh(second.refresh_token, keyring(), now)

    with pytest.raises(SessionEnded):
        await accounts.refresh(first.refresh_token, keyring(), now)

    with pytest.raises(SessionEnded):
        await accounts.refresh(third.refresh_token, keyring(), now)


async def test_the_token_just_spent_ends_the_session_at_once(now):
    first = await signed_in(now)
    second = await accounts.refresh(first.refresh_token, keyring(), now)

    with pytest.raises(SessionEnded):
        await accounts.refresh(first.refresh_token, keyring(), now)

    with pytest.raises(SessionEnded):
        await accounts.refresh(second.refresh_token, keyring(), now)


async def test_a_browser_may_ask_again_within_the_grace(now):
    first = await signed_in(now)
    lost = await accounts.refresh(first.refresh_token, keyring(), now + LATER)

    again = await accounts.refresh(first.refresh_token, keyring(), now + LATER + REPEAT_GRACE, grace=REPEAT_GRACE)

    assert again.refresh_token == lost.refresh_token
    assert await accounts.refresh(again.refresh_token, keyring(), now + 2 * LATER)


async def test_tabs_that_refresh_at_once_get_the_same_successor(now):
    first = await signed_in(now)

    refreshing = (accounts.refresh(first.refresh_token, keyring(), now + LATER, grace=REPEAT_GRACE) for _ in range(5))
    answers = await asyncio.gather(*refreshing)

    assert len({each.refresh_token for each in answers}) == 1


@pytest.mark.parametrize("text", ["", "x", "0" * 32, "zz.zz", f"{'0' * 32}.AAAA", "é.ü", "." * 40])
async def test_what_is_no_refresh_token_is_refused(text, now):
    with pytest.raises(SessionEnded):
        await accounts.refresh(text, keyring(), now)


async def test_a_staff_session_ends_thirty_days_after_the_password(now):
    first = await signed_in(now)
    renewed = await accounts.refresh(first.refresh_token, keyring(), now + STAFF_LIFE - LATER)

    assert renewed.refresh_expires_in == LATER.total_seconds()
    with pytest.raises(SessionEnded):
        await accounts.refresh(renewed.refresh_token, keyring(), now + STAFF_LIFE)


async def test_a_device_session_lives_on_with_each_refresh(now):
    first = await accounts.open_device_session(keyring(), now)
    day = timedelta(days=1)

    renewed = await accounts.refresh(first.refresh_token, keyring(), now + DEVICE_LIFE - day)

    assert await accounts.refresh(renewed.refresh_token, keyring(), now + 2 * (DEVICE_LIFE - day))


async def test_roles_granted_meanwhile_come_with_the_next_refresh(now):
    first = await signed_in(now)
    account_id = keyring().open(first.access_token, now).actor.account_id
    await db.execute("DELETE FROM role_grant WHERE account_id = $1", account_id)

    renewed = await accounts.refresh(first.refresh_token, keyring(), now + LATER)

    assert keyring().open(renewed.access_token, now).actor.grants == ()


async def test_signing_out_ends_the_session_and_may_be_repeated(now):
    first = await signed_in(now)
    session_id = keyring().open(first.access_token, now).session_id

    await accounts.sign_out(session_id, now)
    await accounts.sign_out(session_id, now)

    with pytest.raises(SessionEnded):
        await accounts.refresh(first.refresh_token, keyring(), now)


async def test_somebody_who_left_cannot_refresh(now):
    first = await signed_in(now)
    await db.execute("UPDATE account SET is_active = false")

    with pytest.raises(SessionEnded):
        await accounts.refresh(first.refresh_token, keyring(), now)
