"""Signing in through WeCom, and linking oneself to the member that one is there: who may, and who is turned away."""

from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from backend import clock, db
from backend.accounts import queries
from backend.accounts import service as accounts
from backend.accounts.errors import IdentityOfAnother
from backend.accounts.structs import Role
from tests.fakes.wecom import AGENT_ID, CORPID, FakeWecom
from tests.fixtures.client import running_client
from tests.makers.accounts import PASSWORD, make_staff
from tests.makers.gateways import link

_FORM = {"sec-fetch-site": "same-origin"}
INSIDE = {"accept": "text/html", "user-agent": "Mozilla/5.0 Chrome/107.0 Mobile wxwork/4.1.20 MicroMessenger/7.0.1"}
GOVERNMENT = {"accept": "text/html", "user-agent": "Mozilla/5.0 Chrome/107.0 wxworklocal/2.6.0 wwlocal/2.6.0"}


@pytest.fixture
async def wecom(database: str) -> AsyncIterator[FakeWecom]:
    fake = await FakeWecom().start()
    yield fake
    await fake.close()


@pytest.fixture
async def browser(database: str, tmp_path: Path, wecom: FakeWecom) -> AsyncIterator[httpx.AsyncClient]:
    async with running_client(database, tmp_path, **wecom.environment) as opened:
        yield opened


async def go(browser: httpx.AsyncClient) -> dict[str, str]:
    """Off to WeCom. What the authorize page is asked."""
    answer = await browser.get("/sign-in/wecom")
    assert answer.status_code == 302
    return asked(answer.headers["location"])


def asked(address: str) -> dict[str, str]:
    parts = urlsplit(address)
    assert parts.fragment == "wechat_redirect"
    return {name: values[0] for name, values in parse_qs(parts.query).items()}


async def come_back(browser: httpx.AsyncClient, code: str, state: str) -> httpx.Response:
    return await browser.get("/sign-in/wecom/back", params={"code": code, "state": state})


async def sign_in(browser: httpx.AsyncClient, username: str = "zhang") -> None:
    answer = await browser.post("/sign-in", data={"username": username, "password": PASSWORD}, headers=_FORM)
    assert answer.status_code == 303


async def make_zhang() -> int:
    return (await make_staff(Role.HANDLER, username="zhang")).account_id


async def test_a_member_who_is_linked_is_signed_in_as_that_account(
    browser: httpx.AsyncClient, wecom: FakeWecom
) -> None:
    account_id = await make_zhang()
    await accounts.link_staff(account_id, "wecom", "zhangsan", clock.now())
    request = await go(browser)

    answer = await come_back(browser, wecom.sign_in_code("zhangsan"), request["state"])

    assert (answer.status_code, answer.headers["location"]) == (303, "/work")
    assert (await browser.get("/api/v1/me")).json()["id"] == account_id
    assert request | {"state": ""} == {
        "appid": CORPID,
        "agentid": str(AGENT_ID),
        "redirect_uri": "http://127.0.0.1:8000/sign-in/wecom/back",
        "response_type": "code",
        "scope": "snsapi_base",
        "state": "",
    }
    latest = (await accounts.list_traces(account_id, 1))[0]
    assert (latest.name, latest.body["by"]) == ("SignedIn", "wecom")


@pytest.mark.parametrize("userid", ["zhangsan", "wangwu"], ids=["not linked", "no member"])
async def test_whoever_is_not_linked_stays_outside_and_no_account_is_made(
    browser: httpx.AsyncClient, wecom: FakeWecom, userid: str
) -> None:
    await make_zhang()
    state = (await go(browser))["state"]

    assert (await come_back(browser, wecom.sign_in_code(userid), state)).status_code == 401
    assert (await browser.get("/api/v1/me")).status_code == 401
    assert await db.fetchval("SELECT count(*) FROM account") == 1


async def test_who_has_left_is_not_let_in_and_the_member_is_free_for_another(
    browser: httpx.AsyncClient, wecom: FakeWecom
) -> None:
    account_id = await make_zhang()
    await accounts.link_staff(account_id, "wecom", "zhangsan", clock.now())
    await accounts.close_account(account_id, clock.now())

    answer = await come_back(browser, wecom.sign_in_code("zhangsan"), (await go(browser))["state"])
    another = (await make_staff(Role.HANDLER, username="li")).account_id
    await accounts.link_staff(another, "wecom", "zhangsan", clock.now())

    assert answer.status_code == 401
    assert await queries.find_by_identity("wecom", "zhangsan") == another


async def test_a_code_serves_once(browser: httpx.AsyncClient, wecom: FakeWecom) -> None:
    await accounts.link_staff(await make_zhang(), "wecom", "zhangsan", clock.now())
    code = wecom.sign_in_code("zhangsan")

    assert (await come_back(browser, code, (await go(browser))["state"])).status_code == 303
    assert (await come_back(browser, code, (await go(browser))["state"])).status_code == 401


async def test_a_browser_that_did_not_leave_from_here_is_not_signed_in(
    browser: httpx.AsyncClient, wecom: FakeWecom
) -> None:
    """Else somebody could have another person's browser signed in as themselves."""
    await accounts.link_staff(await make_zhang(), "wecom", "zhangsan", clock.now())
    state = (await go(browser))["state"]
    cookie = browser.cookies["wecom_state"]

    changed = state[:-1] + ("y" if state[-1] == "x" else "x")
    assert (await come_back(browser, wecom.sign_in_code("zhangsan"), changed)).status_code == 401
    for forged in ("", "x", f"{state}.0.99999999999.{'0' * 64}", cookie.replace(".0.", ".1.")):
        browser.cookies.clear()
        browser.cookies.set("wecom_state", forged)
        assert (await come_back(browser, wecom.sign_in_code("zhangsan"), state)).status_code == 401
    assert not [each for each in wecom.server.asked if "getuserinfo" in each.path], "the code is not even looked at"


async def test_wecom_being_away_leaves_the_password(browser: httpx.AsyncClient, wecom: FakeWecom) -> None:
    state = (await go(browser))["state"]
    wecom.fixed_error = (-1, "system busy")

    answer = await come_back(browser, "CODE", state)

    assert answer.status_code == 503
    assert "用密码登录" in answer.text


async def test_one_links_oneself_with_the_password_and_the_word_of_wecom(
    browser: httpx.AsyncClient, wecom: FakeWecom
) -> None:
    account_id = await make_zhang()
    await sign_in(browser)
    page = await browser.post("/inbox/wecom", data={"password": PASSWORD}, headers=_FORM)
    address = page.text.split('href="http')[1].split('"')[0].replace("&amp;", "&")

    answer = await come_back(browser, wecom.sign_in_code("zhangsan"), asked(f"http{address}")["state"])

    assert (answer.status_code, answer.headers["location"]) == (303, "/inbox/wecom?linked=1")
    assert await queries.find_subject(account_id, "wecom") == "zhangsan"
    assert "已绑定企业微信" in (await browser.get("/inbox/wecom?linked=1")).text
    assert "IdentityLinked" in [each.name for each in await accounts.list_traces(account_id, 9)]


async def test_one_removes_the_link_and_signs_in_by_it_no_more(browser: httpx.AsyncClient, wecom: FakeWecom) -> None:
    account_id = await make_zhang()
    await link(account_id, "wecom", "zhangsan")
    await sign_in(browser)
    assert "解除绑定" in (await browser.get("/inbox/wecom")).text

    answers = [await browser.post("/inbox/wecom/unlink", headers=_FORM) for _ in range(2)]

    assert [each.status_code for each in answers] == [303, 303]
    assert "已解除绑定" in (await browser.get(answers[0].headers["location"])).text
    assert await queries.find_subject(account_id, "wecom") is None
    assert [each.name for each in await accounts.list_traces(account_id, 9)].count("IdentityUnlinked") == 1
    assert (await come_back(browser, wecom.sign_in_code("zhangsan"), (await go(browser))["state"])).status_code == 401


async def test_a_session_without_the_password_links_nobody(browser: httpx.AsyncClient, wecom: FakeWecom) -> None:
    """An unlocked phone that lies about is not enough."""
    account_id = await make_zhang()
    await sign_in(browser)
    state = (await go(browser))["state"]

    wrong = await browser.post("/inbox/wecom", data={"password": "not it"}, headers=_FORM)
    by_the_way = await come_back(browser, wecom.sign_in_code("zhangsan"), state)

    assert wrong.status_code == 401
    assert "wecom_state" not in wrong.headers.get("set-cookie", "")
    assert by_the_way.status_code == 401
    assert await queries.find_subject(account_id, "wecom") is None


async def test_a_link_begun_by_one_is_not_ended_by_another(browser: httpx.AsyncClient, wecom: FakeWecom) -> None:
    await make_zhang()
    other = (await make_staff(Role.HANDLER, username="li")).account_id
    await sign_in(browser)
    page = await browser.post("/inbox/wecom", data={"password": PASSWORD}, headers=_FORM)
    address = page.text.split('href="http')[1].split('"')[0].replace("&amp;", "&")
    await sign_in(browser, "li")

    answer = await come_back(browser, wecom.sign_in_code("lisi"), asked(f"http{address}")["state"])

    assert answer.status_code == 401
    assert await queries.find_subject(other, "wecom") is None


async def test_a_member_is_one_account(database: str) -> None:
    first = await make_zhang()
    second = (await make_staff(Role.HANDLER, username="li")).account_id
    await accounts.link_staff(first, "wecom", "zhangsan", clock.now())

    with pytest.raises(IdentityOfAnother):
        await accounts.link_staff(second, "wecom", "zhangsan", clock.now())
    await accounts.link_staff(first, "wecom", "zs2", clock.now())
    await accounts.link_staff(second, "wecom", "zhangsan", clock.now())

    assert await queries.find_subject(first, "wecom") == "zs2"
    assert await queries.find_subject(second, "wecom") == "zhangsan"


async def test_the_pages_offer_it_where_it_is_set_up(browser: httpx.AsyncClient) -> None:
    await make_zhang()

    assert "/sign-in/wecom" in (await browser.get("/sign-in")).text
    await sign_in(browser)
    assert "/inbox/wecom" in (await browser.get("/inbox/preferences")).text


async def test_the_pages_do_not_speak_of_it_elsewhere(client: httpx.AsyncClient) -> None:
    await make_zhang()

    assert "wecom" not in (await client.get("/sign-in")).text
    await sign_in(client)
    assert "wecom" not in (await client.get("/inbox/preferences")).text
    assert (await client.get("/inbox/wecom")).status_code == 404
    client.cookies.clear()
    assert (await client.get("/work", headers=INSIDE)).headers["location"] == "/sign-in?next=/work"


async def through_wecom(browser: httpx.AsyncClient, page: str, inside: dict[str, str] = INSIDE) -> httpx.Response:
    """Open a page inside WeCom, which knows who holds the phone. Its own answer is followed, ours is not."""
    first = await browser.get(page, headers=inside)
    assert first.status_code == 302, "straight to WeCom"
    async with httpx.AsyncClient() as elsewhere:
        sent_back = await elsewhere.get(first.headers["location"])
    address = urlsplit(sent_back.headers["location"])
    return await browser.get(f"{address.path}?{address.query}", headers=inside)


@pytest.mark.parametrize("inside", [INSIDE, GOVERNMENT], ids=["WeCom", "the government build"])
async def test_inside_wecom_a_page_signs_its_reader_in_by_itself(
    browser: httpx.AsyncClient, wecom: FakeWecom, inside: dict[str, str]
) -> None:
    account_id = await make_zhang()
    await accounts.link_staff(account_id, "wecom", "zhangsan", clock.now())
    wecom.holder = "zhangsan"

    answer = await through_wecom(browser, "/inbox/preferences?from=card", inside)

    assert (answer.status_code, answer.headers["location"]) == (303, "/inbox/preferences?from=card")
    assert (await browser.get("/inbox/preferences", headers=inside)).status_code == 200
    assert (await browser.get("/api/v1/me")).json()["id"] == account_id


async def test_a_phone_without_a_name_is_signed_in_where_the_page_is_for_staff(
    browser: httpx.AsyncClient, wecom: FakeWecom
) -> None:
    await accounts.link_staff(await make_zhang(), "wecom", "zhangsan", clock.now())
    await browser.post("/device-session", headers=_FORM)
    wecom.holder = "zhangsan"
    assert (await browser.get("/q/nothing", headers=INSIDE)).status_code == 404, "a page for everybody is what it is"

    assert (await through_wecom(browser, "/o/1")).headers["location"] == "/o/1"


async def test_whoever_wecom_does_not_know_gets_the_password_with_words_and_is_not_sent_round(
    browser: httpx.AsyncClient, wecom: FakeWecom
) -> None:
    await make_zhang()
    wecom.holder = "lisi"

    refused = await through_wecom(browser, "/inbox/preferences")

    assert refused.status_code == 401
    assert "尚未绑定" in refused.text
    assert 'name="next" value="/inbox/preferences"' in refused.text
    again = await browser.get("/inbox/preferences", headers=INSIDE)
    assert (again.status_code, again.headers["location"]) == (303, "/sign-in?next=/inbox/preferences")
    await sign_in(browser)
    assert (await browser.get("/inbox/preferences", headers=INSIDE)).status_code == 200


async def test_wecom_being_away_or_cookies_off_is_no_circle(browser: httpx.AsyncClient, wecom: FakeWecom) -> None:
    wecom.holder, wecom.fixed_error = "zhangsan", (-1, "system busy")
    assert (await through_wecom(browser, "/work")).status_code == 503

    browser.cookies.clear()
    lost = await browser.get("/sign-in/wecom/back?code=x&state=y", headers=INSIDE)
    assert (lost.status_code, "location" in lost.headers) == (401, False)


async def test_signing_out_inside_wecom_is_signing_out(browser: httpx.AsyncClient, wecom: FakeWecom) -> None:
    await accounts.link_staff(await make_zhang(), "wecom", "zhangsan", clock.now())
    wecom.holder = "zhangsan"
    await through_wecom(browser, "/work")
    browser.cookies.delete("wecom_tried")

    await browser.post("/sign-out", headers=_FORM | INSIDE)

    assert (await browser.get("/work", headers=INSIDE)).headers["location"] == "/sign-in?next=/work"


@pytest.mark.parametrize("page", ["//evil.example/%2e%2e/work", "/work?next=//evil.example"])
async def test_wecom_leads_back_to_no_other_site(browser: httpx.AsyncClient, wecom: FakeWecom, page: str) -> None:
    await accounts.link_staff(await make_zhang(), "wecom", "zhangsan", clock.now())
    wecom.holder = "zhangsan"
    sent = await browser.get("/sign-in/wecom", params={"next": page}, headers=INSIDE)
    async with httpx.AsyncClient() as elsewhere:
        address = urlsplit((await elsewhere.get(sent.headers["location"])).headers["location"])

    answer = await browser.get(f"{address.path}?{address.query}", headers=INSIDE)

    assert answer.headers["location"] in ("/work", "/work?next=//evil.example")


async def test_other_browsers_and_the_api_are_not_sent_to_wecom(browser: httpx.AsyncClient) -> None:
    chrome = {"accept": "text/html", "user-agent": "Mozilla/5.0 Chrome/120.0"}

    answers = [await browser.get("/work", headers=chrome), await browser.get("/api/v1/me", headers=INSIDE)]

    assert [each.status_code for each in answers] == [303, 401]
