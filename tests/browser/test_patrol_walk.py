"""A walk on the phone: claimed with network, walked without, and sent in order when it is back."""

from datetime import datetime
from pathlib import Path

import pytest
from playwright.async_api import expect

from backend import db
from tests.browser.phones import WALK_KEPT, Phones, kept_for_later
from tests.browser.photos import photo_file
from tests.makers.patrols import at, make_beat
from tests.makers.town import SmallTown

pytestmark = pytest.mark.browser
_STOPS = "SELECT seq, method, doubts FROM patrol_stop WHERE task_id = $1 AND proved_at IS NOT NULL ORDER BY seq"


def spot(number: int) -> dict[str, float]:
    return {"longitude": at(number).lng, "latitude": at(number).lat, "accuracy": 9}


async def test_a_walk_goes_on_without_network_stop_by_stop_and_arrives_in_order(
    phones: Phones, town: SmallTown, now: datetime, tmp_path: Path
) -> None:
    beat = await make_beat(now)
    phone = await phones.staff(beat.volunteer, permissions=["geolocation"], geolocation=spot(1))
    await phone.goto("/patrols")
    await phone.get_by_text("消防通道一线").click()
    await phone.get_by_role("button", name="领取并开始巡查").click()
    await expect(phone.get_by_text("已领取,从第一个点位开始")).to_be_visible()
    await kept_for_later(phone, await phone.evaluate(WALK_KEPT))
    await kept_for_later(phone, "/offline")
    await phone.context.set_offline(True)

    await phone.locator("#stop-1").get_by_role("button", name="我已到达").click()
    await expect(phone.locator("#queued-actions [data-state=queued]")).to_contain_text("第 1 个点位到达")
    await expect(phone.locator("#stop-2")).to_have_attribute("open", "")
    await expect(phone.locator("#patrol-waiting")).to_have_text("另有 1 个点位已存手机,待发送")
    await phone.reload()
    await expect(phone.get_by_text("现在没有网络,下面是")).to_be_visible()
    await expect(phone.locator("#queued-actions [data-state=queued]")).to_have_count(1)
    stop = phone.locator("#stop-2")
    await stop.get_by_text("发现问题").click()
    await stop.locator("#photo-2-album").set_input_files(photo_file(tmp_path))
    await stop.get_by_label("补充说明").fill("楼道堆物")
    await stop.get_by_role("button", name="上报问题").click()
    await phone.context.set_geolocation(spot(2))
    await stop.get_by_role("button", name="我已到达").click()
    await expect(phone.locator("#queued-actions [data-state=queued]")).to_have_count(3)
    await expect(phone.locator("#connection")).to_have_text("离线 · 3 条待发送")
    assert await db.fetch(_STOPS, beat.task_id) == []
    await phone.context.set_offline(False)

    await phone.wait_for_url(f"/patrols/{beat.task_id}")
    await expect(phone.locator("#live")).to_contain_text("已到 2 / 3 个点位")
    await expect(phone.locator("#stop-3")).to_have_attribute("open", "")
    assert [(row["seq"], row["method"]) for row in await db.fetch(_STOPS, beat.task_id)] == [(1, "gps"), (2, "gps")]
    found = await db.fetchrow(
        "SELECT o.place_id, o.description FROM patrol_finding f JOIN work_order o ON o.id = f.order_id"
    )
    assert tuple(found) == (beat.places[1], "楼道堆物")

    await phone.context.set_geolocation(spot(3))
    await phone.locator("#stop-3").get_by_role("button", name="我已到达").click()
    await expect(phone.get_by_text("全部到达,巡查完成")).to_be_visible()
