"""The course of an inspection: found without network, put right by the shop, looked at again, told in the report."""

from datetime import datetime
from pathlib import Path

import pytest
from playwright.async_api import expect

from backend import db
from backend.accounts.structs import Role
from tests.browser.phones import Phones, kept_for_later
from tests.browser.photos import photo_file
from tests.makers.inspections import make_checklist
from tests.makers.shops import make_shop_person, make_storefront_of
from tests.makers.town import TOWN, SmallTown, make_actor

pytestmark = pytest.mark.browser


async def test_an_inspection_without_network_arrives_later_and_ends_in_the_shops_report(
    phones: Phones, town: SmallTown, now: datetime, tmp_path: Path
) -> None:
    shop_id = await make_storefront_of(town)
    owner = await make_actor("店主", Role.SHOP_OWNER, "")
    await make_shop_person(shop_id, owner.account_id)
    checklist_id, *_ = await make_checklist(now)
    phone = await phones.staff(await make_actor("检查员", Role.INSPECTOR, TOWN))
    await phone.goto("/inspections")
    await kept_for_later(phone, "/offline", "taken-along")
    await phone.context.set_offline(True)

    await phone.goto("/inspections")
    await expect(phone.get_by_role("link", name="阿宝面馆")).to_have_attribute("href", f"/shops/{shop_id}/inspect")
    await phone.goto(f"/shops/{shop_id}/inspect")
    form = f"/shops/{shop_id}/inspect?list={checklist_id}"
    await expect(phone.get_by_role("link", name="消防日常检查")).to_have_attribute("href", form)
    await phone.goto(form)
    point = phone.locator("[data-point]").first
    await point.get_by_label("不合格", exact=True).check()
    await phone.get_by_role("button", name="提交检查").click()
    await expect(phone.get_by_text("还没有照片")).to_be_visible()
    await point.get_by_label("说明").fill("两只过期")
    await point.locator("input[type=file]").last.set_input_files(photo_file(tmp_path, shade=30))
    await expect(point.locator("img")).to_be_visible()
    await phone.reload()
    await expect(point.locator("img")).to_be_visible()
    await expect(point.get_by_label("说明")).to_have_value("两只过期")
    await phone.get_by_role("button", name="提交检查").click()
    await expect(phone.locator("#queued-actions [data-state=queued]")).to_contain_text("得分 90")
    await expect(phone.locator("#connection")).to_have_text("离线 · 1 条待发送")
    assert await db.fetchval("SELECT count(*) FROM inspection") == 0
    await phone.context.set_offline(False)
    await expect(phone.locator("#queued-actions [data-state=sent]")).to_contain_text("已送达")
    sent = """
        SELECT f.note, i.captured_at < i.received_at
        FROM inspection_finding f JOIN inspection i ON i.id = f.inspection_id
    """
    assert [tuple(row) for row in await db.fetch(sent)] == [("两只过期", True)]

    shop = await phones.staff(owner)
    await shop.goto("/shop/findings")
    await shop.get_by_role("link", name="灭火器过期").click()
    await shop.set_input_files("#photo-album", photo_file(tmp_path, shade=90))
    await shop.get_by_role("button", name="已整改,请求复查").click()
    await expect(shop.get_by_text("等待复查;结果会通知您")).to_be_visible()

    await phone.goto("/inspections")
    await phone.get_by_role("link", name="灭火器过期").click()
    await phone.get_by_role("button", name="复查合格", exact=True).click()
    await expect(phone.get_by_text("已办结,商户会收到通知")).to_be_visible()

    await shop.goto(f"/shops/{shop_id}/report")
    await expect(shop.get_by_role("link", name="灭火器过期")).to_be_visible()
    document = await shop.request.get(f"/shops/{shop_id}/report.pdf")
    assert (await document.body()).startswith(b"%PDF-")
