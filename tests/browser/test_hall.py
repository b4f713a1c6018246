"""抢单大厅 on several phones: a tap and a result for each, giving back, taking over, the work itself; no network."""

import asyncio
import re
from datetime import datetime
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from backend import db
from backend.accounts.structs import Actor, Role
from backend.duty import service as duty
from tests.browser.phones import Phones, kept_for_later
from tests.browser.photos import photo_file
from tests.makers.duty import make_volunteer
from tests.makers.orders import state_of
from tests.makers.pool import FIRE_LANE, make_offer, make_pool_town
from tests.makers.town import COMMITTEE, DOOR, SmallTown, make_actor
from tests.makers.worker import deliver

pytestmark = pytest.mark.browser
Scene = tuple[SmallTown, list[Actor]]
AT_THE_DOOR = {"longitude": DOOR.lng, "latitude": DOOR.lat, "accuracy": 10}
RESULT_WITHIN_MS = 8000
"""Of the first of two, with other tests beside it; `make bench-grab` holds what a quiet machine must do."""
TAPPED = """offerId => new Promise(done => {
  const card = document.getElementById('offer-' + offerId), began = performance.now();
  new MutationObserver(() => { if (card.hasAttribute('data-ended')) done(performance.now() - began); })
    .observe(card, { attributes: true });
  card.querySelector('form button').click();
})"""
"""Presses and says how many milliseconds later the result stood there."""


@pytest.fixture
async def scene(phones: Phones, now: datetime) -> Scene:
    town, _ = await make_pool_town(now, volunteers=0)
    return town, [await make_volunteer(now, name) for name in ("王小明", "李四")]


def card(phone: Page, offer_id: int) -> Locator:
    return phone.locator(f"#offer-{offer_id}")


async def test_one_of_two_has_it_gives_it_back_and_the_other_takes_over_and_finishes(
    phones: Phones, scene: Scene, now: datetime, tmp_path: Path
) -> None:
    town, volunteers = scene
    committee = await make_actor("居委", Role.COMMITTEE, COMMITTEE)
    await duty.go_on_call(committee, COMMITTEE, now)
    offer_id, other_id = await make_offer(town, now), await make_offer(town, now, item=FIRE_LANE)
    order_id = await db.fetchval("SELECT order_id FROM offer WHERE id = $1", offer_id)
    pair = [await phones.staff(each, geolocation=AT_THE_DOOR, permissions=["geolocation"]) for each in volunteers]
    watcher = await phones.staff(committee)
    for phone in (*pair, watcher):
        await phone.goto("/hall")

    took_ms = await asyncio.gather(*(phone.evaluate(TAPPED, offer_id) for phone in pair))
    first, second = pair if await card(pair[0], offer_id).get_by_role("link").count() else reversed(pair)
    winner = "王**" if first is pair[0] else "李**"
    assert min(took_ms) <= RESULT_WITHIN_MS
    await expect(card(second, offer_id)).to_contain_text(re.compile(re.escape(f"已被 {winner} 抢走") + "|已被抢走"))
    await expect(card(watcher, offer_id)).to_contain_text("已被抢走")

    await card(first, offer_id).get_by_role("link", name="去看任务").click()
    await first.get_by_role("link", name="退回抢单池").click()
    await first.get_by_label("临时有事").check()
    await first.get_by_role("button", name="确认退回").click()
    await expect(first.get_by_text("已退回抢单池")).to_be_visible()
    await deliver()

    await second.get_by_role("button", name="有 1 个新单").click()
    await card(second, offer_id).get_by_role("button", name="抢单").click()
    await card(second, offer_id).get_by_role("link", name="去看任务").click()
    await second.get_by_role("button", name="到场打卡").click()
    await expect(second.get_by_text("已到场打卡")).to_be_visible()
    for stage, shade in (("before", 50), ("after", 99)):
        await second.set_input_files(f"#{stage}-album", photo_file(tmp_path, shade=shade))
    await second.get_by_role("button", name="提交处置结果").click()
    await expect(second.get_by_text("已提交")).to_be_visible()

    assert await state_of(order_id) in ("handled", "closed")
    await watcher.goto(f"/o/{order_id}")
    await expect(watcher.get_by_text("重新放入抢单池")).to_be_visible()
    await first.goto("/hall")
    await expect(card(first, other_id).get_by_role("button", name="抢单")).to_be_enabled()


async def test_what_is_new_waits_behind_a_bar_and_nothing_moves(phones: Phones, scene: Scene, now: datetime) -> None:
    town, volunteers = scene
    offer_id = await make_offer(town, now)
    phone = await phones.staff(volunteers[0])
    await phone.goto("/hall")
    before = await card(phone, offer_id).bounding_box()

    new_id = await make_offer(town, now, item=FIRE_LANE)
    await expect(phone.get_by_role("button", name="有 1 个新单")).to_be_visible()
    moved = await card(phone, offer_id).bounding_box()
    await phone.get_by_role("button", name="有 1 个新单").click()

    await expect(card(phone, new_id)).to_be_visible()
    assert before is not None
    assert moved is not None
    assert moved["height"] == before["height"]


async def test_without_network_the_list_can_be_read_with_its_age_and_nothing_grabbed(
    phones: Phones, scene: Scene, now: datetime
) -> None:
    town, volunteers = scene
    offer_id = await make_offer(town, now)
    phone = await phones.staff(volunteers[0])
    await phone.goto("/hall")
    await kept_for_later(phone, "/offline")

    await phone.context.set_offline(True)
    await expect(phone.get_by_text("没有网络,现在不能抢单")).to_be_visible()
    await expect(card(phone, offer_id).get_by_role("button")).to_be_disabled()
    await phone.goto("/hall")

    await expect(phone.locator("#kept-offers")).to_contain_text("垃圾桶满溢")
    await expect(phone.locator("#kept-offers")).to_contain_text("只能看")
    await expect(phone.get_by_role("button", name="抢单")).to_have_count(0)


async def test_it_goes_by_plain_forms_too(phones: Phones, scene: Scene, now: datetime) -> None:
    offer_id = await make_offer(scene[0], now)
    phone = await phones.staff(await make_volunteer(now, "赵五", is_on_call=False), java_script_enabled=False)
    await phone.goto("/hall")
    await expect(card(phone, offer_id).get_by_role("button")).to_be_disabled()

    await phone.get_by_role("button", name="开始值守").click()
    await phone.get_by_text("筛选和排序").click()
    await phone.get_by_label("事项").select_option("A303")
    await phone.get_by_role("button", name="筛选").click()
    await card(phone, offer_id).get_by_role("button").click()
    await expect(phone.get_by_text("抢到了")).to_be_visible()
    await phone.get_by_role("link", name="退回抢单池").click()
    await phone.get_by_label("太远").check()
    await phone.get_by_role("button", name="确认退回").click()

    await expect(phone.get_by_text("手上的单(0/3)")).to_be_visible()
    assert await db.fetchval("SELECT state FROM take") == "given_back"
