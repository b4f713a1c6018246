"""The street's view of its shops as a page and over HTTP, the rules of grades on a page, and what the public sees."""

import re

import pytest

from backend import clock, db
from backend.accounts.structs import Role
from backend.web.views.shop_map import GRADE_COLOURS
from shops.grades.structs import Grade
from tests.makers.accounts import bearer
from tests.makers.inspections import inspect, make_checklist
from tests.makers.shops import make_storefront_of
from tests.makers.statements import count_statements
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_town

FORM = {"accept": "text/html", "sec-fetch-site": "same-origin"}
MOST_STATEMENTS = 12


@pytest.fixture
async def street(client):
    now = clock.now()
    town = await make_town(now)
    shop_id = await make_storefront_of(town)
    admin = await make_actor("街镇", Role.STREET_ADMIN, TOWN)
    await inspect(shop_id, await make_actor("检查员", Role.INSPECTOR, TOWN), await make_checklist(now), now)
    await db.execute(
        "INSERT INTO shop_grade (shop_id, grade, since, counted_on) VALUES ($1, 'C', '2026-11-01', '2026-11-27')",
        shop_id,
    )
    await db.execute(
        "UPDATE inspection_finding SET found_at = found_at - interval '2 days', due_at = due_at - interval '2 days'"
    )
    return town, shop_id, admin


async def test_the_page_shows_figures_map_and_lists_in_few_statements(client, street):
    _, shop_id, admin = street
    headers = FORM | bearer(admin)

    page = await client.get("/shops/overview", headers=headers)
    asked = await count_statements(lambda: client.get("/shops/overview", headers=headers))

    assert page.status_code == 200
    assert asked <= MOST_STATEMENTS
    assert f'fill="{GRADE_COLOURS[Grade.C].fill}"' in page.text
    assert ">C1</text>" in page.text
    assert f'href="/shops/overview?area={COMMITTEE}"' in page.text
    for path in set(re.findall(r'href="(/shops[^"]*)"', page.text)):
        listed = await client.get(path.replace("&amp;", "&"), headers=headers)
        assert listed.status_code == 200, path
        if "grade=C" in path or "concern=overdue" in path or "/findings" in path:
            assert "阿宝面馆" in listed.text, path
        if "grade=B" in path:
            assert f'href="/shops/{shop_id}"' not in listed.text


async def test_the_same_over_http_with_definitions_and_lists(client, street):
    _, _, admin = street
    committee = await make_actor("居委", Role.COMMITTEE, COMMITTEE)

    found = (await client.get("/api/v1/shop-overview", headers=bearer(admin))).json()
    own = await client.get(f"/api/v1/shop-overview?area={COMMITTEE}", headers=bearer(committee))
    above = await client.get(f"/api/v1/shop-overview?area={TOWN}", headers=bearer(committee))

    assert found["figures"]["grade_c"] == {"value": 1, "n": 1, "list": f"/shops?area={TOWN}&grade=C"}
    assert found["figures"]["rectified"]["n"] == 1
    assert found["figures"].keys() == found["definitions"].keys()
    assert [(each["code"], each["overdue"]) for each in found["cells"]] == [(f"{COMMITTEE}001", 1)]
    assert (own.status_code, above.status_code, above.json()["code"]) == (200, 404, "shop-overview-missing")


@pytest.mark.parametrize(
    "query",
    [
        "area=abc",
        "area=31011510500199",
        "area=",
        "which=x&department=y&cursor=",
        "route=%F0%9F%98%80",
        "route=99999999999999999999",
    ],
)
async def test_an_address_that_says_something_else_is_no_fault_of_ours(client, street, query):
    _, _, admin = street
    for path in (
        "/shops/overview",
        "/shops/overview/findings",
        "/shops/overview/pickups",
        "/shops",
        "/shops/grade-settings",
    ):
        answer = await client.get(f"{path}?{query}&grade=Z&concern=1&cell=1", headers=FORM | bearer(admin))
        assert answer.status_code in (200, 400, 403, 404), (path, answer.status_code)


async def test_the_street_sets_rules_on_a_page_and_a_refused_form_keeps_them(client, street):
    _, _, admin = street
    form = FORM | bearer(admin)
    typed = {"a_from": "92.5", "b_from": "70", "first_weight": "1", "repeat_weight": "2", "overdue_weight": "3"}
    typed |= {"window_days": "60", "clean_days": "45", "visit_days_a": "20", "visit_days_b": "9", "visit_days_c": "1"}
    path = f"/shops/grade-settings?area={TOWN}"

    refused = [
        await client.post("/shops/grade-settings", data=typed | {"area": TOWN} | wrong, headers=form)
        for wrong in ({"a_from": "nan"}, {"a_from": "60"}, {"clean_days": "0"}, {"window_days": "7.5"}, {"b_from": ""})
    ]
    saved = await client.post("/shops/grade-settings", data=typed | {"area": TOWN}, headers=form)
    page = await client.get(path, headers=form)
    read = (await client.get(f"/api/v1/grade-settings/{COMMITTEE}", headers=bearer(admin))).json()
    other = await make_actor("核查员", Role.VERIFIER, TOWN)

    assert [each.status_code for each in refused] == [400, 422, 400, 400, 400]
    assert all('name="visit_days_b" value="9"' in each.text for each in refused)
    assert saved.status_code == 303
    assert 'name="a_from" value="92.5"' in page.text
    assert (read["a_from"], read["clean_days"], read["self_report_points"]) == (92.5, 45, 1)
    assert (await client.get(path, headers=FORM | bearer(other))).status_code == 403
    assert (await client.post("/shops/grade-settings", data=typed, headers=FORM | bearer(other))).status_code == 403


async def test_strangers_see_a_grade_only_where_the_town_says_so(client, street):
    town, _, admin = street

    before = await client.get(f"/q/{town.code}", headers=FORM)
    await client.put(f"/api/v1/grade-settings/{TOWN}", json={"is_public": True}, headers=bearer(admin))
    after = await client.get(f"/q/{town.code}", headers=FORM)

    assert "商铺分级" not in before.text
    assert "商铺分级 C 级" in after.text
