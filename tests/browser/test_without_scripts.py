"""Scripts switched off: plain forms do the resident's report and rating, and a handler's whole order."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from backend import clock, db
from tests.browser.phones import Phones, sign_in
from tests.browser.photos import photo_file
from tests.makers.orders import make_order
from tests.makers.town import SmallTown

pytestmark = pytest.mark.browser


async def test_a_report_is_sent_as_a_plain_form(phones: Phones, town: SmallTown, tmp_path: Path) -> None:
    phone = await phones.take(java_script_enabled=False)
    await phone.goto(f"/q/{town.code}")
    await phone.get_by_label("暴露垃圾").check()
    await phone.set_input_files("#photo-album", photo_file(tmp_path))

    await phone.get_by_role("button", name="提交").click()

    await expect(phone.get_by_text("已收到,编号")).to_be_visible()
    await expect(phone.get_by_text("处置完成")).to_have_count(1)
    assert await db.fetchval("SELECT item_id FROM work_order") == "A301"


async def test_a_report_without_its_photo_is_explained_and_what_was_written_is_kept(
    phones: Phones, town: SmallTown
) -> None:
    phone = await phones.take(java_script_enabled=False)
    await phone.goto(f"/q/{town.code}")
    await phone.get_by_text("补充说明").first.click()
    await phone.get_by_role("textbox").fill("堵住了楼道口")

    await phone.get_by_role("button", name="提交").click()

    await expect(phone.get_by_role("alert").first).to_contain_text("还缺")
    await expect(phone.get_by_role("textbox")).to_have_value("堵住了楼道口")


async def test_one_tap_joins_what_somebody_reported_here_before(phones: Phones, town: SmallTown) -> None:
    first = await make_order(town, clock.now())
    phone = await phones.take(java_script_enabled=False)
    await phone.goto(f"/q/{town.code}")
    await phone.get_by_text("此处已有人上报(1)").click()
    await expect(phone.get_by_text("1 人上报")).to_be_visible()

    await phone.get_by_role("button", name="我也遇到").click()

    await expect(phone.get_by_text(first.receipt.number).first).to_be_visible()
    assert await db.fetchval("SELECT count(*) FROM report WHERE order_id = $1", first.receipt.order_id) == 2
    await phone.goto(f"/q/{town.code}")
    await phone.get_by_text("您已上报").click()
    await expect(phone.get_by_text("2 人上报")).to_be_visible()


async def test_an_order_goes_from_accept_to_rating_by_plain_forms(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    resident = await phones.take(java_script_enabled=False)
    await resident.goto(f"/q/{town.code}")
    await resident.set_input_files("#photo-camera", photo_file(tmp_path))
    await resident.get_by_role("button", name="提交").click()
    handler = await phones.take(java_script_enabled=False)
    await sign_in(handler, town.handlers[0])

    await handler.get_by_role("link", name="非机动车乱停放").click()
    await handler.get_by_role("button", name="接单").click()
    await handler.goto(f"/q/{town.code}")
    await handler.get_by_role("link", name="此处有您的工单").click()
    await handler.get_by_role("button", name="用此码到场打卡").click()
    await handler.set_input_files("#before-camera", photo_file(tmp_path, shade=50))
    await handler.set_input_files("#after-camera", photo_file(tmp_path, shade=99))
    await handler.get_by_role("button", name="提交处置结果").click()
    verifier = await phones.staff(town.verifier, java_script_enabled=False)
    await verifier.get_by_role("button", name="核查通过").click()
    await expect(verifier.get_by_text("没有待核查的工单")).to_be_visible()
    await resident.reload()
    await resident.get_by_label("基本满意").check()
    await resident.get_by_role("button", name="提交评价").click()

    await expect(resident.get_by_text("感谢您的评价")).to_be_visible()
    assert await db.fetchval("SELECT rating FROM work_order") == 3
