"""Who a request comes from: bearer tokens, the cookies of pages, their silent renewal, and other sites' attempts."""

import asyncio
from datetime import timedelta

import pytest

from backend import clock, db
from backend.accounts import service as accounts
from backend.accounts.tokens import ACCESS_LIFE
from tests.makers.accounts import bearer, keyring, make_device

ME, OWN = "/api/v1/me", "http://127.0.0.1:8000"


async def cookies_of_a_device(*, access_age=timedelta(0)):
    """The cookies that a browser would send, with an access token of this age."""
    opened_at = clock.now() - access_age
    tokens = await accounts.open_device_session(keyring(), opened_at)
    return {"yima_access": tokens.access_token, "yima_refresh": tokens.refresh_token}


def cookie(pairs):
    return {"cookie": "; ".join(f"{name}={value}" for name, value in pairs.items())}


RUN_OUT = ACCESS_LIFE + timedelta(minutes=1)


async def test_without_credentials_the_api_asks_to_sign_in(client):
    answer = await client.get(ME)

    assert (answer.status_code, answer.json()["code"]) == (401, "unauthorised")
    assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_a_token_that_ran_out_says_so(client):
    headers = bearer(await make_device(), clock.now() - RUN_OUT)

    answer = await client.get(ME, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (401, "access-token-expired")


@pytest.mark.parametrize("value", ["Bearer nonsense", "Bearer ", "Basic abc", "bearer x.y.z"])
async def test_what_is_no_token_of_ours_is_nobody(client, value):
    assert (await client.get(ME, headers={"authorization": value})).status_code == 401


async def test_a_page_is_known_by_its_cookie(client):
    answer = await client.get(ME, headers=cookie(await cookies_of_a_device()))

    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers


async def test_a_valid_access_token_costs_no_query(client, monkeypatch):
    headers = bearer(await make_device())

    async def no_query(*_):
        raise AssertionError("a query was sent")

    monkeypatch.setattr(db, "fetchrow", no_query)
    answer = await client.get("/health", headers=headers)

    assert answer.status_code == 200


async def test_an_access_cookie_that_ran_out_is_renewed_in_passing(client):
    jar = await cookies_of_a_device(access_age=RUN_OUT)

    answer = await client.get(ME, headers=cookie(jar))

    assert answer.status_code == 200
    lines = answer.headers.get_list("set-cookie")
    assert [line.split("=")[0] for line in lines] == ["yima_access", "yima_refresh"]
    assert all("HttpOnly" in line and "SameSite=lax" in line for line in lines)


async def test_a_browser_that_kept_only_the_refresh_cookie_is_renewed_too(client):
    jar = await cookies_of_a_device()

    answer = await client.get(ME, headers=cookie({"yima_refresh": jar["yima_refresh"]}))

    assert answer.status_code == 200


async def test_tabs_that_wake_at_once_all_stay_signed_in(client):
    jar = await cookies_of_a_device(access_age=RUN_OUT)

    answers = await asyncio.gather(*(client.get(ME, headers=cookie(jar)) for _ in range(4)))

    assert [each.status_code for each in answers] == [200] * 4
    assert len({each.headers.get_list("set-cookie")[1].split(";")[0] for each in answers}) == 1


async def test_cookies_of_a_session_that_ended_are_taken_away(client):
    jar = await cookies_of_a_device(access_age=RUN_OUT)
    await db.execute("UPDATE session SET revoked_at = now()")

    answer = await client.get(ME, headers=cookie(jar))

    assert answer.status_code == 401
    assert all("Max-Age=0" in line for line in answer.headers.get_list("set-cookie"))


async def test_a_bearer_token_goes_before_cookies(client):
    device = await make_device()
    headers = bearer(device) | cookie(await cookies_of_a_device())

    assert (await client.get(ME, headers=headers)).json()["id"] == device.account_id


@pytest.mark.parametrize(
    "said",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"origin": f"{OWN}.elsewhere.example"},
        {"sec-fetch-site": "cross-site", "origin": OWN},
    ],
)
async def test_another_site_may_not_act_with_a_persons_cookies(client, said):
    headers = cookie(await cookies_of_a_device()) | said

    answer = await client.delete("/api/v1/sessions/current", headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (403, "foreign-origin")


@pytest.mark.parametrize("said", [{}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}, {"origin": OWN}])
async def test_our_own_pages_may(client, said):
    headers = cookie(await cookies_of_a_device()) | said

    assert (await client.delete("/api/v1/sessions/current", headers=headers)).status_code == 204


async def test_reading_from_another_site_is_left_to_the_browser(client):
    headers = cookie(await cookies_of_a_device()) | {"sec-fetch-site": "cross-site"}

    assert (await client.get(ME, headers=headers)).status_code == 200


async def test_a_client_with_a_token_may_come_from_anywhere(client):
    headers = bearer(await make_device()) | {"origin": "https://elsewhere.example", "sec-fetch-site": "cross-site"}

    assert (await client.delete("/api/v1/sessions/current", headers=headers)).status_code == 204


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "",
        "text/plain; charset=utf-8",
        "multipart/form-data; boundary=x",
    ],
)
async def test_what_any_sites_form_could_send_is_no_json_where_cookies_sign_it(client, kind):
    jar = cookie(await cookies_of_a_device())
    sent = {"content": b'{"client_id": "12345678", "item": "A101"}', "headers": {"content-type": kind}}

    signed = await client.post("/api/v1/reports", content=sent["content"], headers=sent["headers"] | jar)

    assert (signed.status_code, signed.json()["code"]) == (415, "not-json")


async def test_json_and_moves_without_a_body_are_taken_with_cookies(client):
    jar = cookie(await cookies_of_a_device())

    sent = await client.post("/api/v1/reports", json={"client_id": "12345678", "item": "A101"}, headers=jar)
    bare = await client.delete("/api/v1/sessions/current", headers=jar)

    assert (sent.status_code, sent.json()["code"]) != (415, "not-json")
    assert bare.status_code == 204
