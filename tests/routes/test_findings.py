"""An inspection by plain forms: the check list, the shop's photo, the second look; and who is told what of it."""

import re
from datetime import timedelta

import pytest

from backend import clock, db
from backend.accounts.structs import Role
from shops.inspections import overdue
from tests.makers.accounts import bearer, signed_in
from tests.makers.inspections import make_checklist
from tests.makers.photos import jpeg
from tests.makers.shops import make_shop, make_shop_person
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_town
from tests.makers.worker import deliver

MESSAGES = "SELECT path, title_en FROM message WHERE account_id = $1 ORDER BY event_id"


class Street:
    """A shop with its owner, an inspector and a panel, each with what signs them in."""


@pytest.fixture
async def street(client):
    now = clock.now()
    await make_town(now)
    here = Street()
    here.shop_id, here.checklist = await make_shop(area_code=COMMITTEE), await make_checklist(now)
    for name, role, area in (
        ("owner", Role.SHOP_OWNER, COMMITTEE),
        ("inspector", Role.INSPECTOR, TOWN),
        ("panel", Role.VERIFIER, TOWN),
        ("stranger", Role.HANDLER, "310104003"),
    ):
        actor = await make_actor(f"某{name}", role, area)
        setattr(here, name, actor)
        setattr(here, f"as_{name}", bearer(await signed_in(actor.account_id)))
    await make_shop_person(here.shop_id, here.owner.account_id)
    return here


async def inspect(client, street, *, photo=True, key="inspection-of-a-form"):
    checklist_id, point_id, _ = street.checklist
    said = {"client_id": key, "checklist_id": checklist_id, f"point-{point_id}": "fault", f"note-{point_id}": "两只"}
    files = {f"photo-{point_id}": ("1.jpg", jpeg(), "image/jpeg")} if photo else None
    path = f"/shops/{street.shop_id}/inspect"
    return await client.post(path, data=said, files=files, headers=street.as_inspector)


async def found_one(client, street):
    assert (await inspect(client, street)).status_code == 303
    return await db.fetchval("SELECT id FROM inspection_finding")


async def move(client, finding_id, name, headers, *, photo=False, **said):
    files = {"photo": ("1.jpg", jpeg(), "image/jpeg")} if photo else None
    return await client.post(
        f"/findings/{finding_id}/{name}", data={"key": "k" * 9, **said}, files=files, headers=headers
    )


async def test_from_the_check_list_over_the_shops_photo_to_the_second_look(client, street):
    choice = await client.get(f"/shops/{street.shop_id}/inspect", headers=street.as_inspector)
    form = await client.get(
        f"/shops/{street.shop_id}/inspect", params={"list": street.checklist[0]}, headers=street.as_inspector
    )
    sent = await inspect(client, street)
    again = await inspect(client, street, key="another-one")
    after = await client.get(sent.headers["location"], headers=street.as_inspector)
    finding_id = await db.fetchval("SELECT min(id) FROM inspection_finding")
    home = await client.get(f"/shop/{street.shop_id}", headers=street.as_owner)
    own = await client.get("/shop/findings", headers=street.as_owner)
    bare = await move(client, finding_id, "answer", street.as_owner, note="换了")
    answered = await move(client, finding_id, "answer", street.as_owner, photo=True, note="换了")
    passed = await move(client, finding_id, "pass", street.as_inspector)
    page = await client.get(f"/findings/{finding_id}", headers=street.as_owner)

    assert "消防日常检查" in choice.text
    shown, _, taken_along = form.text.partition("<template")
    assert (shown.count('value="fault"'), taken_along.count('value="fault"')) == (2, 2)
    assert (sent.status_code, again.status_code) == (303, 303)
    assert "得分 90" in after.text
    assert f"/findings/{finding_id}" in home.text
    assert "不足 1 天" in own.text
    assert (bare.status_code, answered.status_code, passed.status_code) == (422, 303, 303)
    assert "换了" in bare.text
    assert "复查合格" in page.text
    assert page.text.count("<img") == 2
    assert await db.fetchval("SELECT state FROM inspection_finding WHERE id = $1", finding_id) == "fixed"


async def test_a_fault_without_a_photo_comes_back_with_what_was_written(client, street):
    refused = await inspect(client, street, photo=False)

    assert refused.status_code == 422
    assert 'value="两只"' in refused.text
    assert re.search(r'value="fault" checked', refused.text)


async def test_a_finding_is_there_for_its_shop_and_its_street_and_names_no_staff_to_the_shop(client, street):
    finding_id = await found_one(client, street)
    pages = {
        name: await client.get(f"/findings/{finding_id}", headers=getattr(street, f"as_{name}"))
        for name in ("owner", "inspector", "panel", "stranger")
    }
    told = await client.get(f"/api/v1/findings/{finding_id}", headers=street.as_owner)
    strangers = await move(client, finding_id, "answer", street.as_stranger, photo=True)

    assert {name: page.status_code for name, page in pages.items()} == {
        "owner": 200, "inspector": 200, "panel": 200, "stranger": 404,
    }  # fmt: skip
    assert ("某inspector" in pages["panel"].text, "某inspector" in pages["owner"].text) == (True, False)
    assert "某inspector" not in told.text
    assert (told.json()["moves"], told.json()["finding"]["inspector_id"]) == (["answer", "appeal"], 0)
    assert strangers.status_code == 404


async def test_each_hears_what_is_for_them(client, street):
    finding_id = await found_one(client, street)
    await move(client, finding_id, "appeal", street.as_owner, note="上月刚换")
    await move(client, finding_id, "uphold", street.as_panel, note="标签过期")
    due_at = await db.fetchval("SELECT due_at FROM inspection_finding")
    await overdue.escalate_overdue(due_at + timedelta(hours=1))
    await move(client, finding_id, "answer", street.as_owner, photo=True, key="k" * 10)
    await deliver()

    told = {
        name: [row["title_en"] for row in await db.fetch(MESSAGES, getattr(street, name).account_id)]
        for name in ("owner", "inspector", "panel", "stranger")
    }
    assert told == {
        "owner": ["An inspection found something to put right", "Your appeal: it stands"],
        "inspector": ["Not put right in time", "The shop put it right: look at it again"],
        "panel": ["A shop appeals: please decide"],
        "stranger": [],
    }
    assert {row["path"] for row in await db.fetch("SELECT path FROM message")} == {f"/findings/{finding_id}"}
