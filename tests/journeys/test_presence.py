"""What the server gave at the scan proves in a check-in or a report that the code was scanned just then."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from backend import clock, db
from qr import runtime
from tests.makers.accounts import bearer
from tests.makers.orders import make_accepted, make_order, make_photos
from tests.makers.town import make_town

HTML = {"accept": "text/html"}
_REPORTING = "SELECT move, detail ->> 'is_fresh' AS is_fresh FROM order_step WHERE move IN ('open', 'join') ORDER BY id"


async def kept() -> list[tuple[str, str | None]]:
    return [(row["move"], row["is_fresh"]) for row in await db.fetch(_REPORTING)]


@pytest.mark.parametrize("has_nonce", [True, False])
async def test_a_check_in_with_the_nonce_of_its_scan_is_marked_fresh(client, has_nonce):
    now = clock.now()
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    scanned = (await client.get(f"/api/v1/codes/{town.code}")).json()
    arrival = {"code": town.code, **({"nonce": scanned["nonce"]} if has_nonce else {})}

    answer = await client.post(f"/api/v1/orders/{order_id}/check-in", json=arrival, headers=bearer(town.handlers[0]))

    assert answer.status_code == 200, answer.text
    check_in = next(step for step in answer.json()["steps"] if step["move"] == "check_in")
    assert check_in["is_fresh"] is has_nonce


async def test_a_check_in_from_the_codes_page_is_marked_fresh_too(client):
    now = clock.now()
    town = await make_town(now)
    await make_accepted(town, now)
    handler = bearer(town.handlers[0]) | HTML
    landing = (await client.get(f"/q/{town.code}", headers=handler)).text
    order_page = re.search(r'href="(/o/[^"]+)"', landing)[1].replace("&amp;", "&")

    form = (await client.get(order_page, headers=handler)).text
    fields = {name: re.search(rf'name="{name}" value="([^"]+)"', form)[1] for name in ("key", "code", "nonce")}
    await client.post(f"{order_page.split('?')[0]}/check-in", data=fields, headers=handler)

    assert await db.fetchval("SELECT detail ->> 'is_fresh' FROM order_step WHERE move = 'check_in'") == "true"


@pytest.mark.parametrize(("age_min", "mark"), [(1, "true"), (16, None), (None, None)])
async def test_a_report_is_marked_when_its_page_was_opened_just_then(client, age_min, mark):
    now = clock.now()
    town = await make_town(now)
    nonce = {} if age_min is None else {"nonce": runtime.nonce(town.code, now - timedelta(minutes=age_min))}
    photos = [str(each) for each in await make_photos(town.resident)]
    report = {"client_id": uuid4().hex, "code": town.code, "item": "A101", "photo_ids": photos, **nonce}

    answer = await client.post("/api/v1/reports", json=report, headers=bearer(town.resident))

    assert answer.status_code == 201, answer.text
    assert await kept() == [("open", mark)]


@pytest.mark.parametrize("nonce", ["x" * 24, "é", "", "AAAA"])
async def test_an_invented_nonce_marks_nothing_and_hinders_nobody(client, nonce):
    now = clock.now()
    town = await make_town(now)
    order_id = (await make_order(town, now)).receipt.order_id
    join = {"client_id": uuid4().hex, "code": town.code, "order_id": order_id, "nonce": nonce}

    answer = await client.post("/api/v1/reports/joins", json=join, headers=bearer(town.handlers[0]))

    assert answer.status_code == 201, answer.text
    assert await kept() == [("open", None), ("join", None)]


async def test_the_forms_of_a_codes_page_carry_its_nonce_and_staff_read_it_in_the_story(client):
    now = clock.now()
    town = await make_town(now)
    order_id = (await make_order(town, now)).receipt.order_id
    page = (await client.get(f"/q/{town.code}", headers=HTML)).text
    nonces = re.findall(r'name="nonce" value="([^"]+)"', page)

    form = {"client_id": uuid4().hex, "nonce": nonces[0], "order": str(order_id)}
    await client.post(f"/q/{town.code}/join", data=form, headers=HTML)
    story = (await client.get(f"/o/{order_id}", headers=HTML | bearer(town.dispatcher))).text

    assert len(nonces) == 2 and len(set(nonces)) == 1
    assert await kept() == [("open", None), ("join", "true")]
    assert story.count("现场扫码") == 1


async def test_a_refused_form_keeps_the_nonce_of_the_page_that_was_scanned(client):
    now = clock.now()
    town = await make_town(now)
    scanned = runtime.nonce(town.code, now - timedelta(minutes=5))

    answer = await client.post(f"/q/{town.code}/report", data={"item": "A101", "nonce": scanned}, headers=HTML)

    assert answer.status_code == 422
    assert set(re.findall(r'name="nonce" value="([^"]+)"', answer.text)) == {scanned}
