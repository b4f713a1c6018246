"""A shop's report of a month: for its people and staff, as JSON, page and PDF, and without a word of complaints."""

import io

import pypdfium2
import pytest

from backend import clock, db
from backend.accounts.structs import Role
from shops.analysis.months import month_of
from shops.register import access
from tests.makers.accounts import bearer
from tests.makers.inspections import inspect, make_checklist
from tests.makers.shops import make_shop, make_shop_person
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_town

FORM = {"accept": "text/html"}


@pytest.fixture
async def shop(client):
    now = clock.now()
    await make_town(now)
    shop_id = await make_shop(area_code=COMMITTEE)
    owner = await make_actor("店主", Role.SHOP_OWNER, COMMITTEE)
    await make_shop_person(shop_id, owner.account_id)
    inspector = await make_actor("检查员", Role.INSPECTOR, TOWN)
    await inspect(shop_id, inspector, await make_checklist(now), now)
    return shop_id, owner, inspector


async def test_owner_and_staff_read_the_same_report_and_the_owners_reading_is_its_receipt(client, shop):
    shop_id, owner, inspector = shop
    path, month = f"/api/v1/shops/{shop_id}/report", month_of(clock.now())

    by_staff = await client.get(path, params={"month": month}, headers=bearer(inspector))
    assert await db.fetchval("SELECT count(*) FROM report_reading") == 0
    by_owner = await client.get(path, headers=bearer(owner))

    assert (by_staff.status_code, by_owner.status_code) == (200, 200)
    report = by_owner.json()
    assert (report["month"], report["found"], report["score"], report["grade"]) == (month, 1, 90, "A")
    assert report["departments"][0]["department"] == "fire"
    assert [row["change"] for row in report["score_rows"]] == [-10]
    assert await db.fetchval("SELECT account_id FROM report_reading") == owner.account_id


async def test_to_everybody_else_there_is_no_report(client, shop):
    shop_id, _, _ = shop
    other = await make_actor("别店店主", Role.SHOP_OWNER, COMMITTEE)
    elsewhere = await make_actor("外街道", Role.INSPECTOR, "310115106")

    answers = [
        await client.get(f"/api/v1/shops/{shop_id}/{what}", headers=bearer(actor))
        for actor in (other, elsewhere)
        for what in ("report", "report.pdf", "grade")
    ]

    assert {each.status_code for each in answers} == {404}
    assert (await client.get(f"/api/v1/shops/{shop_id}/report")).status_code == 401


@pytest.mark.parametrize("month", ["2026-13", "abc", "2099-01", "20２６-0１"])
async def test_a_month_that_is_none_or_has_not_begun_is_refused(client, shop, month):
    shop_id, owner, _ = shop

    answer = await client.get(f"/api/v1/shops/{shop_id}/report", params={"month": month}, headers=bearer(owner))

    assert (answer.status_code, answer.json()["code"]) == (400, "month-unreadable")


async def test_the_page_and_the_pdf_say_the_same(client, shop):
    shop_id, owner, _ = shop
    await db.execute("UPDATE shop SET name = '阿宝面馆😀' WHERE id = $1", shop_id)  # of which no font has the last sign

    page = await client.get(f"/shops/{shop_id}/report", headers=FORM | bearer(owner))
    pdf = await client.get(f"/shops/{shop_id}/report.pdf", headers=bearer(owner))

    assert (page.status_code, pdf.headers["content-type"]) == (200, "application/pdf")
    text = pypdfium2.PdfDocument(io.BytesIO(pdf.content))[0].get_textpage().get_text_bounded()
    for said in ("阿宝面馆", "灭火器过期", "A 级", "消防"):
        assert said in page.text, said
        assert said in text, said
    finding_id = await db.fetchval("SELECT id FROM inspection_finding")
    assert f'href="/findings/{finding_id}"' in page.text


async def test_the_shops_home_and_its_entry_lead_to_the_report(client, shop):
    shop_id, owner, inspector = shop

    home = await client.get("/shop", headers=FORM | bearer(owner))
    entry = await client.get(f"/shops/{shop_id}", headers=FORM | bearer(inspector))

    for page in (home, entry):
        assert f'href="/shops/{shop_id}/report"' in page.text
    assert "当前 A 级" in home.text


async def test_grades_are_set_by_the_administrators_of_the_area(client, shop):
    shop_id, owner, _ = shop
    admin = await make_actor("街镇", Role.STREET_ADMIN, TOWN)

    refused = await client.put(f"/api/v1/grade-settings/{TOWN}", json={"a_from": 95}, headers=bearer(owner))
    done = await client.put(f"/api/v1/grade-settings/{TOWN}", json={"visit_days_a": 9}, headers=bearer(admin))

    assert (refused.status_code, done.status_code) == (403, 204)
    grade = await client.get(f"/api/v1/shops/{shop_id}/grade", headers=bearer(owner))
    assert grade.json()["visit_days"] == 9
    assert (await access.see(shop_id, owner)).role is not None
