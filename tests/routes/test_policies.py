"""Policies reach the shops that they concern, once; unread and applied are counted; a question is an order of C301."""

import re
from datetime import timedelta

import pytest

from backend import clock, db
from backend.accounts.structs import Role
from tests.makers.accounts import bearer
from tests.makers.shops import make_shop, make_shop_person
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_town, make_unit
from tests.makers.worker import deliver

FORM = {"accept": "text/html", "sec-fetch-site": "same-origin"}


@pytest.fixture
async def street(client):
    """An administrator, and the owners of a restaurant of 80 m² and of a shop without size or trade."""
    await make_town(clock.now())
    unit_id = await make_unit("business_service")
    await make_actor("营商服务员", Role.HANDLER, TOWN, unit_id=unit_id)
    admin = await make_actor("街镇", Role.STREET_ADMIN, TOWN)
    owners = []
    for number, rule in enumerate(("trade_class = 'H', size_m2 = 80", "name = '杂货铺'")):
        shop_id = await make_shop(key=f"shop-{number}", uscc=None, area_code=COMMITTEE)
        await db.execute(f"UPDATE shop SET {rule} WHERE id = $1", shop_id)
        owner = await make_actor(f"店主{number}", Role.SHOP_OWNER, COMMITTEE)
        await make_shop_person(shop_id, owner.account_id)
        owners.append((shop_id, owner))
    return admin, *owners


async def write(client, admin, **other):
    body = {"area_code": TOWN, "title": "餐饮油烟补贴", "body": "更换净化器可申请补贴", "starts_on": "2026-01-01"}
    return await client.post("/api/v1/policies", json=body | other, headers=bearer(admin))


async def send(client, admin, policy_id):
    return await client.post(f"/api/v1/policies/{policy_id}/send", headers=bearer(admin))


@pytest.mark.parametrize(
    ("rule", "shops"),
    [
        ({}, 2),
        ({"trades": ["H"]}, 1),
        ({"trades": ["F"]}, 0),
        ({"size_from_m2": 50, "size_until_m2": 100}, 1),
        ({"size_from_m2": 81}, 0),
        ({"grades": ["A"]}, 2),
        ({"grades": ["C"]}, 0),
        ({"area_code": f"{TOWN}002"}, 0),
    ],
)
async def test_the_preview_says_who_would_get_it(client, street, rule, shops):
    admin, *_ = street
    policy_id = (await write(client, admin, **rule)).json()["id"]

    preview = (await client.get(f"/api/v1/policies/{policy_id}/preview", headers=bearer(admin))).json()
    sent = await send(client, admin, policy_id)

    assert (preview["shops"], preview["reached"], preview["people"]) == (shops, shops, shops)
    assert sent.status_code == (200 if shops else 409)


async def test_it_is_sent_once_and_read_applied_for_and_counted(client, street):
    admin, (shop_id, owner), (_, other) = street
    policy_id = (await write(client, admin, trades=["H"])).json()["id"]

    answers = [await send(client, admin, policy_id) for _ in range(2)]
    await deliver()
    told = await db.fetch("SELECT account_id, path FROM message WHERE kind = 'PolicySent'")
    page = await client.get("/shop/policies", headers=FORM | bearer(owner))
    path = f"/api/v1/policies/{policy_id}/shops/{shop_id}/application"
    applied = [await client.post(path, headers=bearer(owner)) for _ in range(2)]

    assert [each.status_code for each in answers] == [200, 409]
    assert [tuple(row) for row in told] == [(owner.account_id, "/shop/policies")]
    assert "餐饮油烟补贴" in page.text
    assert [each.status_code for each in applied] == [204, 204]
    assert (await client.post(path, headers=bearer(other))).status_code == 404
    assert "/shop/policies" in (await client.get("/shop", headers=FORM | bearer(owner))).text
    assert 'href="/policies"' in (await client.get("/shops", headers=FORM | bearer(admin))).text
    [seen] = (await client.get("/api/v1/policies", headers=bearer(admin))).json()
    assert (seen["people"], seen["read"], seen["applied"]) == (1, 1, 1)
    assert (
        "已发 1 人(1 家)· 未读 0 人 · 申请 1 家 · 提问 0 个"
        in (await client.get("/policies", headers=FORM | bearer(admin))).text
    )


async def test_a_question_is_one_order_of_the_service_desk(client, street):
    admin, (shop_id, owner), (_, other) = street
    policy_id = (await write(client, admin)).json()["id"]
    await send(client, admin, policy_id)
    path = f"/api/v1/policies/{policy_id}/shops/{shop_id}/questions"
    headers = bearer(owner) | {"idempotency-key": "question-1"}

    answers = [await client.post(path, json={"question": "要交哪些材料"}, headers=headers) for _ in range(2)]

    assert [each.status_code for each in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    order = await db.fetchrow("SELECT item_id, opened_by_id, description FROM work_order")
    assert tuple(order) == ("C301", owner.account_id, "《餐饮油烟补贴》\n要交哪些材料")
    assert (await client.post(path, json={"question": "x"}, headers=bearer(other))).status_code == 404


async def test_what_is_over_takes_no_application(client, street):
    admin, (shop_id, owner), _ = street
    yesterday = (clock.now() - timedelta(days=2)).date()
    policy_id, over_id = [(await write(client, admin)).json()["id"] for _ in range(2)]
    await send(client, admin, policy_id)
    await db.execute("UPDATE policy SET ends_on = $1", yesterday)

    assert (await send(client, admin, over_id)).json()["code"] == "policy-over"
    answer = await client.post(f"/api/v1/policies/{policy_id}/shops/{shop_id}/application", headers=bearer(owner))

    assert (answer.status_code, answer.json()["code"]) == (409, "policy-over")


async def test_only_administrators_of_the_area_write_and_nobody_fits_a_rule_the_wrong_way_round(client, street):
    admin, (_, owner), _ = street

    assert (await write(client, owner)).status_code == 403
    assert (await write(client, admin, area_code="310115106")).status_code == 403
    assert (await write(client, admin, starts_on="2026-02-01", ends_on="2026-01-01")).json()["code"] == (
        "policy-rule-empty"
    )
    assert (await write(client, admin, size_from_m2=9, size_until_m2=5)).status_code == 422


async def test_the_page_writes_sends_and_keeps_what_was_refused(client, street):
    admin, (shop_id, owner), _ = street
    form = FORM | bearer(admin)
    typed = {"area_code": TOWN, "title": "夜间经济", "body": "可延长外摆时间", "starts_on": "2026-01-01", "grades": "A"}

    refused = await client.post("/policies", data=typed | {"starts_on": ""}, headers=form)
    written = await client.post("/policies", data=typed, headers=form)
    page = await client.get("/policies", headers=form)
    policy_id = await db.fetchval("SELECT id FROM policy")
    sent = await client.post(f"/policies/{policy_id}/send", headers=form)
    asked = await client.post(
        f"/shop/policies/{policy_id}/{shop_id}",
        data={"act": "ask", "question": "几点到几点"},
        headers=FORM | bearer(owner),
    )

    assert refused.status_code == 400
    assert "可延长外摆时间" in refused.text
    assert re.search(r'name="grades" value="A" checked', refused.text)
    assert (written.status_code, sent.status_code, asked.status_code) == (303, 303, 303)
    assert "共 2 人" in page.text


async def test_two_people_of_one_shop_apply_once_and_whoever_left_acts_for_it_no_more(client, street):
    admin, (shop_id, owner), (other_id, other) = street
    await make_shop_person(shop_id, other.account_id, "staff")
    policy_id = (await write(client, admin)).json()["id"]
    preview = (await client.get(f"/api/v1/policies/{policy_id}/preview", headers=bearer(admin))).json()
    sent = (await send(client, admin, policy_id)).json()
    path = f"/api/v1/policies/{policy_id}/shops"

    for actor in (owner, other):
        await client.post(f"{path}/{shop_id}/application", headers=bearer(actor))
    await db.execute(
        "UPDATE shop_person SET until = now() WHERE account_id = $1 AND shop_id = $2", other.account_id, shop_id
    )
    [seen] = (await client.get("/api/v1/policies", headers=bearer(admin))).json()
    late = [
        await client.post(f"{path}/{shop_id}/{what}", json={"question": "还能申请吗"}, headers=bearer(other))
        for what in ("application", "questions")
    ]

    assert (preview["people"], sent["people"], seen["people"]) == (2, 2, 2), "somebody of two shops is one"
    assert (seen["shops"], seen["applied"], seen["questions"]) == (2, 1, 0)
    assert [each.status_code for each in late] == [404, 404]
    assert (await client.post(f"{path}/{other_id}/application", headers=bearer(other))).status_code == 204


async def test_a_draft_is_discarded_on_the_page_and_never_sent(client, street):
    admin, *_ = street
    policy_id = (await write(client, admin)).json()["id"]

    answer = await client.post(f"/policies/{policy_id}/withdraw", headers=FORM | bearer(admin))

    assert answer.headers["location"].endswith("done=discarded")
    assert (await send(client, admin, policy_id)).json()["code"] == "policy-sent-before"


async def test_whoever_acts_for_the_shop_no_more_neither_reads_nor_applies_nor_asks(client, street):
    admin, (shop_id, owner), _ = street
    policy_id = (await write(client, admin)).json()["id"]
    await send(client, admin, policy_id)
    await db.execute("UPDATE shop_person SET until = now() WHERE account_id = $1", owner.account_id)
    path, mine = f"/api/v1/policies/{policy_id}/shops/{shop_id}", bearer(owner)

    answers = [
        await client.post(f"{path}/application", headers=mine),
        await client.post(f"{path}/questions", json={"question": "要交哪些材料"}, headers=mine),
        await client.post(f"/api/v1/policies/{policy_id}/read", headers=mine),
    ]
    received = await client.get("/api/v1/policies/received", headers=mine)
    page = await client.get("/shop/policies", headers=FORM | mine)

    assert [each.status_code for each in answers] == [404, 404, 404]
    assert (received.json(), "餐饮油烟补贴" in page.text) == ([], False)
    assert await db.fetchval("SELECT count(read_at) FROM policy_recipient WHERE account_id = $1", owner.account_id) == 0
