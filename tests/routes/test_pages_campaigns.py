"""The pages of campaigns as plain forms: made, run and ended without scripts; each role sees its own part."""

import re
from html import unescape

import pytest

from backend import clock, db
from backend.accounts.structs import Role
from tests.makers.accounts import bearer, signed_in
from tests.makers.campaigns import GOOD, file, make_campaign, make_running
from tests.makers.photos import jpeg
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_staffed_unit, make_town

HTML = {"accept": "text/html"}


@pytest.fixture
async def town(client):
    return await make_town(clock.now())


async def page(client, who, path, status=200):
    answer = await client.get(path, headers=HTML | bearer(await signed_in(who.account_id)))
    assert answer.status_code == status, answer.text
    return answer.text


async def send(client, who, path, data=None, **more):
    headers = HTML | bearer(await signed_in(who.account_id)) | {"origin": str(client.base_url)}
    return await client.post(path, headers=headers, data=data or {}, **more)


async def done(client, who, path, data=None, **more):
    """What was sent is taken: the page on which it goes on."""
    answer = await send(client, who, path, data, **more)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def test_a_typhoon_page_is_made_from_its_template_and_filled_in_without_scripts(client, town):
    centre = town.dispatcher
    await make_staffed_unit("joint_station")
    inspector = await make_actor("网格员", Role.INSPECTOR, COMMITTEE)
    made = await done(client, centre, "/campaigns", {"from": "typhoon", "area": TOWN})
    own = made.partition("/targets?")[0]
    assert "还缺" in await page(client, centre, own)
    table = f"名称,地址,门牌码,类别\n一号楼,,{town.code},居住小区\n,不存在路1号,,建筑工地\n"
    files = {"file": ("points.csv", table.encode(), "text/csv")}
    assert "count=2" in await done(client, centre, f"{own}/targets", {"by": "file"}, files=files)
    listed = await page(client, centre, f"{own}/targets")
    assert "一号楼" in listed and "地址对不上任何地点" in listed
    for path in ("form", "people", "settings", "preview", "form/drains", "form/new?kind=number"):
        assert "防汛防台专项排查" in await page(client, centre, f"{own}/{path}")
    assert await done(client, centre, f"{own}/state", {"act": "start_now"}) == f"{own}?done=started"

    (task,) = re.findall(r"/checks/(\d+)", await page(client, inspector, "/checks"))
    assert await page(client, town.resident, f"/checks/{task}", 404)
    form = await page(client, inspector, f"/checks/{task}")
    assert "排水口、雨水井畅通" in form and "基坑支护" not in form
    version = re.findall(r'name="form_id" value="(\d+)"', form)[0]
    said = {
        "form_id": version,
        "client_id": "check-123456",
        "a-drains": "no",
        "a-garage": "yes",
        "n-drains": "树叶堵住",
    }
    short = await send(client, inspector, f"/checks/{task}", said)
    assert short.status_code == 422 and "树叶堵住" in short.text and "外墙" in short.text
    said |= {"a-pump": "tested", "a-falling": "no", "a-trees": "no"}
    photos = {"p-photo": ("a.jpg", jpeg(), "image/jpeg"), "p-drains": ("b.jpg", jpeg(shade=9), "image/jpeg")}
    for _ in range(2):
        sent = await send(client, inspector, f"/checks/{task}", said, files=photos)
        assert sent.status_code in (303, 409), sent.text
    assert "没有要去的排查点" in await page(client, inspector, "/checks?done=done&orders=1")

    order_id = await db.fetchval("SELECT id FROM work_order")
    (record,) = re.findall(r"/campaign-records/(\d+)", await page(client, centre, f"/o/{order_id}"))
    shown = await page(client, centre, f"/campaign-records/{record}")
    assert "树叶堵住" in shown and f"/o/{order_id}" in shown
    assert "第一居委" in await page(client, centre, f"{own}/coverage")
    assert "一号楼" in await page(client, centre, f"{own}/records?shown=trouble")
    assert f"{own}/report?done=ended" == await done(client, centre, f"{own}/state", {"act": "end", "note": "台风过境"})
    assert "台风过境" in await page(client, centre, f"{own}/report")


async def test_a_form_is_built_one_field_at_a_time_and_what_is_not_sound_comes_back(client, town):
    centre = town.dispatcher
    made = await done(client, centre, "/campaigns", {"from": "", "area": TOWN})
    own = made.partition("/form?")[0]
    await done(client, centre, f"{own}/form", {"act": "kinds", "kinds": "小区 | Estate\n工地"})
    where = await done(client, centre, f"{own}/form/new", {"kind": "choice", "zh": "情况", "options": "好\n坏 | Bad"})
    field = where.partition("?")[0]
    shown = await page(client, centre, field)
    good, bad = re.findall(r'name="trouble" value="(\w+)"', shown)
    kind = re.findall(r'name="for_kinds" value="(\w+)"', shown)[0]
    more = {"kind": "choice", "zh": "情况", "options": "好\n坏 | Bad", "for_kinds": kind}
    await done(client, centre, field, more | {"trouble": bad, "item": "B403", "is_required": "1"})
    wrong = await send(client, centre, field, more | {"trouble": bad, "item": "B403", "is_personal": "1"})
    assert wrong.status_code == 422 and "异常设置不对" in wrong.text
    key = field.rpartition("/")[2]
    depends = {"kind": "number", "zh": "数量", "unit": "个", "least": "0", "most": "9", "conditions": f"{key}:{bad}"}
    second = (await done(client, centre, f"{own}/form/new", depends)).partition("?")[0].rpartition("/")[2]
    assert "仅当“情况”为“坏”时填写" in await page(client, centre, f"{own}/form")

    in_use = await send(client, centre, f"{own}/form", {"act": "delete", "key": key})
    assert in_use.status_code == 409 and "数量" in in_use.text
    assert (await send(client, centre, f"{own}/form", {"act": "up", "key": second})).status_code == 409
    await done(client, centre, f"{own}/form", {"act": "delete", "key": second})
    assert "数量" not in await page(client, centre, f"{own}/form")
    assert good != bad


async def test_settings_and_people_are_changed_and_what_cannot_be_comes_back(client, town):
    centre = town.dispatcher
    own = f"/campaigns/{await make_campaign(town, clock.now())}"
    typed = {"name_zh": "改名", "kind": "fire", "mode": "emergency", "starts_at": "2026-12-01T08:00", "unit": "days"}
    typed |= {"ends_at": "2026-12-05T20:00", "every": "1", "due_within_h": "12", "personal_days": "7"}
    assert await done(client, centre, f"{own}/settings", typed) == f"{own}?done=saved"
    assert "每 1 天" in await page(client, centre, own)
    for change in ({"ends_at": "2026-11-01T08:00"}, {"due_within_h": "25"}, {"starts_at": "0001-01-01T00:00"}):
        refused = await send(client, centre, f"{own}/settings", typed | change)
        assert refused.status_code == 422 and "改名" in refused.text
    assert (await send(client, centre, f"{own}/settings", typed | {"every": "9" * 30})).status_code == 400

    name = await db.fetchval("SELECT username FROM account WHERE id = $1", town.verifier.account_id)
    for data in ({"role": "handler", "area": COMMITTEE}, {"unit": town.unit_id, "area": TOWN}, {"username": name}):
        await done(client, centre, f"{own}/people", data)
    listed = await page(client, centre, f"{own}/people")
    assert all(words in listed for words in ("处置人员", "巡查队", town.verifier.name))
    await done(client, centre, f"{own}/people", {"remove": f"{COMMITTEE}/role/handler"})
    assert (await send(client, centre, f"{own}/people", {"username": "nobody"})).status_code == 422


async def test_what_each_role_sees_of_a_campaign(client, town):
    running = await make_running(town, clock.now())
    committee = await make_actor("居委", Role.COMMITTEE, COMMITTEE)
    elsewhere = await make_actor("外镇派单员", Role.DISPATCHER, "310104003")
    own = f"/campaigns/{running.campaign_id}"
    for path in ("", "/coverage", "/records", "/report", "/export/csv"):
        assert await page(client, committee, f"{own}{path}")
        assert await page(client, elsewhere, f"{own}{path}", 404)
        assert await page(client, running.inspector, f"{own}{path}", 403)
    for path in ("/form", "/targets", "/people", "/settings", "/preview"):
        assert await page(client, committee, f"{own}{path}", 403)
    assert await page(client, committee, "/checks") and await page(client, town.dispatcher, "/campaigns?tab=past")
    assert (await send(client, committee, "/campaigns", {"from": "fire", "area": COMMITTEE})).status_code == 403
    assert (await send(client, town.dispatcher, "/campaigns", {"from": "fire", "area": "310104003"})).status_code == 403


async def test_the_code_of_a_plate_leads_to_its_target(client, town):
    running = await make_running(town, clock.now())
    headers = HTML | bearer(await signed_in(running.inspector.account_id))

    found = await client.get("/checks", params={"code": town.code}, headers=headers)
    assert found.headers["location"].startswith(f"/checks/{running.tasks[0]}?code=")
    unknown = await client.get("/checks", params={"code": "nonsense"}, headers=headers)
    assert unknown.status_code in (400, 404, 422) and "排查" in unknown.text


async def test_what_is_personal_is_opened_by_a_press_and_is_in_no_file(client, town):
    running = await make_running(town, clock.now())
    filed = await file(running, GOOD | {"fever": "yes", "phone": "13812345678"}, clock.now())
    record = f"/campaign-records/{filed.id}"
    headers = HTML | bearer(await signed_in(town.dispatcher.account_id))
    for kind in ("csv", "xlsx"):
        sheet = await client.get(f"/campaigns/{running.campaign_id}/export/{kind}", headers=headers)
        assert sheet.status_code == 200 and b"13812345678" not in sheet.content and "发热" not in sheet.text
    assert "13812345678" not in await page(client, running.inspector, record)
    opened = await send(client, running.inspector, f"{record}/open")
    assert "13812345678" in opened.text and opened.headers["cache-control"] == "no-store"
    assert (await send(client, town.dispatcher, f"{record}/open")).status_code == 404


async def test_counts_of_what_is_sealed_are_for_who_reads_the_whole_area(client, town):
    running, now = await make_running(town, clock.now()), clock.now()
    for number in range(5):
        await file(running, GOOD | {"fever": "yes"}, now, key=f"record-{number}")
    committee = await make_actor("居委", Role.COMMITTEE, COMMITTEE)
    report = f"/campaigns/{running.campaign_id}/report"

    assert "有发热" in await page(client, town.dispatcher, report)
    assert "有发热" not in await page(client, committee, report)


@pytest.mark.parametrize("said", ["\x00", "9" * 40, "𠮷" * 3000, "0001-01-01", "-1", "<b>"])
async def test_nothing_that_is_typed_breaks_a_page(client, town, said):
    running = await make_running(town, clock.now())
    own, inspector = f"/campaigns/{running.campaign_id}", running.inspector
    headers = HTML | bearer(await signed_in(town.dispatcher.account_id))
    data = dict.fromkeys(("a-met", "a-drains", "a-water", "a-phone", "n-drains", "code", "form_id", "client_id"), said)
    answers = [
        await send(client, inspector, f"/checks/{running.tasks[0]}", data),
        await send(client, town.dispatcher, f"{own}/settings", dict.fromkeys(("name_zh", "every", "starts_at"), said)),
        await send(client, town.dispatcher, f"{own}/form/new", dict.fromkeys(("kind", "zh", "options", "least"), said)),
        await send(client, town.dispatcher, f"{own}/targets", {"by": "lines", "lines": said, "kind": said}),
        await send(client, town.dispatcher, f"{own}/targets", {"by": "filter", "words": said, "area": said}),
        await send(client, town.dispatcher, f"{own}/people", {"username": said, "unit": said, "area": said}),
        await send(client, town.dispatcher, "/campaigns", {"from": said, "area": said}),
        await send(client, town.dispatcher, f"{own}/state", {"act": said, "note": said}),
        await client.get(f"{own}/coverage", params={"round": said[:90], "area": said[:90]}, headers=headers),
    ]  # fmt: skip
    assert [answer.status_code for answer in answers if answer.status_code >= 500] == []


async def test_a_list_is_looked_at_before_it_is_taken_and_then_taken_as_it_was(client, town):
    own = f"/campaigns/{await make_campaign(town, clock.now())}"
    pasted = f"名称\t地址\t门牌码\t类别\n一号楼\t\t{town.code}\t小区\n\t不存在路1号\t\t小区\n二号楼\t\t\t没有的类别\n"
    looked = await send(client, town.dispatcher, f"{own}/targets", {"by": "lines", "act": "preview", "lines": pasted})
    assert looked.status_code == 200, looked.text
    assert "一号楼" in looked.text and "还没有加入任何一行" in looked.text and "第 4 行" in looked.text
    assert await db.fetchval("SELECT count(*) FROM campaign_target") == 0

    (text,) = re.findall(r'name="lines" value="([^"]*)"', looked.text)
    taken = await done(client, town.dispatcher, f"{own}/targets", {"by": "lines", "lines": unescape(text)})
    assert "count=2" in taken
    whole = await done(client, town.dispatcher, f"{own}/targets", {"by": "areas", "areas": TOWN})
    assert "count=1" in whole
    assert "都准备好了" in await page(client, town.dispatcher, f"{own}/targets")


async def test_several_questions_are_one_form_and_an_item_that_nobody_reports_is_among_the_choices(client, town):
    made = await done(client, town.dispatcher, "/campaigns", {"from": "", "area": TOWN, "name": "门窗检查"})
    own = made.partition("?")[0].removesuffix("/form")
    assert ">高空坠物" in await page(client, town.dispatcher, f"{own}/form") or "E101" in await page(
        client, town.dispatcher, f"{own}/form"
    )
    lines = {
        "act": "several",
        "kind": "yes_no",
        "lines": "门锁好\n窗关好 | Windows shut",
        "bad": "no",
        "is_required": "1",
    }
    await done(client, town.dispatcher, f"{own}/form", lines | {"other": "E101"})
    shown = await page(client, town.dispatcher, f"{own}/form")
    assert "门锁好" in shown and shown.count("E101") >= 2
    too_many = {"act": "several", "lines": "\n".join(f"问{n}" for n in range(90))}
    assert (await send(client, town.dispatcher, f"{own}/form", too_many)).status_code == 422
    earlier = await done(client, town.dispatcher, "/campaigns", {"from": "copy", "copied": own.rpartition("/")[2]})
    assert "门锁好" in await page(client, town.dispatcher, f"{earlier.partition('?')[0]}/form")


async def test_the_forms_of_a_phone_are_of_what_it_has_to_do_and_the_stand_in_names_nobody(client, town):
    running = await make_running(town, clock.now())
    forms = await page(client, running.inspector, "/checks/forms")
    assert f'data-check-form="{running.form_id}-"' in forms and "排水畅通" in forms
    assert "data-check-form" not in await page(client, town.resident, "/checks/forms")
    listed = await page(client, running.inspector, "/checks")
    assert "data-whole" in listed and f'data-check-task="{running.tasks[0]}"' in listed
    kept = await client.get("/checks/kept", headers=HTML | bearer(await signed_in(running.inspector.account_id)))
    assert kept.headers["cache-control"] == "private, no-cache" and "防汛排查" not in kept.text
