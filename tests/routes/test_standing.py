"""A session that ended, and a right that was taken away, end at once whatever the token in hand says."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

import httpx
import pytest

from backend import clock
from backend.accounts import service as accounts
from backend.accounts.errors import SessionEnded
from backend.accounts.structs import Actor, Credentials, Grant, Role, Tokens
from backend.duty import service as duty
from backend.routes.http import current_access
from tests.makers.accounts import PASSWORD, TOWN, bearer, keyring, make_staff
from tests.makers.orders import make_order
from tests.makers.photos import jpeg
from tests.makers.requests import stream_of
from tests.makers.town import make_town

NEW_PASSWORD = "Another-horse-8"


class Wang(NamedTuple):
    actor: Actor
    tokens: Tokens
    order_id: int
    photo_id: str

    @property
    def headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.tokens.access_token}"}


@pytest.fixture
async def wang(client: httpx.AsyncClient) -> Wang:
    """Dispatcher and verifier, signed in, with an order in sight."""
    town = await make_town(clock.now())
    sent = await client.post(
        "/api/v1/photos", files={"file": ("a.jpg", jpeg(), "image/jpeg")}, headers=bearer(town.resident)
    )
    order_id = (await make_order(town, clock.now(), photo_ids=[sent.json()["id"]])).receipt.order_id
    actor = await make_staff(Role.DISPATCHER, Role.VERIFIER, username="wang")
    credentials = Credentials(username="wang", password=PASSWORD)
    tokens = await accounts.sign_in(credentials, keyring(), clock.now())
    return Wang(actor, tokens, order_id, sent.json()["id"])


async def sign_out(wang: Wang) -> None:
    await accounts.sign_out(keyring().open(wang.tokens.access_token, clock.now()).session_id, clock.now())


async def set_password(wang: Wang) -> None:
    await accounts.set_password(wang.actor.account_id, NEW_PASSWORD, clock.now())


async def spend_a_token_twice(wang: Wang) -> None:
    await accounts.refresh(wang.tokens.refresh_token, keyring(), clock.now())
    with pytest.raises(SessionEnded):
        await accounts.refresh(wang.tokens.refresh_token, keyring(), clock.now())


async def leave(wang: Wang) -> None:
    await duty.deactivate(wang.actor.account_id, clock.now())


async def lose_the_roles(wang: Wang) -> None:
    for role in (Role.DISPATCHER, Role.VERIFIER):
        await accounts.ungrant(wang.actor.account_id, Grant(role, TOWN))


async def write(client: httpx.AsyncClient, wang: Wang) -> int:
    path = f"/api/v1/orders/{wang.order_id}/supervise"
    return (await client.post(path, json={"note": "看紧"}, headers=wang.headers)).status_code


async def export(client: httpx.AsyncClient, wang: Wang) -> int:
    return (await client.get("/desk/export.csv", headers=wang.headers)).status_code


async def original(client: httpx.AsyncClient, wang: Wang) -> int:
    path = f"/api/v1/orders/{wang.order_id}/photos/{wang.photo_id}/original?reason=evidence"
    return (await client.get(path, headers=wang.headers)).status_code


ENDINGS = [sign_out, set_password, spend_a_token_twice, leave, lose_the_roles]
Ending = Callable[[Wang], Awaitable[None]]


@pytest.mark.parametrize("end", ENDINGS)
async def test_whatever_ends_it_ends_writes_exports_and_originals_at_once(
    client: httpx.AsyncClient, wang: Wang, end: Ending
) -> None:
    kinds = (write, export, original)
    before = [await kind(client, wang) for kind in kinds]

    await end(wang)

    after = [await kind(client, wang) for kind in kinds]
    assert before == [200, 200, 200]
    assert all(status in (401, 403, 404) for status in after), after
    assert 401 in after or end is lose_the_roles


@pytest.mark.parametrize("end", ENDINGS)
async def test_whatever_ends_it_ends_a_stream_that_is_open(client: httpx.AsyncClient, wang: Wang, end: Ending) -> None:
    async with stream_of(client, "/api/v1/live", wang.headers) as stream:
        await end(wang)
        await asyncio.wait_for(stream, 10)


@pytest.mark.parametrize("end", ENDINGS[:-1])
async def test_whatever_ends_it_ends_reading_as_soon_as_it_is_told(
    client: httpx.AsyncClient, wang: Wang, end: Ending
) -> None:
    assert (await client.get("/api/v1/me", headers=wang.headers)).status_code == 200

    async with told(client, wang.actor):
        await end(wang)

    answer = await client.get("/api/v1/me", headers=wang.headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "session-ended")


async def test_a_role_that_was_taken_away_ends_reading_as_soon_as_it_is_told(
    client: httpx.AsyncClient, wang: Wang
) -> None:
    path = f"/api/v1/orders/{wang.order_id}"
    assert (await client.get(path, headers=wang.headers)).status_code == 200

    async with told(client, wang.actor):
        await lose_the_roles(wang)

    assert (await client.get(path, headers=wang.headers)).status_code == 404


async def test_a_role_that_was_given_counts_for_the_next_write(client: httpx.AsyncClient, wang: Wang) -> None:
    await lose_the_roles(wang)
    assert await write(client, wang) == 403

    await accounts.grant(wang.actor.account_id, Grant(Role.DISPATCHER, TOWN))

    assert await write(client, wang) == 200


async def test_where_nothing_is_told_reading_ends_within_a_minute(
    client: httpx.AsyncClient, wang: Wang, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = [1000.0]
    monkeypatch.setattr(current_access, "monotonic", lambda: seconds[0])
    known = standings(client)
    opened = keyring().open(wang.tokens.access_token, clock.now())
    await known.rely(opened)
    async with told(client, wang.actor):
        await sign_out(wang)
    known._known[opened.session_id] = (seconds[0], wang.actor)  # as if nothing had been heard

    assert await known.rely(opened) == wang.actor
    seconds[0] += 60
    with pytest.raises(SessionEnded):
        await known.rely(opened)


async def test_an_ended_session_is_nobody_where_nobody_is_welcome(client: httpx.AsyncClient, wang: Wang) -> None:
    await sign_out(wang)

    assert (await client.get("/api/v1/items", headers=wang.headers)).status_code == 200
    page = await client.get("/", headers={"cookie": f"yima_access={wang.tokens.access_token}"})
    assert page.status_code == 200
    assert "张三" not in page.text


def standings(client: httpx.AsyncClient) -> current_access.AccessCache:
    app: Any = client._transport.app  # type: ignore[attr-defined]
    return app.state.runtime.standings


@asynccontextmanager
async def told(client: httpx.AsyncClient, actor: Actor):
    """Leaves only when this process has heard that the account changed."""
    heard = asyncio.Event()
    with standings(client).watching(actor.account_id, heard.set):
        yield
        await asyncio.wait_for(heard.wait(), 10)
