"""A campaign from the template to its coverage, one made from nothing, and the list of a phone without network.

What the centre has to do for a page is counted step by step: docs/campaigns.md says the same figures.
"""

from datetime import datetime
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from backend import clock, db
from backend.accounts.structs import Role
from backend.campaigns import lifecycle
from tests.browser.phones import Phones, kept_for_later, until
from tests.browser.photos import photo_file
from tests.browser.steps import Steps
from tests.makers.campaigns import make_running
from tests.makers.town import COMMITTEE, SmallTown, make_actor, make_staffed_unit

pytestmark = pytest.mark.browser
FROM_TEMPLATE, FROM_NOTHING = (3, 1, 1), (5, 3, 3)
"""Taps, choices and fields: of the typhoon page with a pasted list, and of a page of yes-or-no questions."""
_CHECK_DRAFTS = """() => new Promise(done => {
  const request = indexedDB.open('yima', 1);
  request.onsuccess = () => {
    const all = request.result.transaction('outbox').objectStore('outbox').getAll();
    all.onsuccess = () => { request.result.close(); done(all.result.filter(item => item.state === 'draft').length); };
  };
})"""
_STAND_IN_KEPT = """async () => {
  const names = await caches.keys();
  const kept = await Promise.all(names.map(async name => (await caches.open(name)).keys()));
  return kept.flat().some(request => request.url.includes('/checks/kept'));
}"""
_KEPT_CHECKS = "() => Object.keys(localStorage).filter(name => name.startsWith('checks:')).length"


async def test_a_typhoon_page_from_its_template_to_an_order_and_its_coverage(
    phones: Phones, town: SmallTown, now: datetime, tmp_path: Path
) -> None:
    await make_staffed_unit("joint_station")
    inspector = await make_actor("网格员", Role.INSPECTOR, COMMITTEE)
    desk, steps = await phones.staff(town.dispatcher, width=1280, height=900), Steps()
    await desk.goto("/campaigns")
    typhoon = desk.get_by_role("listitem").filter(has_text="防汛防台专项排查")
    await steps.tap(typhoon.get_by_role("button", name="制作"))
    await steps.write(desk.get_by_label("每行一个"), "莲安东路100号")
    await steps.choose(desk.locator("#kind-lines"), "居住小区")
    await steps.tap(desk.locator("form").filter(has_text="每行一个").get_by_role("button", name="加入"))
    await expect(desk.get_by_text("新增 1 个排查点")).to_be_visible()
    await steps.tap(desk.get_by_role("button", name="现在开始"))
    await expect(desk.get_by_text("去的人已收到通知")).to_be_visible()
    assert steps.counted == FROM_TEMPLATE

    phone = await phones.staff(inspector)
    await phone.goto("/checks")
    await phone.get_by_role("link", name="莲安东路100号").click()
    await _fill_typhoon(phone, tmp_path)
    await expect(phone.locator("#queued-actions [data-state=sent]")).to_be_visible()

    number = await db.fetchval("SELECT number FROM work_order WHERE source_kind = 'campaign'")
    await desk.get_by_role("navigation").get_by_role("link", name="覆盖").click()
    await expect(desk.locator("table.counts td").nth(1)).to_contain_text("1 100%")
    await desk.get_by_role("link", name="莲安东路100号").click()
    await expect(desk.get_by_text("树叶堵住")).to_be_visible()
    await desk.get_by_role("link", name=number).click()
    await expect(desk.locator("#campaign-records")).to_contain_text("防汛防台专项排查")
    await desk.goto("/desk")
    await expect(desk.get_by_text(number)).to_be_visible()


async def test_a_page_from_nothing_runs_after_a_few_presses(phones: Phones, town: SmallTown) -> None:
    desk, steps = await phones.staff(town.dispatcher, width=1280, height=900), Steps()
    await desk.goto("/campaigns")
    await steps.write(desk.get_by_label("空白专页"), "节前门窗检查")
    await steps.tap(desk.get_by_role("listitem").filter(has_text="空白专页").get_by_role("button", name="制作"))
    await steps.write(desk.get_by_label("每行一个问题"), "门锁完好\n窗户关好\n通道畅通")
    await steps.tick(desk.get_by_label("否", exact=True))
    await steps.write(desk.get_by_label("按名称或编号找事项"), "E101")
    await steps.tick(desk.locator("#items-found .chip").first.locator("input"))
    await steps.tap(desk.get_by_role("button", name="加入", exact=True))
    await steps.tap(desk.get_by_role("navigation").get_by_role("link", name="排查点"))
    await steps.tick(desk.get_by_label("第一居委", exact=True))
    await steps.tap(desk.locator("form").filter(has_text="第一居委").get_by_role("button", name="加入").first)
    await steps.tap(desk.get_by_role("button", name="现在开始"))
    await expect(desk.get_by_text("去的人已收到通知")).to_be_visible()

    assert steps.counted == FROM_NOTHING
    fields = "SELECT content -> 'fields' FROM campaign_form"
    assert str(await db.fetchval(fields)).count("E101") == 3


async def test_the_list_opens_without_network_and_what_is_filled_in_is_sent_once(
    phones: Phones, town: SmallTown, now: datetime, tmp_path: Path
) -> None:
    running = await make_running(town, now)
    phone = await phones.staff(running.inspector, geolocation={"longitude": 121.5537, "latitude": 31.1786},
                               permissions=["geolocation"])  # fmt: skip
    await _take_along(phone)
    await phone.context.set_offline(True)
    await phone.goto("/checks")
    await expect(phone.locator("#checks-age")).to_be_visible()
    await phone.get_by_role("link", name="莲安东路100号").click()
    await phone.locator("[data-field=met]").get_by_label("见到").check()
    await phone.locator("[data-field=drains]").get_by_label("是", exact=True).check()
    await phone.locator("[data-field=photo] input[type=file]").last.set_input_files(photo_file(tmp_path, shade=60))
    await expect(phone.locator("[data-field=photo] img")).to_be_visible()
    await phone.reload()
    await expect(phone.locator("[data-field=photo] img")).to_be_visible()
    await phone.get_by_role("button", name="提交").click()
    await expect(phone.locator("#queued-actions [data-state=queued]")).to_be_visible()
    await phone.get_by_role("link", name="看全部").click()
    await expect(phone.locator("#kept-list .tag", has_text="已填")).to_have_count(1)
    assert await db.fetchval("SELECT count(*) FROM campaign_record") == 0

    await phone.context.set_offline(False)
    await phone.wait_for_url("**/checks")
    filed = await db.fetch("SELECT presence, captured_at <= received_at AS in_order FROM campaign_record")
    assert [(row["presence"], row["in_order"]) for row in filed] == [("fair", True)]
    assert await db.fetchval("SELECT count(*) FROM photo_attachment WHERE subject_kind = 'campaign_record'") == 1


async def test_drafts_go_when_the_campaign_ends_and_nobody_else_on_the_phone_sees_them(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    running = await make_running(town, now)
    other = await make_actor("另一网格员", Role.INSPECTOR, f"{COMMITTEE[:-1]}9")
    phone = await phones.staff(running.inspector)
    await _begin_draft(phone, running.tasks[0])
    await _take_along(phone)
    assert await phone.evaluate(_CHECK_DRAFTS) == 1

    await phones.sign_in_at_once(phone, other)
    await phone.goto("/checks")
    await until(phone, f"() => ({_KEPT_CHECKS})() === 0")
    await kept_for_later(phone, "/offline")
    await phone.context.set_offline(True)
    await phone.goto(f"/checks/{running.tasks[0]}")
    await expect(phone.locator("form[data-check]")).to_have_count(0)
    assert "莲安东路100号" not in await phone.locator("body").inner_text()
    # The page that stands in asks again by itself once there is a network, in the way of the next address.
    await phone.goto("about:blank")
    await phone.context.set_offline(False)

    await phones.sign_in_at_once(phone, running.inspector)
    await _begin_draft(phone, running.tasks[1])
    await lifecycle.end(running.campaign_id, "结束", town.dispatcher, clock.now())
    await phone.goto("/checks")
    await until(phone, f"async () => (await ({_CHECK_DRAFTS})()) === 0")
    assert await phone.evaluate(_KEPT_CHECKS) == 0


async def _take_along(phone: Page) -> None:
    """Open the list, and wait until the phone could open it without network."""
    await phone.goto("/checks")
    await expect(phone.locator("#check-list[data-kept]")).to_have_count(1)
    await kept_for_later(phone, "/offline")
    await until(phone, _STAND_IN_KEPT)


async def _begin_draft(phone: Page, task_id: int) -> None:
    await phone.goto(f"/checks/{task_id}")
    await phone.locator("[data-field=met]").get_by_label("见到").check()
    await until(phone, f"async () => (await ({_CHECK_DRAFTS})()) > 0")


async def _fill_typhoon(phone: Page, folder: Path) -> None:
    await expect(phone.get_by_text("深度")).to_be_visible()
    await expect(phone.locator("[data-field=scaffold]")).to_have_count(0)
    drains = phone.locator("[data-field=drains]")
    await drains.get_by_label("否", exact=True).check()
    await drains.get_by_label("说明").fill("树叶堵住")
    await drains.locator("input[type=file]").last.set_input_files(photo_file(folder, shade=30))
    await expect(drains.locator("img")).to_be_visible()
    await phone.locator("[data-field=garage]").get_by_label("是", exact=True).check()
    await phone.get_by_role("button", name="提交").click()
    await expect(phone.get_by_text("还有必填项没填")).to_be_visible()
    await phone.locator("[data-field=pump]").get_by_label("已试运行").check()
    for key in ("falling", "trees"):
        await phone.locator(f"[data-field={key}]").get_by_label("否", exact=True).check()
    await phone.locator("[data-field=photo] input[type=file]").last.set_input_files(photo_file(folder, shade=60))
    await expect(phone.locator("[data-field=photo] img")).to_be_visible()
    await phone.get_by_role("button", name="提交").click()
