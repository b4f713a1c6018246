"""A lift's pages: what stands in its cabin for everybody, the call for the trapped, the register for its own."""

import pytest

from backend import clock, db
from backend.accounts.structs import Role
from tests.makers.accounts import bearer
from tests.makers.lifts import make_lift
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_town
from tests.makers.worker import deliver

FORM = {"sec-fetch-site": "same-origin", "accept": "text/html"}
_ORDERS = "SELECT id, item_id, priority, unit_id, parent_id, state FROM work_order ORDER BY id"


@pytest.fixture
async def lift(client):
    await make_town(clock.now())
    return await make_lift(clock.now())


async def test_one_press_calls_the_company_and_the_property_once(client, lift):
    landing = await client.get(f"/q/{lift.code}", headers=FORM)
    cabin = await client.get(f"/q/{lift.code}/lift", headers=FORM)

    first = await client.post(f"/q/{lift.code}/lift/trapped", data={"description": "两位老人"}, headers=FORM)
    client.cookies.clear()
    second = await client.post(f"/q/{lift.code}/lift/trapped", data={}, headers=FORM)
    for _ in range(2):
        await deliver()

    assert f'href="/q/{lift.code}/lift"' in landing.text
    assert "梯11沪F00001" in cabin.text and "tel:02158880000" in cabin.text
    assert (first.status_code, second.status_code) == (303, 303)
    whole, part = await db.fetch(_ORDERS)
    assert (whole["item_id"], whole["priority"], whole["unit_id"]) == ("B501", "P0", lift.mechanic.unit_id)
    assert (part["item_id"], part["unit_id"], part["parent_id"]) == ("B501", lift.guard.unit_id, whole["id"])
    assert await db.fetchval("SELECT count(*) FROM report WHERE order_id = $1", whole["id"]) == 2
    tracked = await client.get(first.headers["location"], headers=FORM)
    assert tracked.status_code == 200


async def test_a_code_of_something_else_is_no_lift(client, lift):
    town_code = await db.fetchval("SELECT code FROM qr_code WHERE code <> $1", lift.code)

    assert (await client.get(f"/q/{town_code}/lift", headers=FORM)).status_code == 404
    assert (await client.post(f"/q/{town_code}/lift/trapped", data={}, headers=FORM)).status_code == 404
    assert f'href="/q/{town_code}/lift"' not in (await client.get(f"/q/{town_code}", headers=FORM)).text


async def test_the_register_shows_due_days_to_its_own_and_says_what_was_wrong_in_a_form(client, lift):
    near, far = [await make_actor("居委", Role.COMMITTEE, area) for area in (COMMITTEE, f"{TOWN}002")]
    entry = f"/lifts/{lift.id}/entry"

    listed = {who.name: (await client.get("/lifts", headers=FORM | bearer(who))).text for who in (near, lift.mechanic)}
    refused = await client.post(
        entry, data={"lift_no": "新号", "inspect_by": "明年"}, headers=FORM | bearer(lift.admin)
    )
    odd = await client.post(
        f"/lifts/{lift.id}/maintenance", data={"on": "0001-01-01"}, headers=FORM | bearer(lift.admin)
    )
    done = await client.post(f"/lifts/{lift.id}/maintenance", data={}, headers=FORM | bearer(lift.mechanic))

    assert all("3号楼东梯" in text for text in listed.values())
    assert "3号楼东梯" not in (await client.get("/lifts", headers=FORM | bearer(far))).text
    assert (await client.get(f"/lifts/{lift.id}", headers=FORM | bearer(far))).status_code == 404
    assert refused.status_code == 400 and 'value="新号"' in refused.text
    assert odd.status_code == 422
    assert done.status_code == 303
