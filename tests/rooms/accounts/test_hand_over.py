"""A session is given to the mini-program's web-view by a link: once, for a minute, and for as long as it stands."""

import asyncio
from datetime import datetime, timedelta

import pytest

from backend import db
from backend.accounts import jobs, queries
from backend.accounts import service as accounts
from backend.accounts.errors import LinkSpent, SessionEnded, SessionWasGiven
from backend.accounts.service.sessions import STAFF_LIFE
from backend.accounts.structs import Credentials, Role, Tokens
from backend.accounts.tokens import Pass
from tests.makers.accounts import PASSWORD, keyring, make_staff

pytestmark = pytest.mark.usefixtures("database")
SECOND = timedelta(seconds=1)


def opened(tokens: Tokens, now: datetime) -> Pass:
    return keyring().open(tokens.access_token, now)


async def signed_in(now: datetime) -> Tokens:
    await make_staff(Role.HANDLER, username="wang")
    return await accounts.sign_in(Credentials(username="wang", password=PASSWORD), keyring(), now)


async def link_of(tokens: Tokens, now: datetime) -> str:
    return (await accounts.hand_over(opened(tokens, now).session_id, now)).url_token


async def test_a_link_serves_once_also_for_two_at_once(now: datetime) -> None:
    giving = await accounts.open_device_session(keyring(), now)
    token = await link_of(giving, now)
    assert token.encode() not in (await db.fetchval("SELECT token_hash FROM session_link"))

    taking = (accounts.take_over(token, keyring(), now + SECOND) for _ in range(2))
    first, second = sorted(await asyncio.gather(*taking, return_exceptions=True), key=lambda each: type(each).__name__)

    assert isinstance(first, LinkSpent)
    assert isinstance(second, Tokens)
    assert opened(second, now).actor == opened(giving, now).actor
    assert opened(second, now).session_id != opened(giving, now).session_id


async def test_a_link_is_over_after_a_minute_and_gone_with_the_night(now: datetime) -> None:
    giving = await accounts.open_device_session(keyring(), now)
    token = await link_of(giving, now)

    with pytest.raises(LinkSpent):
        await accounts.take_over(token, keyring(), now + 60 * SECOND)
    await jobs.prune(now + 61 * SECOND)

    assert await db.fetchval("SELECT count(*) FROM session_link") == 0


async def test_what_the_web_view_got_ends_with_the_session_that_gave_it(now: datetime) -> None:
    giving = await accounts.open_device_session(keyring(), now)
    given = await accounts.take_over(await link_of(giving, now), keyring(), now)
    waiting = await link_of(giving, now)
    assert await queries.find_standing(opened(given, now).session_id, now)
    renewed = await accounts.refresh(given.refresh_token, keyring(), now)

    await accounts.sign_out(opened(giving, now).session_id, now)

    assert await queries.find_standing(opened(given, now).session_id, now) is None
    with pytest.raises(SessionEnded):
        await accounts.refresh(renewed.refresh_token, keyring(), now)
    with pytest.raises(LinkSpent):
        await accounts.take_over(waiting, keyring(), now)


async def test_staff_stay_for_as_long_as_in_the_mini_program_and_no_longer(now: datetime) -> None:
    giving = await signed_in(now)
    session_id, later = opened(giving, now).session_id, now + STAFF_LIFE - timedelta(days=1)
    link = await accounts.hand_over(session_id, later)

    given = await accounts.take_over(link.url_token, keyring(), later)

    assert given.refresh_expires_in == timedelta(days=1).total_seconds()
    account_id = opened(giving, now).actor.account_id
    assert (await accounts.list_traces(account_id, 1))[0].name == "SessionHandedOver"


async def test_the_next_web_view_takes_the_place_of_the_last_and_gives_nothing_on(now: datetime) -> None:
    giving = await accounts.open_device_session(keyring(), now)
    first = await accounts.take_over(await link_of(giving, now), keyring(), now)
    second = await accounts.take_over(await link_of(giving, now), keyring(), now)

    assert await queries.find_standing(opened(first, now).session_id, now) is None
    assert await queries.find_standing(opened(second, now).session_id, now)
    assert await queries.find_standing(opened(giving, now).session_id, now)
    with pytest.raises(SessionWasGiven):
        await link_of(second, now)


async def test_who_has_left_hands_nothing_over(now: datetime) -> None:
    giving = await signed_in(now)
    token = await link_of(giving, now)
    await accounts.close_account(opened(giving, now).actor.account_id, now)

    with pytest.raises(LinkSpent):
        await accounts.take_over(token, keyring(), now)


async def test_whoever_signs_out_at_that_instant_has_signed_out_of_the_web_view(now: datetime) -> None:
    giving = await accounts.open_device_session(keyring(), now)
    token, session_id = await link_of(giving, now), opened(giving, now).session_id

    async def leave_last() -> None:
        await accounts.sign_out(session_id, now)

    given, _ = await asyncio.gather(accounts.take_over(token, keyring(), now), leave_last(), return_exceptions=True)

    if isinstance(given, Tokens):
        assert await queries.find_standing(opened(given, now).session_id, now) is None
