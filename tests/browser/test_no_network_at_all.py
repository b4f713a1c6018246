"""A page that was never opened, or is private, and no network: one kept page stands in, and takes a report."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from backend import db
from backend.accounts.structs import Role
from tests.browser.phones import Phones, kept_for_later
from tests.browser.photos import photo_file
from tests.makers.town import TOWN, SmallTown, make_actor

pytestmark = pytest.mark.browser


async def test_an_inspector_reports_at_a_door_never_seen_before(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    phone = await phones.staff(await make_actor("网格员", Role.INSPECTOR, TOWN))
    await kept_for_later(phone, "/offline")
    await phone.context.set_offline(True)

    await phone.goto(f"/q/{town.code}")
    await phone.set_input_files("#photo-album", photo_file(tmp_path))
    await expect(phone.locator("#photo-thumbs img")).to_be_visible()
    await phone.get_by_role("button", name="提交").click()
    await expect(phone.get_by_text("没有网络,已存在手机")).to_be_visible()
    await phone.context.set_offline(False)

    await expect(phone.get_by_text("已收到,编号")).to_be_visible()
    found = "SELECT count(*) FROM report r JOIN work_order o ON o.id = r.order_id WHERE o.place_id = $1"
    assert await db.fetchval(found, town.place_id) == 1


async def test_a_private_page_is_stood_in_for_and_opens_when_the_network_is_back(
    phones: Phones, town: SmallTown
) -> None:
    phone = await phones.staff(town.handlers[0])
    await kept_for_later(phone, "/offline")
    await phone.context.set_offline(True)

    await phone.goto("/work")
    await expect(phone.get_by_text("现在没有网络")).to_be_visible()
    await expect(phone.get_by_role("button", name="提交")).to_be_hidden()
    await phone.context.set_offline(False)

    await expect(phone.get_by_role("heading", name="我的工单")).to_be_visible()


async def test_what_was_put_right_goes_out_whole_from_the_page_that_stands_in(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    phone = await phones.staff(await make_actor("网格员", Role.INSPECTOR, TOWN))
    await phone.goto(f"/self-handling?code={town.code}")
    await kept_for_later(phone, "/offline")
    await phone.context.set_offline(True)
    for moment, shade in (("before", 20), ("after", 80)):
        await phone.set_input_files(f"#{moment}_photo_ids-album", photo_file(tmp_path, shade=shade))
        await expect(phone.locator(f"#{moment}_photo_ids-thumbs img")).to_be_visible()
    await phone.get_by_role("button", name="上报并结案").click()
    await expect(phone.locator("#outbox")).to_contain_text("自处理")

    await phone.goto("/patrols")
    await expect(phone.get_by_text("现在没有网络")).to_be_visible()

    async with phone.expect_response(lambda answer: answer.url.endswith("/self-handled") and answer.ok):
        await phone.context.set_offline(False)
        await expect(phone.get_by_text("网络已恢复")).to_be_visible()
        await expect(phone.get_by_text("现在没有网络")).to_be_hidden()

    await expect(phone.locator("#connection")).to_have_text("在线")
    assert await db.fetchval("SELECT state FROM work_order") == "closed"


async def test_the_kept_page_follows_the_readers_language(phones: Phones, town: SmallTown) -> None:
    phone = await phones.take(locale="zh-CN")
    await phone.goto("/")
    await kept_for_later(phone, "/offline")
    await phone.goto("/prefs?lang=en&to=/")
    await kept_for_later(phone, "/offline", "No network now")
    await phone.context.set_offline(True)

    await phone.goto(f"/q/{town.code}")

    await expect(phone.get_by_text("No network now")).to_be_visible()
