"""Pages as answers: who is let in, what is kept by caches, and where a link may lead back to."""

from datetime import datetime

import httpx
import pytest

from backend.accounts.structs import Role
from tests.makers.accounts import bearer, make_device, make_staff
from tests.makers.orders import make_order
from tests.makers.town import make_town

HTML = {"accept": "text/html"}


@pytest.mark.parametrize("path", ["/work", "/verify", "/inbox", "/o/1"])
async def test_a_page_for_staff_leads_to_the_sign_in_and_back(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path, headers=HTML)

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/sign-in?next={path}"


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
async def test_a_preference_never_leads_to_another_site(client: httpx.AsyncClient, target: str) -> None:
    answer = await client.get("/prefs", params={"big": "1", "to": target})

    assert answer.headers["location"] == "/"
    assert answer.cookies["big"] == "1"


async def test_the_language_is_the_cookies_else_the_browsers_else_chinese(client: httpx.AsyncClient) -> None:
    english = {"accept-language": "en-GB,en;q=0.9"}

    plain = await client.get("/sign-in")
    asked = await client.get("/sign-in", headers=english)
    chosen = await client.get("/sign-in", headers={**english, "cookie": "lang=zh"})

    assert ["工作人员登录" in answer.text for answer in (plain, asked, chosen)] == [True, False, True]


@pytest.mark.parametrize(("code", "status", "words"), [("NOPE", 404, "不完整"), ("x.txt", 404, "不完整")])
async def test_a_code_that_leads_nowhere_says_what_to_do(
    client: httpx.AsyncClient, code: str, status: int, words: str
) -> None:
    answer = await client.get(f"/q/{code}", headers=HTML)

    assert answer.status_code == status
    assert words in answer.text
    assert "tel:12345" in answer.text


async def test_a_code_is_typed_or_pasted_as_one_has_it(client: httpx.AsyncClient, now: datetime) -> None:
    town = await make_town(now)
    wide = "".join(chr(ord(each) + 0xFEE0) for each in town.code)

    for typed in (town.code.lower(), wide, f"{town.code[:4]} {town.code[4:]}", f"http://127.0.0.1:8000/q/{town.code}"):
        answer = await client.get("/q", params={"code": typed})
        assert (answer.status_code, answer.headers["location"]) == (303, f"/q/{town.code}")


@pytest.mark.parametrize(
    ("typed", "status", "words"),
    [
        ("https://pay.example.com/q/0NAJ6B9CT5G6", 422, "不是本市的门牌码"),
        ("javascript:alert(1)", 422, "不是本市的门牌码"),
        ("WIFI:T:WPA;S:x;;", 422, "不是本市的门牌码"),
        ("http://127.0.0.1:8000/q/NOPE", 404, "不完整"),
        ("<b>", 404, "不完整"),
    ],
)
async def test_what_is_no_code_of_ours_is_told_so_with_what_to_do(
    client: httpx.AsyncClient, typed: str, status: int, words: str
) -> None:
    answer = await client.get("/q", params={"code": typed}, headers=HTML)

    assert answer.status_code == status
    assert words in answer.text
    assert 'href="/here"' in answer.text


async def test_a_landing_page_is_open_to_anybody_and_sets_no_cookie(client: httpx.AsyncClient, now: datetime) -> None:
    town = await make_town(now)

    answer = await client.get(f"/q/{town.code}", headers=HTML)

    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert "巡查员" not in answer.text


async def test_a_missing_page_is_told_as_a_page(client: httpx.AsyncClient) -> None:
    answer = await client.get("/no/such/page", headers=HTML)

    assert answer.status_code == 404
    assert "<h1>没有找到这个页面</h1>" in answer.text


@pytest.mark.parametrize(("role", "is_led"), [(Role.COMMITTEE, True), (Role.STREET_ADMIN, True), (Role.HANDLER, False)])
async def test_the_frame_leads_to_the_plates_whoever_may_work_on_them(
    client: httpx.AsyncClient, role: Role, is_led: bool
) -> None:
    answer = await client.get("/inbox", headers=HTML | bearer(await make_staff(role)))

    assert ('href="/codes"' in answer.text) is is_led


async def test_the_start_page_leads_reporters_back_to_what_they_sent_and_nobody_else(
    client: httpx.AsyncClient, now: datetime
) -> None:
    town = await make_town(now)
    sent = await make_order(town, now)
    link = f'href="/r/{sent.receipt.tracking_token}"'

    own = await client.get("/", headers=HTML | bearer(town.resident))
    others = await client.get("/", headers=HTML | bearer(await make_device()))
    anybody = await client.get("/", headers=HTML)

    assert link in own.text and "我的上报" in own.text and 'href="/here"' in own.text
    assert link not in others.text + anybody.text and "我的上报" not in others.text
    assert own.headers["cache-control"] == "no-store"
    assert "no-store" not in anybody.headers["cache-control"]
