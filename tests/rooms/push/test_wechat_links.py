"""Links that open the mini-program, and signatures for pages inside WeChat: over HTTP, against the fake."""

from datetime import UTC, datetime

import pytest

from push.gateways.wechat import settings
from push.gateways.wechat.answers import VendorRefused
from push.gateways.wechat.client import WechatClient
from push.gateways.wechat.links import url_link
from push.gateways.wechat.signature import OfficialAccount, sign
from tests.fakes.wechat import FakeWechat

NOW = datetime(2026, 11, 21, 0, 52, tzinfo=UTC)


@pytest.fixture
async def wechat():
    fake = await FakeWechat().start()
    fake.now = NOW.timestamp
    yield fake
    await fake.close()


@pytest.fixture
async def client(wechat, database):
    opened = WechatClient(settings.read(wechat.environment), lambda: NOW)
    yield opened
    await opened.close()


async def test_a_link_opens_a_page_of_the_mini_program(client, wechat):
    link = await url_link(client, "pages/inbox/index", "message=7", days=7)

    assert link == "https://wxaurl.cn/fake-1"
    assert wechat.links == ["pages/inbox/index?message=7"]


@pytest.mark.parametrize(
    ("path", "query", "days"), [("/pages/x", "", 7), ("p", "x" * 1025, 7), ("p", "", 31), ("p", "", 0)]
)
async def test_what_the_vendor_takes_from_nobody_is_not_sent(client, wechat, path, query, days):
    with pytest.raises(ValueError, match="1 to 30 days"):
        await url_link(client, path, query, days)

    assert wechat.server.asked == []


async def test_a_page_that_is_not_released_is_refused_by_the_vendor(client):
    with pytest.raises(VendorRefused, match="40165"):
        await url_link(client, "pages/nowhere", "")


async def test_pages_are_signed_with_one_ticket(wechat, database):
    account = OfficialAccount(settings.read(wechat.environment), lambda: NOW)
    url = "https://yima.example/q/ABC?x=1"

    signed = [await account.sign_page(url) for _ in range(3)]

    assert all(each.signature == sign(wechat.ticket, each.nonce, each.timestamp, url) for each in signed)
    assert len([each for each in wechat.server.asked if each.path.endswith("getticket")]) == 1
    await account.close()
