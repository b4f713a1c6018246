"""The life of a plate on real pages: minted, printed, bound on a phone, scanned by three, replaced, revoked."""

import re
from datetime import datetime

import pypdfium2
import pytest
import zxingcpp
from playwright.async_api import Page, expect

from backend.accounts.structs import Role
from tests.browser.phones import Phones
from tests.makers.code_requests import second_door
from tests.makers.orders import make_order
from tests.makers.town import COMMITTEE, DOOR, TOWN, SmallTown, make_actor

pytestmark = pytest.mark.browser
AT_THE_DOOR = {"longitude": DOOR.lng, "latitude": DOOR.lat, "accuracy": 8}


async def test_a_plate_from_the_print_shop_to_its_end(phones: Phones, town: SmallTown, now: datetime) -> None:
    await second_door()
    office = await phones.staff(await make_actor("街道办", Role.STREET_ADMIN, TOWN))
    first, spare = await printed(office)

    hanger = await phones.staff(
        await make_actor("居委", Role.COMMITTEE, COMMITTEE), geolocation=AT_THE_DOOR, permissions=["geolocation"]
    )
    await bound_in_three_taps(hanger, first)
    await scanned_by_three(phones, town, hanger, first, now)
    await replaced(hanger, first, spare)
    await revoked(hanger, spare, first)


async def printed(office: Page) -> list[str]:
    """Mint two codes, print them, and read the sheet as a phone would."""
    await office.goto("/codes")
    await office.get_by_label("数量").fill("2")
    await office.get_by_role("button", name="生成").click()
    await expect(office.get_by_text("已生成第")).to_be_visible()
    async with office.expect_download(timeout=60_000) as begun:
        await office.get_by_role("link", name="打印 40 毫米").click(timeout=60_000)
    sheet = pypdfium2.PdfDocument(await (await begun.value).path())
    read = zxingcpp.read_barcodes(sheet[0].render(scale=3).to_pil())
    assert len(read) == 2
    return [each.text for each in read]


async def bound_in_three_taps(hanger: Page, url: str) -> None:
    await hanger.goto(url)
    await hanger.get_by_role("link", name="绑定到门牌").click()
    await hanger.get_by_role("button", name="用我的位置找附近的门").click()
    await expect(hanger.get_by_label(re.compile("102号 · 0 米"))).to_be_checked()
    await hanger.get_by_role("button", name="绑定", exact=True).click()

    await expect(hanger.get_by_text("已绑定。")).to_be_visible()
    await expect(hanger.get_by_text("距登记点 0 米")).to_be_visible()


async def scanned_by_three(phones: Phones, town: SmallTown, hanger: Page, url: str, now: datetime) -> None:
    """A stranger, a handler with an order here, and the committee open the same address."""
    code = url.rsplit("/", 1)[1]
    await make_order(town, now, code=code)
    stranger, handler = await phones.take(), await phones.staff(town.handlers[0])
    for page in (stranger, handler, hanger):
        await page.goto(url)
        await expect(page.get_by_role("heading", level=1)).to_have_text("102号")

    await expect(handler.locator("a[href^='/o/']").first).to_be_visible()
    await expect(stranger.locator("a[href^='/o/']")).to_have_count(0)


async def replaced(hanger: Page, old: str, new: str) -> None:
    await hanger.goto(f"/codes/{old.rsplit('/', 1)[1]}")
    await hanger.get_by_text("换新码").click()
    await hanger.get_by_label("新码的12位字符").fill(new)
    await hanger.get_by_role("button", name="更换").click()
    await expect(hanger.get_by_text("旧码仍可扫描")).to_be_visible()

    for url in (old, new):
        await hanger.goto(url)
        await expect(hanger.get_by_role("heading", level=1)).to_have_text("102号")


async def revoked(hanger: Page, code: str, older: str) -> None:
    await hanger.goto(f"/codes/{code.rsplit('/', 1)[1]}")
    await hanger.get_by_text("停用此码").click()
    await hanger.get_by_label("停用原因").fill("房屋拆除")
    await hanger.get_by_role("button", name="确认停用").click()
    await expect(hanger.get_by_text("已停用。")).to_be_visible()

    for url in (code, older):
        answer = await hanger.goto(url)
        assert answer is not None
        assert answer.status == 410


async def test_the_map_shows_which_doors_have_no_code(phones: Phones, town: SmallTown) -> None:
    await second_door()
    hanger = await phones.staff(await make_actor("居委", Role.COMMITTEE, COMMITTEE))

    await hanger.goto("/codes/coverage")

    await expect(hanger.get_by_role("row", name=re.compile("第一居委 2 1 0"))).to_be_visible()
    await expect(hanger.locator("svg circle")).to_have_count(1)
    drawn = await hanger.get_by_role("img", name=re.compile("分布图")).bounding_box()
    assert drawn is not None
    assert drawn["width"] > 300
    await expect(hanger.get_by_text("102号")).to_be_visible()
