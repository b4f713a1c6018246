"""A phone that others will hold: private pages are kept by nobody, and leaving leaves nothing behind."""

import re
from datetime import datetime

import httpx
import pytest
from litestar.handlers import HTTPRouteHandler

from backend import db
from backend.accounts.structs import Role
from backend.routes.pages.all_pages import PAGES
from tests.makers.accounts import PASSWORD, bearer, make_device, make_staff
from tests.makers.orders import make_order, make_photos
from tests.makers.town import TOWN, SmallTown, make_town

HTML = {"accept": "text/html"}
_OPEN = "SELECT count(*) FROM session WHERE revoked_at IS NULL"
FOR_STAFF_TOO = {"/offline", "/patrols/kept", "/checks/kept", "/share", "/scan"}
PUBLIC = FOR_STAFF_TOO | {"/", "/q/{code:str}", "/here", "/sign-in"}
"""Pages that a stranger's browser may keep; some ask a stranger to sign in first."""
_NO_PAGES = {"/static/{name:str}", "/sw.js"}
ADDRESSES = sorted(
    {
        path
        for handler in PAGES
        if isinstance(handler, HTTPRouteHandler) and "GET" in handler.http_methods
        for path in handler.paths
        if path not in _NO_PAGES
    }
)


@pytest.fixture
async def town(client: httpx.AsyncClient, now: datetime) -> SmallTown:
    return await make_town(now)


@pytest.mark.parametrize("reader", ["stranger", "device", "staff"])
async def test_no_page_but_the_public_ones_may_be_kept(
    client: httpx.AsyncClient, town: SmallTown, now: datetime, reader: str
) -> None:
    receipt = (await make_order(town, now)).receipt
    photo = await db.fetchval("SELECT photo_id FROM photo_attachment")
    here = {"order_id": receipt.order_id, "photo_id": photo, "code": town.code, "token": receipt.tracking_token}
    here |= {"move": "urge", "place_id": town.place_id, "batch_id": 1, "message_id": 1}
    who = {
        "stranger": {},
        "device": bearer(await make_device()),
        "staff": bearer(await make_staff(Role.STREET_ADMIN, Role.VERIFIER, Role.HANDLER, area=TOWN)),
    }[reader]

    wrong = {}
    for address in ADDRESSES:
        path = re.sub(r"\{(\w+):\w+\}", lambda found: str(here.get(found.group(1), 1)), address)
        answer = await client.get(path, headers=HTML | who)
        may_be_kept = address in (FOR_STAFF_TOO if reader == "staff" else PUBLIC) and answer.status_code == 200
        if answer.headers["cache-control"] != ("private, no-cache" if may_be_kept else "no-store"):
            wrong[address] = answer.headers["cache-control"]

    assert len(ADDRESSES) > 20 and wrong == {}


async def test_a_door_that_shows_whose_reports_are_ones_own_is_private(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    device = await make_device()
    photos = [str(each) for each in await make_photos(device)]
    sent = {"client_id": "own-report-1", "code": town.code, "item": "A101", "photo_ids": photos}
    token = (await client.post("/api/v1/reports", json=sent, headers=bearer(device))).json()["tracking_token"]

    own = await client.get(f"/q/{town.code}", headers=HTML | bearer(device))
    foreign = await client.get(f"/q/{town.code}", headers=HTML)

    assert f"/r/{token}" in own.text and own.headers["cache-control"] == "no-store"
    assert f"/r/{token}" not in foreign.text and foreign.headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize("how", ["/sign-out", "/forget", "api"])
async def test_leaving_ends_the_session_and_has_the_browser_forget(client: httpx.AsyncClient, how: str) -> None:
    await make_staff(Role.HANDLER, username="leaver")
    await client.post("/sign-in", data={"username": "leaver", "password": PASSWORD})
    before = await db.fetchval(_OPEN)

    answer = await (client.delete("/api/v1/sessions/current") if how == "api" else client.post(how, headers=HTML))

    assert answer.status_code in (204, 303)
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert await db.fetchval(_OPEN) == before - 1
    assert (await client.get("/work", headers=HTML)).status_code == 303


async def test_a_residents_phone_is_forgotten_by_a_plain_form(client: httpx.AsyncClient, town: SmallTown) -> None:
    await client.post("/device-session")
    before = await db.fetchval(_OPEN)
    start = await client.get("/", headers=HTML)

    answer = await client.post("/forget", headers=HTML)
    told = await client.get(answer.headers["location"], headers=HTML)

    assert 'action="/forget"' in start.text
    assert "这部手机已不记得您了" in told.text
    assert await db.fetchval(_OPEN) == before - 1
    assert (await client.post("/device-session")).status_code == 201


async def test_a_phone_that_is_known_is_given_no_second_session(client: httpx.AsyncClient, database: str) -> None:
    first, second = [(await client.post("/device-session")).status_code for _ in range(2)]

    assert (first, second) == (201, 200)
    assert await db.fetchval("SELECT count(*) FROM account WHERE kind = 'device'") == 1
