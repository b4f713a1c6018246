"""Two phones of one resident become one account: what is joined, what repeats give, and who is refused."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
import pytest

from backend import clock, db
from backend.accounts import queries as accounts
from backend.accounts.service import merge_requests as requests
from backend.accounts.service.merge_requests import MOST_REQUESTS
from backend.accounts.structs import Role
from backend.events import queries as events
from push import account_merges as messages
from tests.makers.accounts import bearer, make_device, make_staff
from tests.makers.gateways import link
from tests.makers.photos import jpeg
from tests.makers.shops import make_shop, make_shop_person
from tests.makers.town import SmallTown, make_town
from tests.makers.volunteers import make_volunteer

SESSIONS = "/api/v1/sessions"


@pytest.fixture
async def town(client: httpx.AsyncClient, now: datetime) -> SmallTown:
    return await make_town(clock.now())


class Phone:
    """A resident's phone as a client of the API: it refreshes its session when it is told to."""

    def __init__(self, client: httpx.AsyncClient, tokens: Mapping[str, Any]) -> None:
        self.client, self.tokens = client, tokens

    @classmethod
    async def new(cls, client: httpx.AsyncClient) -> "Phone":
        return cls(client, (await client.post(f"{SESSIONS}/device")).json())

    async def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        answer = await self.once(method, path, **more)
        if answer.status_code != 401:
            return answer
        await self.refresh()
        return await self.once(method, path, **more)

    async def refresh(self) -> None:
        renewed = await self.client.post(f"{SESSIONS}/refresh", json={"refresh_token": self.tokens["refresh_token"]})
        assert renewed.status_code == 201
        self.tokens = renewed.json()

    async def id(self) -> int:
        return (await self.ask("GET", "/api/v1/me")).json()["id"]

    async def make_link(self) -> str:
        made = await self.ask("POST", f"{SESSIONS}/merge-links")
        assert (made.status_code, made.json()["expires_in"]) == (201, 600)
        return made.json()["link"]

    async def request(self, address: str) -> httpx.Response:
        return await self.ask("POST", f"{SESSIONS}/merge-requests", json={"token": token_of(address)})

    async def agree(self, number: str) -> httpx.Response:
        return await self.ask("POST", f"{SESSIONS}/merge", json={"number": number})

    async def join(self, giver: "Phone") -> httpx.Response:
        """Wait by a link of the other phone, on which the person then types the number."""
        return await giver.agree((await self.request(await giver.make_link())).json()["number"])

    async def report(self, town: SmallTown, key: str) -> httpx.Response:
        return await self.ask("POST", "/api/v1/reports", json=said(town, key, await self.photo(key)))

    async def photo(self, key: str) -> str:
        files = {"file": ("a.jpg", jpeg(shade=hash(key) % 200), "image/jpeg")}
        taken = await self.ask("POST", "/api/v1/photos", files=files, headers={"idempotency-key": f"photo-{key}"})
        return taken.json()["id"]

    async def once(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Ask without a second try."""
        headers = more.pop("headers", {}) | {"authorization": f"Bearer {self.tokens['access_token']}"}
        return await self.client.request(method, path, headers=headers, **more)


def said(town: SmallTown, key: str, photo_id: str) -> dict[str, Any]:
    """A report under a key, at the town's door."""
    return {"client_id": key, "code": town.code, "item": "A101", "description": key, "photo_ids": [photo_id]}


async def left_with(account_id: int) -> int:
    """How many rows still say that they are of this account."""
    columns = {"report": "reporter_id", "work_order": "opened_by_id", "photo": "owner_id", "order_step": "actor_id"}
    columns |= {"order_step_key": "actor_id", "session": "account_id", "order_follower": "account_id"}
    counts = [f"(SELECT count(*) FROM {table} WHERE {column} = $1)" for table, column in columns.items()]
    return await db.fetchval(f"SELECT {' + '.join(counts)}", account_id)


def token_of(address: str) -> str:
    return parse_qs(urlsplit(address).query)["token"][0]


async def test_what_either_phone_reported_is_found_on_both_and_repeats_give_the_first_receipt(
    client: httpx.AsyncClient, town: SmallTown
) -> None:
    phone, browser = await Phone.new(client), await Phone.new(client)
    key = uuid4().hex
    first = await browser.report(town, key)
    await phone.report(town, uuid4().hex)
    link, survivor_id, merged_id = await phone.make_link(), await phone.id(), await browser.id()
    waiting = (await browser.request(link)).json()
    assert (await browser.request(link)).json() == waiting == {**waiting, "is_done": False, "reports": 1}
    assert await browser.id() == merged_id, "nothing is joined before the other one has agreed"

    merged = await phone.agree(waiting["number"])

    assert (merged.status_code, merged.json()) == (200, {"reports": 2})
    assert (await browser.once("GET", "/api/v1/me")).status_code == 401, "the access token of before has ended"
    assert await browser.id() == await phone.id() == survivor_id
    assert (await phone.agree(waiting["number"])).json() == {"reports": 2}, "a lost answer is no second merge"
    assert (await browser.request(link)).json() == {"number": None, "is_done": True, "reports": 2}
    again = await browser.report(town, key)
    assert (again.json()["number"], again.json()["tracking_token"]) == (
        first.json()["number"],
        first.json()["tracking_token"],
    )
    assert await left_with(merged_id) == 0
    facts = [each for each in await events.list_about("account", survivor_id, 9) if each.name == "AccountsMerged"]
    assert [each.body["merged_id"] for each in facts] == [merged_id]


async def test_messages_phones_and_settings_come_along_and_what_both_have_stays_as_it_is(
    client: httpx.AsyncClient, town: SmallTown
) -> None:
    phone, browser = await Phone.new(client), await Phone.new(client)
    both = await phone.id(), await browser.id()
    message = "INSERT INTO message (account_id, event_id, kind, title_zh, title_en) VALUES ($1, $2, 'x', 'x', 'x')"
    event, other = 1, 2
    for account_id, event_id in ((both[0], event), (both[1], event), (both[1], other)):
        await db.execute(message, account_id, event_id)
    await db.execute("INSERT INTO muted_kind (account_id, kind) VALUES ($1, 'OrderRated')", both[1])
    await browser.join(phone)

    for _ in range(2):
        await messages.merge_recipients(await events.list_named(["AccountsMerged"], 0, 9))

    kept = await db.fetch("SELECT account_id, event_id FROM message ORDER BY account_id, event_id, id")
    assert [tuple(row) for row in kept] == [(both[0], event), (both[0], other), (both[1], event)]
    assert await db.fetchval("SELECT account_id FROM muted_kind") == both[0]


async def test_a_shop_and_a_name_at_wechat_meet_in_the_account_of_the_shop(
    client: httpx.AsyncClient, town: SmallTown
) -> None:
    mini_program, browser = await Phone.new(client), await Phone.new(client)
    await link(await mini_program.id(), "wechat", "o-1")
    owner_id = await browser.id()
    await make_shop_person(await make_shop(), owner_id)

    assert (await mini_program.join(browser)).status_code == 200

    assert await mini_program.id() == owner_id
    assert await accounts.find_by_identity("wechat", "o-1") == owner_id


async def test_what_both_reported_is_joined_as_well_and_each_of_its_links_serves_on(
    client: httpx.AsyncClient, town: SmallTown
) -> None:
    phone, browser = await Phone.new(client), await Phone.new(client)
    opened, key = (await browser.report(town, uuid4().hex)).json(), uuid4().hex
    also = {"client_id": key, "code": town.code, "order_id": opened["order_id"], "description": "", "photo_ids": []}
    joined = (await phone.ask("POST", "/api/v1/reports/joins", json=also)).json()

    assert (await browser.join(phone)).json() == {"reports": 2}

    again = await phone.ask("POST", "/api/v1/reports/joins", json=also)
    assert (again.status_code, again.json()["order_id"]) == (200, opened["order_id"])
    for token in (opened["tracking_token"], joined["tracking_token"]):
        tracking = (await client.get(f"/api/v1/tracking/{token}")).json()
        assert (tracking["is_first_reporter"], tracking["supporters"]) == (True, 0)
    here = await phone.ask("GET", f"/api/v1/reports/candidates?code={town.code}")
    assert [each["reporters"] for each in here.json()["items"]] == [1], "one person is counted once"


async def test_who_cannot_be_one_is_told_so_and_stays_two(client: httpx.AsyncClient, town: SmallTown) -> None:
    phone, browser = await Phone.new(client), await Phone.new(client)
    address = await phone.make_link()
    assert (await browser.request("?token=nonsense")).json()["code"] == "link-spent"
    assert (await phone.request(address)).json()["is_done"], "one's own link joins nothing"
    number = (await browser.request(address)).json()["number"]

    volunteer = await make_volunteer(clock.now())
    await make_shop_person(await make_shop(), await phone.id())
    browser_id = await browser.id()
    for table in ("session", "merge_request"):
        await db.execute(f"UPDATE {table} SET account_id = $2 WHERE account_id = $1", browser_id, volunteer.account_id)
    await db.execute(
        "UPDATE account SET kind = 'device', username = NULL, password_hash = NULL WHERE id = $1", volunteer.account_id
    )
    for refused in (await browser.request(address), await phone.agree(number)):
        assert refused.json()["code"] == "merge-of-two-roles"

    await db.execute("DELETE FROM shop_person")
    for each in (phone, browser):
        await link(await each.id(), "wechat")
    for refused in (await browser.request(address), await phone.agree(number)):
        assert refused.json()["code"] == "merge-of-two-names"

    staff = await make_staff(Role.HANDLER)
    asked = {"token": token_of(address)}
    refused = await client.post(f"{SESSIONS}/merge-requests", json=asked, headers=bearer(staff))
    assert (refused.status_code, refused.json()["code"]) == (403, "merge-of-staff")
    assert await db.fetchval("SELECT count(*) FROM account_merge") == 0


async def test_who_photographs_the_code_of_a_shop_gets_nothing_of_it(
    client: httpx.AsyncClient, town: SmallTown
) -> None:
    owner, own_other, stranger = [await Phone.new(client) for _ in range(3)]
    owner_id = await owner.id()
    await make_shop_person(await make_shop(), owner_id)
    address = await owner.make_link()

    of_stranger = (await stranger.request(address)).json()["number"]
    number = (await own_other.request(address)).json()["number"]
    assert (await stranger.agree(of_stranger)).json()["code"] == "merge-request-unknown", "only the giver agrees"
    assert await stranger.id() != owner_id

    assert (await owner.agree(number)).status_code == 200
    assert await own_other.id() == owner_id
    assert (await owner.agree(of_stranger)).json()["code"] == "link-spent", "a link joins one phone"
    assert await stranger.id() != owner_id


async def test_more_phones_than_a_person_has_wait_by_no_link(client: httpx.AsyncClient, town: SmallTown) -> None:
    phone = await Phone.new(client)
    address = await phone.make_link()
    for _ in range(MOST_REQUESTS):
        device = await make_device()
        async with db.transaction():
            await requests.request_merge(token_of(address), device.account_id, clock.now())

    assert (await (await Phone.new(client)).request(address)).json()["code"] == "too-many-merge-requests"
