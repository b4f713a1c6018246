"""Sessions over HTTP: the fixed shape, refusals, limits, and who one is."""

import pytest

from backend.accounts import service as accounts
from backend.accounts.permissions import permissions_of
from backend.accounts.structs import Role, UnitDraft
from tests.makers.accounts import PASSWORD, bearer, make_device, make_staff

SESSIONS = "/api/v1/sessions"


async def sign_in(client, username="wang", password=PASSWORD):
    return await client.post(SESSIONS, json={"username": username, "password": password})


async def test_staff_sign_in_with_username_and_password(client):
    await make_staff(Role.HANDLER, username="wang", name="王师傅")

    answer = await sign_in(client)

    assert answer.status_code == 201
    body = answer.json()
    assert {"access_token", "refresh_token", "expires_in"} <= set(body)
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 600)
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(("username", "password"), [("wang", "wrong"), ("nobody", PASSWORD)])
async def test_a_refusal_says_the_same_whatever_was_wrong(client, username, password):
    await make_staff(username="wang")

    answer = await sign_in(client, username, password)

    assert (answer.status_code, answer.json()["code"]) == (401, "sign-in-refused")


async def test_guessing_one_name_is_slowed_down_whether_it_exists_or_not(client):
    answers = [await sign_in(client, "nobody", "guess") for _ in range(6)]

    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert answers[-1].json()["code"] == "sign-ins-slowed"
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 30


async def test_a_device_begins_without_an_account(client):
    answer = await client.post(f"{SESSIONS}/device")

    assert answer.status_code == 201
    me = await client.get("/api/v1/me", headers={"authorization": f"Bearer {answer.json()['access_token']}"})
    assert me.json()["is_device"]
    assert me.json()["roles"] == [{"role": "resident", "area_code": ""}]


async def test_a_refresh_token_is_exchanged_for_new_tokens(client):
    first = (await client.post(f"{SESSIONS}/device")).json()

    answer = await client.post(f"{SESSIONS}/refresh", json={"refresh_token": first["refresh_token"]})

    assert answer.status_code == 201
    assert answer.json()["refresh_token"] != first["refresh_token"]


async def test_a_refresh_token_of_nobody_is_refused(client):
    answer = await client.post(f"{SESSIONS}/refresh", json={"refresh_token": "nonsense"})

    assert (answer.status_code, answer.json()["code"]) == (401, "session-ended")


async def test_after_signing_out_the_session_cannot_be_refreshed(client):
    tokens = (await client.post(f"{SESSIONS}/device")).json()
    headers = {"authorization": f"Bearer {tokens['access_token']}"}

    answer = await client.delete(f"{SESSIONS}/current", headers=headers)

    assert (answer.status_code, answer.content) == (204, b"")
    again = await client.post(f"{SESSIONS}/refresh", json={"refresh_token": tokens["refresh_token"]})
    assert again.status_code == 401


async def test_me_names_the_unit_the_roles_and_the_permissions(client):
    unit_id = await accounts.add_unit(
        UnitDraft(code="u1", name_zh="一中队", unit_type="chengguan_patrol", area_code="310115105")
    )
    wang = await make_staff(Role.HANDLER, name="王师傅", unit_id=unit_id)

    me = (await client.get("/api/v1/me", headers=bearer(wang))).json()

    assert me == {
        "id": wang.account_id,
        "name": "王师傅",
        "is_device": False,
        "unit": {"id": unit_id, "name_zh": "一中队", "name_en": None},
        "roles": [{"role": "handler", "area_code": "310115105"}],
        "permissions": sorted(permissions_of(wang)),
    }


async def test_me_of_a_device_has_no_unit(client):
    me = await client.get("/api/v1/me", headers=bearer(await make_device()))

    assert (me.status_code, me.json()["unit"]) == (200, None)
