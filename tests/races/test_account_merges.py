"""Phones of one person become one while others try the same and reports come in: nothing is lost, doubled or left."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from backend import account_merges, clock, db
from backend.reports.call_back_numbers.structs import CONSENT
from tests.fixtures.client import running_client
from tests.makers.town import SmallTown, make_town
from tests.routes.test_account_merges import Phone, left_with, said

REPORTS = 6
_SOMEBODY_WAITS = """
    SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')
"""


@pytest.fixture
async def client(database: str, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with running_client(database, tmp_path, YIMA_QUOTAS="off") as opened:
        yield opened


@pytest.fixture
async def town(client: httpx.AsyncClient, now: datetime) -> SmallTown:
    return await make_town(clock.now())


async def standing() -> dict[int, int]:
    """As which account each merged one goes on."""
    rows = await db.fetch("SELECT merged_id, survivor_id FROM account_merge")
    return {row["merged_id"]: row["survivor_id"] for row in rows}


async def waiting(phone: Phone, giver: Phone) -> str:
    """The number under which a phone waits for the other one to agree."""
    return (await phone.request(await giver.make_link())).json()["number"]


async def test_two_that_join_each_other_at_once_are_joined_once(client: httpx.AsyncClient, town: SmallTown) -> None:
    one, other = await Phone.new(client), await Phone.new(client)
    of_one, of_other = await one.make_link(), await other.make_link()
    by_other, by_one = [(await each.request(of)).json()["number"] for each, of in ((other, of_one), (one, of_other))]

    answers = await asyncio.gather(one.agree(by_other), other.agree(by_one))

    assert [each.status_code for each in answers] == [200, 200]
    assert await one.id() == await other.id()
    assert len(await standing()) == 1


async def test_three_in_a_ring_become_one(client: httpx.AsyncClient, town: SmallTown) -> None:
    phones = [await Phone.new(client) for _ in range(3)]
    links = [await phone.make_link() for phone in phones]
    asked = [(await phone.request(links[place - 1])).json()["number"] for place, phone in enumerate(phones)]

    for _ in range(2):  # a link of a phone that was just merged is of the account as which it goes on
        await asyncio.gather(*(phones[place - 1].agree(number) for place, number in enumerate(asked)))

    assert len({await phone.id() for phone in phones}) == 1
    merged = await standing()
    assert len(merged) == 2
    assert not merged.keys() & set(merged.values()), "nobody goes on as somebody who was merged"


async def test_a_link_by_which_two_wait_joins_one_of_them(client: httpx.AsyncClient, town: SmallTown) -> None:
    phone, one, other = [await Phone.new(client) for _ in range(3)]
    address = await phone.make_link()
    requests = await asyncio.gather(one.request(address), other.request(address))
    numbers = [each.json()["number"] for each in requests]

    answers = await asyncio.gather(*map(phone.agree, numbers))

    assert sorted(each.status_code for each in answers) == [200, 410]
    assert len(await standing()) == 1


async def test_who_says_that_nothing_was_solved_while_they_are_merged_says_it_as_the_one_who_goes_on(
    client: httpx.AsyncClient, town: SmallTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone, browser = await Phone.new(client), await Phone.new(client)
    receipt = (await browser.report(town, uuid4().hex)).json()
    await db.execute("UPDATE work_order SET state = 'closed', closed_at = opened_at")
    number, tracking = await waiting(browser, phone), f"/api/v1/tracking/{receipt['tracking_token']}"
    orders_locked, go_on, freeze = asyncio.Event(), asyncio.Event(), account_merges.accounts.freeze

    async def freeze_later(pair: tuple[int, int]) -> None:
        orders_locked.set()
        await go_on.wait()
        await freeze(pair)

    monkeypatch.setattr(account_merges.accounts, "freeze", freeze_later)
    merging = asyncio.create_task(phone.agree(number))
    await orders_locked.wait()
    saying = asyncio.create_task(client.post(f"{tracking}/reopen", json={"reason": "还在"}))
    while not await db.fetchval(_SOMEBODY_WAITS):
        pass
    go_on.set()

    assert (await merging).status_code == 200
    assert (await saying).status_code == 200
    assert await db.fetchval("SELECT actor_id FROM order_step WHERE move = 'reopen'") == await phone.id()


async def test_who_leaves_a_number_while_they_are_merged_is_the_first_reporter_still(
    client: httpx.AsyncClient, town: SmallTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone, browser = await Phone.new(client), await Phone.new(client)
    receipt = (await browser.report(town, uuid4().hex)).json()
    await db.execute("UPDATE work_order SET state = 'closed', closed_at = $1", clock.now())
    number, tracking = await waiting(browser, phone), f"/api/v1/tracking/{receipt['tracking_token']}"
    reports_moved, go_on, move_photos = asyncio.Event(), asyncio.Event(), account_merges.media.merge_owners

    async def move_photos_later(merged_id: int, survivor_id: int) -> None:
        reports_moved.set()
        await go_on.wait()
        await move_photos(merged_id, survivor_id)

    monkeypatch.setattr(account_merges.media, "merge_owners", move_photos_later)
    merging = asyncio.create_task(phone.agree(number))
    await reports_moved.wait()
    left = {"number": "13812345678", "consent": CONSENT}
    leaving = asyncio.create_task(client.put(f"{tracking}/call-back-number", json=left))
    while not await db.fetchval(_SOMEBODY_WAITS):
        pass
    go_on.set()

    assert (await merging).status_code == 200
    assert (await leaving).is_success, (await leaving).text


async def test_reports_that_come_in_at_that_instant_are_all_of_the_one_who_goes_on(
    client: httpx.AsyncClient, town: SmallTown
) -> None:
    phone, browser = await Phone.new(client), await Phone.new(client)
    number, merged_id = await waiting(browser, phone), await browser.id()
    reports = [said(town, key, await browser.photo(key)) for key in (uuid4().hex for _ in range(REPORTS))]

    async def send(report: dict[str, Any]) -> httpx.Response:
        return await browser.once("POST", "/api/v1/reports", json=report)

    merged, *first = await asyncio.gather(phone.agree(number), *map(send, reports))
    assert merged.status_code == 200
    assert {each.status_code for each in first} <= {201, 401}, "whoever came too late is asked to refresh"
    await browser.refresh()
    again = [await send(report) for report in reports]

    assert {each.status_code for each in again} <= {200, 201}
    filed = {answer.json()["number"] for answer in first if answer.status_code == 201}
    assert filed <= {answer.json()["number"] for answer in again}
    assert await db.fetchval("SELECT count(*) FROM report") == REPORTS
    assert await left_with(merged_id) == 0
