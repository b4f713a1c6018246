"""The desk as a dispatcher works it: narrow, tick, reassign, and be where one was; a cell of the map; a phone."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from backend import db
from backend.orders import verbs as orders
from backend.orders.transitions.transition import TransitionContext
from tests.browser.phones import Phones
from tests.makers.desk import make_many
from tests.makers.orders import make_closed, make_order
from tests.makers.town import COMMITTEE, SmallTown, make_staffed_unit

pytestmark = pytest.mark.browser
WIDE = {"width": 1280, "height": 900}
WIDTHS = (1280, 375, 320, 188)
"""The last is a phone of 375 px at 200 %, where the cells of the map are too small to tap; its table is not."""
CHECKS = Path(__file__).with_name("looks.js").read_text(encoding="utf-8")


async def test_a_filter_stays_through_a_bulk_reassignment_and_a_reload(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    for _ in range(3):
        await make_order(town, now)
    unit = await make_staffed_unit("sanitation")
    desk = await phones.staff(town.dispatcher, **WIDE)
    await desk.goto("/desk")

    await desk.get_by_text("筛选", exact=True).click()
    await desk.get_by_label("事项").select_option("A101")
    await desk.get_by_role("button", name="应用筛选").click()
    await desk.get_by_label("选择本页全部").check()
    await expect(desk.locator("#selected-count")).to_have_text("已选 3 张")
    await desk.get_by_label("改派给").select_option(str(unit))
    await desk.get_by_label("原因").fill("分工调整")
    await desk.get_by_role("button", name="改派所选").click()

    await expect(desk.get_by_text("已改派 3 张工单")).to_be_visible()
    await desk.goto(desk.url.replace("done=3", ""))
    assert "item=A101" in desk.url
    await expect(desk.get_by_role("link", name=re.compile("事项 非机动车乱停放"))).to_be_visible()
    assert await db.fetchval("SELECT count(*) FROM work_order WHERE unit_id = $1", unit) == 3


async def test_it_works_without_scripts_too(phones: Phones, town: SmallTown, now: datetime) -> None:
    await make_order(town, now)
    desk = await phones.staff(town.dispatcher, java_script_enabled=False, **WIDE)
    await desk.goto("/desk?item=A1")

    await desk.get_by_label(re.compile("选择工单")).check()
    await desk.get_by_label("改派给").select_option(f"{town.unit_id}-{town.handlers[1].account_id}")
    await desk.get_by_label("原因").fill("更近")
    await desk.get_by_role("button", name="改派所选").click()

    await expect(desk.get_by_text("已改派 1 张工单")).to_be_visible()
    assert await db.fetchval("SELECT handler_id FROM work_order") == town.handlers[1].account_id


_LISTEN = """new Promise(function (resolve) {
    const line = new EventSource('/api/v1/live');
    line.onmessage = function () { console.log('heard'); };
    line.addEventListener('hello', function () { resolve(); });
})"""
"""A line of the test's own, beside the page's; the server says hello once it listens."""


async def test_a_new_order_appears_by_itself_but_never_while_something_is_ticked(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    await make_order(town, now)
    desk = await phones.staff(town.dispatcher, **WIDE)
    await desk.clock.install()
    await desk.goto("/desk")
    readings: list[str] = []
    desk.on("request", lambda request: readings.append(request.url) if request.url.endswith("/desk") else None)
    tick = desk.get_by_label(re.compile("选择工单")).first
    await tick.check()
    await tick.blur()

    await desk.evaluate(_LISTEN)
    async with desk.expect_console_message(lambda said: said.text == "heard"):
        await make_order(town, now)
        await make_order(town, now)
    await desk.clock.run_for(10_000)
    read_while_ticked = list(readings)
    await tick.uncheck()
    await tick.blur()
    await desk.clock.run_for(3_000)

    assert read_while_ticked == []
    await expect(desk.locator("tbody tr")).to_have_count(3)


async def test_a_cell_of_the_map_leads_to_its_list(phones: Phones, town: SmallTown, now: datetime) -> None:
    await make_order(town, now)
    desk = await phones.staff(town.dispatcher, **WIDE)
    await desk.goto("/desk/map")

    await desk.locator(".grid-map a").first.click()

    await desk.wait_for_url(re.compile("/desk\\?"))
    assert f"grid={COMMITTEE}001" in desk.url
    await expect(desk.locator("tbody tr")).to_have_count(1)


async def test_a_call_is_kept_and_leaves_the_list(phones: Phones, town: SmallTown, now: datetime) -> None:
    order_id = await make_closed(town, now)
    await orders.rate(order_id, 1, "车还在", TransitionContext(actor=town.resident, now=now))
    desk = await phones.staff(town.dispatcher, **WIDE)
    await desk.goto("/desk/calls")

    await desk.get_by_label("回访记录").fill("答应明天再去")
    await desk.get_by_role("button", name="不满意", exact=True).click()

    await expect(desk.get_by_text("回访结果已保存")).to_be_visible()
    await expect(desk.get_by_text("车还在")).to_have_count(0)


@pytest.mark.parametrize("big", ["0", "1"], ids=["plain", "elder"])
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_desks_pages_can_be_read_and_worked_by_everybody(
    phones: Phones, town: SmallTown, now: datetime, lang: str, big: str
) -> None:
    await make_many(town, now, 30)
    order_id = await make_closed(town, now)
    await orders.rate(order_id, 1, "车还在", TransitionContext(actor=town.resident, now=now))
    desk = await phones.staff(town.dispatcher)
    await desk.context.add_cookies(
        [{"name": key, "value": value, "url": phones.url} for key, value in {"lang": lang, "big": big}.items()]
    )

    faults = []
    for path in ("/desk", "/desk?tab=ended&item=A", "/desk/map", "/desk/calls", "/desk/calls?tab=done"):
        for width in WIDTHS[:3] if path == "/desk/map" else WIDTHS:
            faults += [f"{path} {width}: {fault}" for fault in await _faults(desk, path, width, big)]

    assert not faults, "\n".join(faults)


async def test_axe_finds_nothing_to_complain_of(phones: Phones, town: SmallTown, now: datetime) -> None:
    carrier = pytest.importorskip("axe_playwright_python", reason="axe-core is not installed")
    script = (Path(carrier.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    await make_many(town, now, 30)
    desk = await phones.staff(town.dispatcher, **WIDE)

    found = []
    for path in ("/desk", "/desk?tab=ended", "/desk/map", "/desk/calls"):
        await desk.goto(path)
        await desk.evaluate(script)
        violations = await desk.evaluate("axe.run().then(result => result.violations.map(each => each.id))")
        found += [f"{path}: {each}" for each in violations]

    assert found == []


async def _faults(desk: Page, path: str, width: int, big: str) -> list[str]:
    await desk.set_viewport_size({"width": width, "height": 812})
    await desk.goto(path)
    faults = await desk.evaluate(CHECKS, 60 if big == "1" else 44)
    if await desk.evaluate("document.documentElement.scrollWidth > innerWidth"):
        faults.append("scrolls sideways")
    return faults
