"""A session that ended while somebody wrote: the way back is a page, and the words are carried through the sign-in."""

import json
import re
from datetime import datetime
from html import unescape
from urllib.parse import unquote

import httpx
import pytest
from litestar.handlers import HTTPRouteHandler

from backend import db
from backend.accounts.structs import Role
from backend.routes.pages.all_pages import PAGES
from backend.routes.pages.way_back import page_of_form
from tests.makers.accounts import PASSWORD, bearer, make_staff
from tests.makers.inspections import inspect, make_checklist
from tests.makers.orders import make_accepted, make_order, state_of
from tests.makers.photos import jpeg
from tests.makers.shops import make_shop, make_shop_person
from tests.makers.town import TOWN, SmallTown, make_town

HTML = {"accept": "text/html"}
WORDS = "第一行\n第二行 <b>不是标签</b>"
_NO_PAGE = {"/device-session", "/sign-out", "/forget"}
"""Sent by scripts and buttons of any page."""
FORMS = sorted(
    {
        path
        for handler in PAGES
        if isinstance(handler, HTTPRouteHandler) and "POST" in handler.http_methods
        for path in handler.paths
        if path not in _NO_PAGE
    }
)
PAGES_TO_SHOW = [
    re.compile(re.sub(r"\{\w+:\w+\}", "[^/]+", path))
    for handler in PAGES
    if isinstance(handler, HTTPRouteHandler) and "GET" in handler.http_methods
    for path in handler.paths
]


@pytest.fixture
async def town(client: httpx.AsyncClient, now: datetime) -> SmallTown:
    return await make_town(now)


async def test_every_form_has_a_page_to_come_back_to(client: httpx.AsyncClient, town: SmallTown, now: datetime) -> None:
    receipt = (await make_order(town, now)).receipt
    photo = await db.fetchval("SELECT photo_id FROM photo_attachment")
    here = {"order_id": receipt.order_id, "photo_id": photo, "code": town.code, "token": receipt.tracking_token}
    everybody = await make_staff(Role.STREET_ADMIN, Role.VERIFIER, Role.VOLUNTEER, area=TOWN)
    shop_id = await make_shop(place_id=town.place_id)
    await make_shop_person(shop_id, everybody.account_id)
    inspector = await make_staff(Role.INSPECTOR, area=TOWN)
    made, _ = await inspect(shop_id, inspector, await make_checklist(now), now)
    here |= {
        "move": "urge",
        "finding_id": made.finding_ids[0],
        "verb": "damage",
        "check_id": 1,
        "offer_id": 1,
        "shop_id": shop_id,
        "claim_id": 1,
        "account_id": 1,
        "opening_id": 1,
        **dict.fromkeys(("policy_id", "payment_id", "task_id", "route_id", "entry_id", "booking_id", "seq"), 1),
        **dict.fromkeys(("goods_id", "change_id", "recurrence_id", "template_id", "filing_id", "exchange_id"), 1),
        "volunteer_id": 1,
        **dict.fromkeys(("answer_id", "lift_id", "elder_id", "visit_id"), 1),
        "record_id": 1,
        "act": "contact",
        "camera_id": 1,
        **dict.fromkeys(("campaign_id", "target_id"), 1),
        "key": "new",
        "event_id": 1,
        "matter_id": 1,
        "appeal_id": 1,
        **dict.fromkeys(("emergency_id", "broadcast_id", "receipt_id"), 1),
    }
    paths = [re.sub(r"\{(\w+):\w+\}", lambda found: str(here[found.group(1)]), form) for form in FORMS]
    answers = {path: await client.get(page_of_form(path), headers=HTML | bearer(everybody)) for path in paths}

    lost = {path: page_of_form(path) for path, answer in answers.items() if answer.status_code not in (200, 403, 404)}
    assert len(paths) > 20 and lost == {}
    assert [path for path in paths if not any(page.fullmatch(page_of_form(path)) for page in PAGES_TO_SHOW)] == []
    assert sum(answer.status_code == 200 for answer in answers.values()) > 50, "of the others there is no row here"


def test_a_form_that_stands_on_a_page_of_another_name_leads_back_to_it() -> None:
    assert page_of_form("/committee/rewards") == "/committee/pairs"


async def test_words_written_without_a_session_are_sent_after_the_sign_in(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    order_id = await make_accepted(town, now)
    handler = town.handlers[0]
    await db.execute("UPDATE account SET username = 'handler' WHERE id = $1", handler.account_id)
    await _give_password(handler.account_id)
    typed = {"reason": "not_ours", "note": WORDS.replace("\n", "\r\n"), "sure": "1", "key": "return-1"}

    refused = await client.post(f"/o/{order_id}/moves/return", data=typed, headers=HTML)
    carried = _hidden(refused.text, "carried")
    wrong = await _sign_in(client, "handler", "wrong", refused.text, carried)
    again = await _sign_in(client, "handler", PASSWORD, wrong.text, _hidden(wrong.text, "carried"))
    form = _form(again.text)
    sent = await client.post(form.pop("action"), data=form | {"note": WORDS}, headers=HTML)

    assert refused.status_code == 401 and "第二行" in refused.text and "<b>" not in refused.text
    assert wrong.status_code == 401 and "第二行" in wrong.text
    assert again.status_code == 200 and "第一行\n第二行 &lt;b&gt;" in again.text.replace("\r\n", "\n")
    assert form["reason"] == "not_ours" and form["key"] == "return-1"
    assert sent.status_code == 303, sent.text
    assert await db.fetchval("SELECT note FROM order_step WHERE move = 'return'") is not None


async def test_photos_are_asked_for_again_and_nothing_is_sent_by_itself(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    order_id = await make_accepted(town, now)
    files = {"after": ("after.jpg", jpeg(), "image/jpeg")}

    refused = await client.post(f"/o/{order_id}/finish", data={"note": "清走了"}, files=files, headers=HTML)
    username = await db.fetchval("SELECT username FROM account WHERE id = $1", town.verifier.account_id)
    await _give_password(town.verifier.account_id)
    again = await _sign_in(client, username, PASSWORD, refused.text, _hidden(refused.text, "carried"))

    assert "照片请重新选择" in refused.text
    assert 'name="after" type="file"' in again.text
    assert f"现在登录的是{town.verifier.name}" in again.text
    assert await state_of(order_id) == "accepted"


@pytest.mark.parametrize(
    "action", ["//elsewhere.example/x", "https://elsewhere.example/", "javascript:alert(1)", "/\\x"]
)
async def test_what_is_carried_goes_nowhere_but_here(client: httpx.AsyncClient, town: SmallTown, action: str) -> None:
    await make_staff(Role.HANDLER, username="somebody")
    forged = json.dumps({"action": action, "said": [["note", "x"]], "files": []})

    answer = await client.post(
        "/sign-in", data={"username": "somebody", "password": PASSWORD, "carried": forged}, headers=HTML
    )

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/work")


async def test_a_page_that_needs_a_session_is_come_back_to_with_its_filter(client: httpx.AsyncClient) -> None:
    answer = await client.get("/desk?tab=ended&q=12", headers=HTML)

    assert unquote(answer.headers["location"]) == "/sign-in?next=/desk?tab=ended&q=12"


async def _give_password(account_id: int) -> None:
    model = await make_staff()
    hashed = await db.fetchval("SELECT password_hash FROM account WHERE id = $1", model.account_id)
    await db.execute("UPDATE account SET password_hash = $2 WHERE id = $1", account_id, hashed)


async def _sign_in(client: httpx.AsyncClient, name: str, word: str, page: str, carried: str) -> httpx.Response:
    data = {"username": name, "password": word, "next": _hidden(page, "next"), "carried": carried}
    return await client.post("/sign-in", data=data, headers=HTML)


def _hidden(page: str, name: str) -> str:
    return unescape(re.findall(rf'<input type="hidden" name="{name}" value="([^"]*)"', page)[-1])


def _form(page: str) -> dict[str, str]:
    """The form of the page that shows what was carried: where it goes and its hidden fields."""
    (found,) = re.findall(r'<form class="card stack" method="post" action="([^"]+)".*?>(.*?)</form>', page, re.DOTALL)
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', found[1])
    return {"action": found[0]} | {name: unescape(value) for name, value in hidden}
