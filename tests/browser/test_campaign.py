"""A campaign from the template to its coverage: made at the centre, filled in on a phone, its order on the desk."""

from datetime import datetime
from pathlib import Path

import pytest
from playwright.async_api import expect

from backend import db
from backend.accounts.structs import Role
from tests.browser.phones import Phones
from tests.browser.photos import photo_file
from tests.makers.town import COMMITTEE, SmallTown, make_actor, make_staffed_unit

pytestmark = pytest.mark.browser


async def test_a_typhoon_page_from_its_template_to_an_order_and_its_coverage(
    phones: Phones, town: SmallTown, now: datetime, tmp_path: Path
) -> None:
    await make_staffed_unit("joint_station")
    inspector = await make_actor("网格员", Role.INSPECTOR, COMMITTEE)
    desk = await phones.staff(town.dispatcher, width=1280, height=900)
    await desk.goto("/campaigns")
    await desk.get_by_role("listitem").filter(has_text="防汛防台专项排查").get_by_role("button", name="制作").click()
    await expect(desk.locator(".tag", has_text="还缺")).to_have_count(1)
    await desk.get_by_role("navigation").get_by_role("link", name="排查点").click()
    await desk.get_by_text("粘贴或扫码的码、地址、名称").click()
    await desk.get_by_label("每行一个").fill("莲安东路100号")
    await desk.locator("#kind-lines").select_option(label="居住小区")
    await desk.locator("form").filter(has_text="每行一个").get_by_role("button", name="加入").click()
    await expect(desk.get_by_text("新增 1 个排查点")).to_be_visible()
    await desk.get_by_role("navigation").get_by_role("link", name="概况").click()
    await desk.get_by_role("button", name="现在开始").click()
    await expect(desk.get_by_text("去的人已收到通知")).to_be_visible()

    phone = await phones.staff(inspector)
    await phone.goto("/checks")
    await phone.get_by_role("link", name="莲安东路100号").click()
    await expect(phone.get_by_text("深度")).to_be_visible()
    await expect(phone.locator("[data-field=scaffold]")).to_have_count(0)
    drains = phone.locator("[data-field=drains]")
    await drains.get_by_label("否", exact=True).check()
    await drains.get_by_label("说明").fill("树叶堵住")
    await drains.locator("input[type=file]").last.set_input_files(photo_file(tmp_path, shade=30))
    await expect(drains.locator("img")).to_be_visible()
    await phone.locator("[data-field=garage]").get_by_label("是", exact=True).check()
    await phone.get_by_role("button", name="提交").click()
    await expect(phone.get_by_text("还有必填项没填")).to_be_visible()
    await phone.context.set_offline(True)
    await phone.locator("[data-field=pump]").get_by_label("已试运行").check()
    for key in ("falling", "trees"):
        await phone.locator(f"[data-field={key}]").get_by_label("否", exact=True).check()
    await phone.locator("[data-field=photo] input[type=file]").last.set_input_files(photo_file(tmp_path, shade=60))
    await expect(phone.locator("[data-field=photo] img")).to_be_visible()
    await phone.get_by_role("button", name="提交").click()
    await expect(phone.locator("#queued-actions [data-state=queued]")).to_be_visible()
    assert await db.fetchval("SELECT count(*) FROM campaign_record") == 0
    await phone.context.set_offline(False)
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
