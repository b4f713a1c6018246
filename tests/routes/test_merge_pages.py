"""The pages on which two phones of one resident become one: what is shown, agreed to, and refused in words."""

import re
from datetime import datetime
from uuid import uuid4

import httpx
import pytest

from backend import clock, db
from tests.makers.accounts import make_device
from tests.makers.town import SmallTown, make_town
from tests.routes.test_account_merges import Phone, token_of

FORM, LINK_PAGE = {"sec-fetch-site": "same-origin"}, "/session/merge-link"
_PRINT = re.compile(r'name="print" value="([0-9a-f]+)"')


@pytest.fixture
async def town(client: httpx.AsyncClient, now: datetime) -> SmallTown:
    return await make_town(clock.now())


def print_in(page: str) -> str:
    found = _PRINT.search(page)
    assert found is not None
    return found[1]


async def test_the_page_says_what_is_joined_and_keeps_the_token_out_of_addresses(
    client: httpx.AsyncClient, town: SmallTown
) -> None:
    phone = await Phone.new(client)
    await phone.report(town, uuid4().hex)
    address = await phone.make_link()
    device = await make_device()

    arrived = await client.get(address)
    page = await client.get(arrived.headers["location"])

    assert (arrived.status_code, arrived.headers["location"]) == (303, "/session/merge")
    assert "另一部手机的 1 条上报" in page.text
    assert "这个浏览器的 0 条上报" in page.text
    assert token_of(address) not in page.text
    assert device.account_id != await phone.id()

    waiting = await client.post("/session/merge", headers=FORM, data={"print": print_in(page.text)})
    assert (waiting.status_code, waiting.headers["location"]) == (303, "/session/merge")
    number = await db.fetchval("SELECT number FROM merge_request")
    assert number in (await client.get("/session/merge")).text
    assert (await client.get("/api/v1/me")).json()["id"] != await phone.id(), "it waits until the other one agrees"

    spaced = {"data": {"number": f" {number[:3]} {number[3:]}"}, "headers": FORM}
    shown = await phone.once("POST", f"{LINK_PAGE}/requests", **spaced)
    assert (shown.status_code, "另一部手机的 0 条上报" in shown.text, number in shown.text) == (200, True, True)
    joined = await phone.once("POST", f"{LINK_PAGE}/confirmations", data={"number": number}, headers=FORM)
    assert (joined.status_code, joined.headers["location"]) == (303, "/session/merge?done=1")
    after = await client.get("/session/merge")
    assert (after.status_code, "已经是同一个身份" in after.text, "1 条上报" in after.text) == (200, True, True)
    assert (await client.get("/api/v1/me")).json()["id"] == await phone.id()


async def test_what_was_agreed_to_on_a_page_is_no_other_link_that_was_opened_since(
    client: httpx.AsyncClient, town: SmallTown
) -> None:
    first, second = [await (await Phone.new(client)).make_link() for _ in range(2)]
    pages = []
    for address in (first, second):
        await client.get(address)
        pages.append((await client.get("/session/merge")).text)

    refused = await client.post("/session/merge", headers=FORM, data={"print": print_in(pages[0])})

    assert (refused.status_code, "又打开了另一个合并链接" in refused.text) == (409, True)
    assert print_in(refused.text) == print_in(pages[1]), "the page is shown anew"
    assert await db.fetchval("SELECT count(*) FROM merge_request") == 0


async def test_a_mistyped_number_joins_nothing_and_says_what_to_compare(
    client: httpx.AsyncClient, town: SmallTown
) -> None:
    phone = await Phone.new(client)
    for path in ("requests", "confirmations"):
        page = await phone.once("POST", f"{LINK_PAGE}/{path}", data={"number": "12"}, headers=FORM)
        assert (page.status_code, "核对另一部手机上的六位数字" in page.text) == (404, True)


@pytest.mark.parametrize("token", ["%E6%BC%A2", "%FF%FE", "%00", "a%3Bb%0D%0AX-Own:%201"])
async def test_what_stands_in_a_links_place_and_is_none_is_said_to_be_spent(
    client: httpx.AsyncClient, town: SmallTown, token: str
) -> None:
    arrived = await client.get(f"/session/merge?token={token}")
    page = await client.get(arrived.headers["location"])

    assert (arrived.status_code, arrived.headers["location"], page.status_code) == (303, "/session/merge", 410)
    assert "x-own" not in arrived.headers
