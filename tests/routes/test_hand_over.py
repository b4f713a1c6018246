"""A page in the mini-program's web-view is opened as its person: by a link that works nowhere else and leads nowhere
else."""

from typing import Any

import httpx
import pytest

from backend import db
from tests.makers.accounts import bearer, make_device
from tests.makers.logged import said_anywhere

IN_WECHAT = "Mozilla/5.0 (Linux; Android 11) Chrome/107.0 Mobile MicroMessenger/8.0.50"
WEB_VIEW = f"{IN_WECHAT} MiniProgramEnv/android miniProgram/wx00000000000000fa"
PATH = "/session/hand-over"
_FORM = {"sec-fetch-site": "same-origin", "sec-fetch-dest": "document", "user-agent": WEB_VIEW}


async def link(client: httpx.AsyncClient, actor: Any) -> str:
    answer = await client.post("/api/v1/sessions/hand-over", headers=bearer(actor))
    assert (answer.status_code, answer.json()["expires_in"]) == (201, 60)
    return answer.json()["url_token"]


async def follow(client: httpx.AsyncClient, token: str, to: str = "/r/mine", **headers: str) -> httpx.Response:
    given = {"user-agent": WEB_VIEW} | {name.replace("_", "-"): value for name, value in headers.items()}
    return await client.get(PATH, params={"token": token, "to": to}, headers=given)


async def who(client: httpx.AsyncClient) -> int | None:
    return (await client.get("/api/v1/me")).json().get("id")


async def test_the_web_view_is_signed_in_and_goes_where_the_mini_program_said(
    client: httpx.AsyncClient, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    device = await make_device()
    token = await link(client, device)

    answer = await follow(client, token, "/q/3F7K?x=1")

    assert (answer.status_code, answer.headers["location"]) == (303, "/q/3F7K?x=1")
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert await who(client) == device.account_id
    again = await follow(client, token)
    assert again.status_code == 410, "it serves once, also for who is signed in"
    assert token not in said_anywhere(capfd, caplog)


@pytest.mark.parametrize(
    "to", ["//evil.example", "https://evil.example/", "/\\evil.example", "/a\\b", "evil", "/a\r\nb", "/" + "a" * 1000]
)
async def test_it_leads_to_no_other_site(client: httpx.AsyncClient, to: str) -> None:
    answer = await follow(client, await link(client, await make_device()), to)

    assert (answer.status_code, answer.headers["location"]) == (303, "/")


@pytest.mark.parametrize("page", ["/session/hand-over", "/session//hand%2Dover", "/r/../session/hand-over/"])
async def test_no_other_page_leads_to_a_link_that_opens_a_session(client: httpx.AsyncClient, page: str) -> None:
    """Else a card of the mini-program could open its web-view as whoever made the card."""
    answer = await client.get("/prefs", params={"big": "1", "to": f"{page}?token=x"})

    assert answer.headers["location"] == "/"


async def test_a_link_in_a_message_signs_nobody_in_and_serves_its_owner_still(client: httpx.AsyncClient) -> None:
    """Else what somebody reports would land with whoever sent them the link."""
    token = await link(client, await make_device())

    elsewhere = [
        await follow(client, token, user_agent=IN_WECHAT, accept="text/html"),
        await follow(client, token, user_agent="Mozilla/5.0 Chrome/120.0"),
        await follow(client, token, sec_fetch_dest="image"),
        await follow(client, token, sec_fetch_site="cross-site", sec_fetch_dest="document"),
    ]

    assert [each.status_code for each in elsewhere] == [403] * 4
    assert not any("set-cookie" in each.headers for each in elsewhere)
    assert token not in elsewhere[0].text
    assert (await follow(client, token)).status_code == 303


async def test_whoever_is_signed_in_there_as_somebody_else_decides(client: httpx.AsyncClient) -> None:
    mine, other = await make_device(), await make_device()
    await follow(client, await link(client, other))
    token = await link(client, mine)

    page = await follow(client, token, "/work")

    assert (page.status_code, page.headers["referrer-policy"]) == (200, "strict-origin")
    assert 'href="/work"' in page.text
    assert await who(client) == other.account_id
    foreign = await client.post(
        PATH, data={"token": token, "to": "/"}, headers=_FORM | {"sec-fetch-site": "cross-site"}
    )
    assert foreign.status_code == 403
    sent = await client.post(PATH, data={"token": token, "to": "/work"}, headers=_FORM)
    assert (sent.status_code, sent.headers["location"]) == (303, "/work")
    assert await who(client) == mine.account_id


async def test_a_spent_link_says_so_and_is_written_into_no_address(client: httpx.AsyncClient) -> None:
    token = await link(client, await make_device())
    await db.execute("DELETE FROM session_link")

    page = await follow(client, token, accept="text/html")

    assert page.status_code == 410
    assert "重新打开" in page.text
    assert token not in page.text
    assert await who(client) is None
