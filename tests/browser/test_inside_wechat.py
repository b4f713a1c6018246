"""A handler inside WeChat, whose browser gives no position: WeChat's JS-SDK does, and reads the code on the plate."""

import hashlib
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.browser.phones import Phones
from tests.fakes.wechat import APPID, SECRET, FakeWechat
from tests.fixtures.server import running_server
from tests.makers.orders import make_accepted, state_of
from tests.makers.town import FAR_AWAY, make_town

pytestmark = pytest.mark.browser
SDK = Path(__file__).parents[1] / "fakes" / "jweixin.js"
IN_WECHAT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0 Mobile MicroMessenger/8.0.50"
OFFICIAL = {"OFFICIAL_APPID": APPID, "OFFICIAL_SECRET": SECRET, "SDK_FILE": str(SDK)}


@pytest.fixture
async def wechat(database: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeWechat]:
    fake = await FakeWechat().start()
    for name, value in (fake.environment | {f"YIMA_WECHAT_{name}": value for name, value in OFFICIAL.items()}).items():
        monkeypatch.setenv(name, value)
    yield fake
    await fake.close()


@pytest.fixture
async def phones(chromium: Browser, wechat: FakeWechat, own_database: str, tmp_path: Path) -> AsyncIterator[Phones]:
    with running_server(own_database, tmp_path) as (url, _):
        opened = Phones(chromium, url)
        yield opened
        await opened.close()
    assert (opened.foreign_requests, opened.script_errors) == ([], [])


async def test_wechat_says_where_the_handler_stands_and_what_the_plate_says(
    phones: Phones, wechat: FakeWechat, now: datetime
) -> None:
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    handler = await phones.staff(town.handlers[0], user_agent=IN_WECHAT)
    away = {"longitude": FAR_AWAY.lng, "latitude": FAR_AWAY.lat, "accuracy": 10}
    held = {"position": away, "code": f"{phones.url}/q/{town.code}"}
    await handler.add_init_script(f"window.wechatFake = {held!r}")
    await handler.goto(f"/o/{order_id}")
    check_in, said = handler.get_by_role("button", name="到场打卡"), handler.locator("#form-message")
    assert await handler.evaluate("typeof wx") == "undefined", "nothing is fetched before it is needed"

    await check_in.click()
    await expect(said).to_contain_text("距离现场")
    config = await handler.evaluate("wechatFake.config")
    text = f"jsapi_ticket={wechat.ticket}&noncestr={config['nonceStr']}&timestamp={config['timestamp']}"
    of_this_page = f"{text}&url={phones.url}/o/{order_id}"
    assert config["signature"] == hashlib.sha1(of_this_page.encode()).hexdigest()

    await handler.evaluate("wechatFake.refuses = true")
    await check_in.click()
    await expect(said).to_contain_text("请用门牌码打卡")
    assert await handler.evaluate("wechatFake.asked") == [["getLocation", "wgs84"]] * 2, "and nobody else is asked"

    await handler.evaluate("wechatFake.refuses = false")
    await handler.get_by_role("button", name="扫一扫").click()
    await expect(handler.get_by_text("已到场打卡")).to_be_visible()
    assert await state_of(order_id) == "on_site"
