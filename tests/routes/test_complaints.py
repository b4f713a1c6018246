"""Complaints about a shop: nobody learns who complained but two administrators together, and that is on record."""

import asyncio
import json
from datetime import timedelta

import asyncpg
import pytest

from backend import clock, db, logs
from backend.accounts.structs import Role
from backend.places.kinds import PlaceKind
from qr import codes
from qr import service as qr
from tests.makers.accounts import bearer
from tests.makers.orders import make_photos
from tests.makers.places import make_place
from tests.makers.shops import make_shop, make_shop_person
from tests.makers.town import COMMITTEE, DEMO_SECRET, TOWN, make_actor, make_town, make_unit
from tests.makers.worker import deliver

SECRET = ("王小明", "13900001234")
UPLOADED = """
    INSERT INTO photo_upload (id, owner_id, way, size_bytes, expires_at)
    SELECT id, owner_id, 'tus', 1, $2 FROM photo WHERE id = ANY($1::uuid[])"""
FORM = {"sec-fetch-site": "same-origin", "accept": "text/html"}


@pytest.fixture
async def shop(database):
    """A town whose shop has a code, and market supervision to answer. Gives the town and the shop's code."""
    now = clock.now()
    town = await make_town(now)
    unit_id = await make_unit("market_supervision")
    await make_actor("市场监管员", Role.HANDLER, TOWN, unit_id=unit_id)
    place_id = await make_place(kind=PlaceKind.STOREFRONT, address="莲安东路128号", area_code=COMMITTEE, key="shop-1")
    minted = await qr.mint_bound([place_id], keys=codes.keyring(DEMO_SECRET), now=now)
    return town, minted[place_id]


async def complain(client, town, code, **other):
    photos = [str(each) for each in await make_photos(town.resident)]
    await db.execute(UPLOADED, photos, clock.now() + timedelta(days=1))
    contact = {"name": SECRET[0], "phone": SECRET[1]}
    body = {"client_id": "complaint-1", "code": code, "item": "C403", "photo_ids": photos, "contact": contact}
    return await client.post("/api/v1/complaints", json=body | other, headers=bearer(town.resident))


async def two_administrators():
    roles = (Role.STREET_ADMIN, Role.DISTRICT_ADMIN)
    return [await make_actor(f"管理员{number}", role, "310115") for number, role in enumerate(roles, start=1)]


async def ask(client, order_id, actor, reason="法院依法调取证据"):
    return await client.post(
        f"/api/v1/orders/{order_id}/identity-openings", json={"reason": reason}, headers=bearer(actor)
    )


async def decide(client, opening_id, actor, *, is_agreed=True):
    return await client.post(
        f"/api/v1/identity-openings/{opening_id}/decision", json={"is_agreed": is_agreed}, headers=bearer(actor)
    )


async def read(client, opening_id, actor):
    return await client.post(f"/api/v1/identity-openings/{opening_id}/readings", headers=bearer(actor))


async def test_a_complaint_is_an_order_of_market_supervision_and_nothing_in_it_says_who(client, shop):
    town, code = shop

    answer = await complain(client, town, code)

    assert answer.status_code == 201
    order = await db.fetchrow(
        "SELECT o.*, u.unit_type FROM work_order o JOIN org_unit u ON u.id = o.unit_id WHERE o.id = $1",
        answer.json()["order_id"],
    )
    assert order["unit_type"] == "market_supervision"
    desk = await client.get("/desk", headers={"accept": "text/html"} | bearer(town.dispatcher))
    assert order["number"] in desk.text and "/media/" not in desk.text, "its photos are looked at on its page alone"
    reporter = town.resident.account_id
    assert order["opened_by_id"] != reporter
    assert await db.fetchval("SELECT count(*) FROM photo WHERE owner_id = $1", reporter) == 0
    assert await db.fetchval("SELECT count(*) FROM photo_upload WHERE owner_id = $1", reporter) == 0
    assert await db.fetchval("SELECT count(*) FROM quota_use WHERE key ~ $1", rf":{reporter}\M") == 0
    tables = [row["relname"] for row in await db.fetch("SELECT relname FROM pg_class WHERE relkind IN ('r', 'p')")]
    mine = [name for name in tables if name in ("report", "order_step", "event_log", "work_order", "shop_complaint")]
    for name in mine:
        rows = json.dumps([dict(row) for row in await db.fetch(f"SELECT * FROM {name}")], default=str)
        assert not any(secret in rows for secret in SECRET), name


async def test_a_complaint_that_is_sent_again_is_the_same_one(client, shop):
    town, code = shop
    first = await complain(client, town, code)
    photos = first.request.content

    again = await client.post(
        "/api/v1/complaints", content=photos, headers=bearer(town.resident) | {"content-type": "application/json"}
    )

    assert (again.status_code, again.json()) == (200, first.json())
    assert await db.fetchval("SELECT count(*) FROM shop_complaint") == 1


async def test_the_link_is_followed_by_whoever_holds_it(client, shop):
    town, code = shop
    receipt = (await complain(client, town, code)).json()

    page = await client.get(f"/r/{receipt['tracking_token']}", headers=FORM)

    assert page.status_code == 200
    mine = await client.get("/api/v1/orders/" + str(receipt["order_id"]), headers=bearer(town.resident))
    assert mine.status_code == 404, "a phone that is looked into does not say that it complained"


async def test_the_log_does_not_say_who_complained(client, shop, capfd):
    town, code = shop
    token = (await complain(client, town, code)).json()["tracking_token"]
    for path in (f"/q/{code}/complain", f"/r/{token}"):
        await client.get(path, headers=FORM | bearer(town.resident))

    logs.drain()
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines() if '"request"' in line]
    assert [(line["path"], line["account_id"]) for line in lines] == [
        ("/api/v1/complaints", None), ("/q/{code}/complain", None), ("/r/{token}", None)
    ]  # fmt: skip


@pytest.mark.parametrize(("change", "status", "why"), [({"item": "A101"}, 422, "no-complaint-item")])
async def test_what_is_no_complaint_is_refused(client, shop, change, status, why):
    town, code = shop

    answer = await complain(client, town, code, **change)

    assert (answer.status_code, answer.json()["code"]) == (status, why)
    assert await db.fetchval("SELECT count(*) FROM shop_complaint") == 0, "and no account was made for it"


async def test_a_door_that_is_no_shop_is_reported_and_not_complained_about(client, shop):
    town, _ = shop

    answer = await complain(client, town, town.code)

    assert (answer.status_code, answer.json()["code"]) == (422, "not-a-shop")
    assert await db.fetchval("SELECT count(*) FROM shop_complaint") == 0


async def test_two_administrators_open_it_together_and_every_reading_is_on_record(client, shop):
    town, code = shop
    order_id = (await complain(client, town, code)).json()["order_id"]
    one, two = await two_administrators()

    opening_id = (await ask(client, order_id, one)).json()["id"]
    early = await read(client, opening_id, one)
    own = await decide(client, opening_id, one)
    agreed = await decide(client, opening_id, two)
    readings = [await read(client, opening_id, each) for each in (one, two)]

    assert [each.status_code for each in (early, own, agreed)] == [409, 403, 204]
    assert own.json()["code"] == "second-person-needed"
    assert [each.json() for each in readings] == [
        {"account_id": town.resident.account_id, "account_name": "居民", "name": SECRET[0], "phone": SECRET[1]}
    ] * 2
    assert await db.fetchval("SELECT count(*) FROM identity_reading") == 2
    names = [
        row["name"] for row in await db.fetch("SELECT name FROM event_log WHERE name LIKE 'Identity%' ORDER BY id")
    ]
    assert names == ["IdentityOpeningAsked", "IdentityOpeningDecided", "IdentityRead", "IdentityRead"]
    with pytest.raises(asyncpg.RestrictViolationError):
        await db.execute("DELETE FROM identity_reading")


async def test_in_every_other_case_it_stays_sealed(client, shop):
    town, code = shop
    order_id = (await complain(client, town, code)).json()["order_id"]
    one, two = await two_administrators()
    third = await make_actor("管理员3", Role.STREET_ADMIN, "310115105")
    elsewhere = await make_actor("外区管理员", Role.DISTRICT_ADMIN, "310101")
    inspector = await make_actor("网格员", Role.INSPECTOR, "310115105")

    keeper = await make_actor("店主兼管理员", Role.STREET_ADMIN, "310115105")
    place_id = await db.fetchval("SELECT place_id FROM work_order WHERE id = $1", order_id)
    await make_shop_person(await make_shop(place_id=place_id), keeper.account_id)
    others = (elsewhere, inspector, town.dispatcher, town.resident, keeper)

    asked = [(await ask(client, number, each)).json()["code"] for each in others for number in (order_id, order_id + 1)]

    assert asked == ["complaint-not-found"] * 10, "which orders are complaints is not told by asking"
    assert (await ask(client, order_id, one, reason="要看")).status_code == 400
    opening_id = (await ask(client, order_id, one)).json()["id"]
    assert (await ask(client, order_id, two)).json()["code"] == "opening-pending"
    assert [(await decide(client, opening_id, each)).status_code for each in (elsewhere, keeper)] == [404, 404]
    assert (await decide(client, opening_id, two, is_agreed=False)).status_code == 204
    assert (await decide(client, opening_id, third)).json()["code"] == "opening-decided"
    assert (await read(client, opening_id, one)).status_code == 409
    again = (await ask(client, order_id, one)).json()["id"]
    await decide(client, again, two)
    assert (await read(client, again, third)).status_code == 409
    await db.execute(
        "UPDATE identity_opening SET decided_at = $1, readable_until = $2 WHERE readable_until IS NOT NULL",
        clock.now() - timedelta(hours=25),
        clock.now() - timedelta(hours=1),
    )
    assert (await read(client, again, one)).status_code == 409
    assert await db.fetchval("SELECT count(*) FROM identity_reading") == 0


async def test_what_the_camera_wrote_stays_sealed_with_the_identity(client, shop):
    town, code = shop
    order_id = (await complain(client, town, code)).json()["order_id"]
    one, two = await two_administrators()
    third = await make_actor("管理员3", Role.STREET_ADMIN, "310115105")
    photo_id = await db.fetchval("SELECT id FROM photo WHERE owner_id <> $1", town.resident.account_id)
    path = f"/api/v1/orders/{order_id}/photos/{photo_id}/original"

    async def ask_for(actor):
        return (await client.get(path, params={"reason": "核对证据"}, headers=bearer(actor))).json()["code"]

    alone = [await ask_for(each) for each in (one, two, town.verifier)]
    opening_id = (await ask(client, order_id, one)).json()["id"]
    await decide(client, opening_id, two)

    assert alone == ["identity-still-sealed", "identity-still-sealed", "photo-evidence-forbidden"]
    # The two come past the seal, to a photo of which this test wrote no file.
    assert [await ask_for(each) for each in (one, two, third)] == ["photo-gone", "photo-gone", "identity-still-sealed"]


async def test_two_who_agree_at_once_decide_once(client, shop):
    town, code = shop
    order_id = (await complain(client, town, code)).json()["order_id"]
    one, two = await two_administrators()
    third = await make_actor("管理员3", Role.STREET_ADMIN, "310115105")
    opening_id = (await ask(client, order_id, one)).json()["id"]

    answers = await asyncio.gather(*(decide(client, opening_id, each) for each in (two, third)))

    assert sorted(each.status_code for each in answers) == [204, 409]


async def test_the_second_person_and_whoever_asked_are_notified(client, shop):
    town, code = shop
    order_id = (await complain(client, town, code)).json()["order_id"]
    one, two = await two_administrators()
    opening_id = (await ask(client, order_id, one)).json()["id"]
    await deliver()
    await decide(client, opening_id, two)
    await deliver()

    told = await db.fetch("SELECT account_id, path FROM message WHERE kind LIKE 'Identity%' ORDER BY id")
    path = f"/o/{order_id}/identity"
    assert [tuple(row) for row in told] == [(two.account_id, path), (one.account_id, path)]
    said = json.dumps([dict(row) for row in await db.fetch("SELECT * FROM message")], default=str, ensure_ascii=False)
    assert "法院依法调取证据" not in said, "a reason is read on the page and on no locked phone"


async def test_the_pages_lead_from_the_shops_code_to_the_link_and_from_the_order_to_the_opening(client, shop):
    town, code = shop
    assert "/complain" in (await client.get(f"/q/{code}", headers=FORM)).text
    assert "/complain" not in (await client.get(f"/q/{town.code}", headers=FORM)).text
    form = await client.get(f"/q/{code}/complain", headers=FORM)
    assert "您的身份会被密封" in form.text
    photos = [str(each) for each in await make_photos(town.resident)]
    typed = {"client_id": "complaint-by-page", "item": "B401", "description": "发霉的面包", "name": SECRET[0]}

    bare = await client.post(f"/q/{code}/complain", data=typed, headers=FORM | bearer(town.resident))
    sent = await client.post(
        f"/q/{code}/complain", data=typed | {"photo_ids": photos}, headers=FORM | bearer(town.resident)
    )

    assert bare.status_code == 422
    assert all(word in bare.text for word in ("发霉的面包", SECRET[0], "complaint-by-page"))
    assert sent.status_code == 303
    order_id = await db.fetchval("SELECT id FROM work_order ORDER BY id DESC LIMIT 1")
    one, two = await two_administrators()
    assert f"/o/{order_id}/identity" in (await client.get(f"/o/{order_id}", headers=FORM | bearer(one))).text
    assert (
        f"/o/{order_id}/identity"
        not in (await client.get(f"/o/{order_id}", headers=FORM | bearer(town.dispatcher))).text
    )
    path = f"/o/{order_id}/identity"
    assert (await client.get(path, headers=FORM | bearer(town.dispatcher))).status_code == 404
    asked = await client.post(path, data={"reason": "法院依法调取"}, headers=FORM | bearer(one))
    opening_id = await db.fetchval("SELECT id FROM identity_opening")
    unsaid = await client.post(f"{path}/{opening_id}", headers=FORM | bearer(two))
    assert unsaid.status_code == 400, "nothing was chosen, and nothing is decided"
    await client.post(f"{path}/{opening_id}", data={"act": "agree"}, headers=FORM | bearer(two))
    shown = await client.post(f"{path}/{opening_id}", data={"act": "read"}, headers=FORM | bearer(one))
    assert (asked.status_code, shown.status_code) == (303, 200)
    assert SECRET[0] in shown.text
    assert shown.headers["cache-control"] == "no-store"


async def test_whoever_complained_is_asked_for_no_number_that_one_person_could_open(client, shop):
    town, code = shop
    token = (await complain(client, town, code)).json()["tracking_token"]

    page = await client.get(f"/r/{token}", headers={"accept": "text/html"})
    answer = {"number": "13812345678", "consent": "2026-11"}
    refused = await client.put(f"/api/v1/tracking/{token}/call-back-number", json=answer)

    assert 'name="number"' not in page.text
    assert (refused.status_code, refused.json()["code"]) == (409, "call-back-number-not-needed")
