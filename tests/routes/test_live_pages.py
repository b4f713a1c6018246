"""Live pages: so many for each person, and the same by polling where a stream cannot be had."""

from contextlib import AsyncExitStack

import pytest

from backend import clock
from backend.accounts.structs import Role
from backend.routes.api.live import PAGES_MOST
from tests.makers.accounts import bearer, make_staff
from tests.makers.orders import make_order
from tests.makers.requests import stream_of
from tests.makers.town import make_town

CHANGES = "/api/v1/live/changes"


@pytest.fixture
async def town(database):
    return await make_town(clock.now())


async def test_whoever_polls_is_answered_304_until_something_happens_in_sight(client, town):
    handler = bearer(town.handlers[0])
    first = await client.get(CHANGES, headers=handler)
    assert (first.status_code, first.json()["is_complete"]) == (200, False)

    quiet = await client.get(CHANGES, headers=handler | {"if-none-match": first.headers["etag"]})
    assert (quiet.status_code, quiet.content) == (304, b"")

    order_id = (await make_order(town, clock.now())).receipt.order_id
    news = await client.get(CHANGES, headers=handler | {"if-none-match": quiet.headers["etag"]})
    assert news.json()["is_complete"]
    assert {"type": "OrderDispatched", "id": order_id, "version": 1} in news.json()["changes"]


async def test_what_happens_out_of_sight_is_no_change(client, town):
    stranger = bearer(await make_staff(Role.HANDLER, area="310104003"))
    first = await client.get(CHANGES, headers=stranger)
    await make_order(town, clock.now())

    answer = await client.get(CHANGES, headers=stranger | {"if-none-match": first.headers["etag"]})

    assert answer.status_code == 304


@pytest.mark.parametrize("etag", ['"nonsense"', '"1"', "W/x", '""'])
async def test_a_cursor_that_is_none_of_ours_means_ask_for_everything(client, town, etag):
    answer = await client.get(CHANGES, headers=bearer(town.handlers[0]) | {"if-none-match": etag})

    assert answer.json() == {"changes": [], "is_complete": False}


async def test_a_person_has_so_many_live_pages_and_the_next_one_is_told_to_poll(client, town):
    handler = bearer(town.handlers[0])
    async with AsyncExitStack() as pages:
        for _ in range(PAGES_MOST):
            await pages.enter_async_context(stream_of(client, "/api/v1/live", handler))

        refused = await client.get("/api/v1/live", headers=handler)
        assert (refused.status_code, refused.json()["code"]) == (429, "too-many-live-pages")
        async with stream_of(client, "/api/v1/live", bearer(town.handlers[1])):
            pass

    async with stream_of(client, "/api/v1/live", handler):
        pass
