"""Links that open the mini-program, by text message too, and signatures for pages inside WeChat: against the fakes."""

from datetime import UTC, datetime

import pytest

from backend.config import SettingMissing
from push.channels import Channel
from push.gateways import Outcome, registry
from push.gateways.wechat import code_picture, settings
from push.gateways.wechat.answers import VendorRefused, VendorSilent
from push.gateways.wechat.client import WechatClient
from push.gateways.wechat.links import url_link
from push.gateways.wechat.signature import OfficialAccount, sign
from tests.fakes import sms_aliyun, sms_tencent
from tests.fakes.server import Answer, Trouble
from tests.fakes.wechat import FakeWechat
from tests.makers.outgoing import make_outgoing

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
    link = await url_link(client, "pages/web/index", "to=/inbox/7", days=7)

    assert link == "https://wxaurl.cn/Fake0000001"
    assert wechat.links == ["pages/web/index?to=/inbox/7"]


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


async def test_a_code_is_drawn_for_its_scene_and_told_by_its_first_bytes(client, wechat):
    picture = await code_picture.draw(client, "c=3F7K9QW2XM8A", version="trial")

    assert code_picture.media_type_of(picture) == "image/jpeg"
    assert wechat.scenes == ["pages/report/index c=3F7K9QW2XM8A"]
    assert wechat.server.asked[-1].json()["env_version"] == "trial"
    wechat.end_token()
    assert await code_picture.draw(client, "c=3F7K9QW2XM8A"), "a token that ended is replaced"


@pytest.mark.parametrize("scene", ["", "c=" + "X" * 31, "c=3F7K%20", "c=门牌", "c=3F7K 9QW2"])
async def test_a_scene_that_the_vendor_takes_from_nobody_is_not_sent(client, wechat, scene):
    with pytest.raises(ValueError, match="32"):
        await code_picture.draw(client, scene)

    assert wechat.server.asked == []


async def test_an_error_is_one_whatever_its_content_type_says(client, wechat):
    wechat.fixed_error = (41030, "invalid page")
    with pytest.raises(VendorRefused, match="41030"):
        await code_picture.draw(client, "c=3F7K")

    wechat.fixed_error = None
    wechat.server.troubles.planned.append(Trouble(answer=Answer(body=b"GIF89a", content_type="image/jpeg")))
    with pytest.raises(VendorSilent):
        await code_picture.draw(client, "c=3F7K")


async def test_pages_are_signed_with_one_ticket(wechat, database):
    account = OfficialAccount(settings.read(wechat.environment), lambda: NOW)
    url = "https://yima.example/q/ABC?x=1"

    signed = [await account.sign_page(url) for _ in range(3)]

    assert all(each.signature == sign(wechat.ticket, each.nonce, each.timestamp, url) for each in signed)
    assert len([each for each in wechat.server.asked if each.path.endswith("getticket")]) == 1
    await account.close()


@pytest.fixture(params=["aliyun", "tencent"])
def sms(request, wechat):
    """A vendor of text messages with a template for links approved, and the settings of the town."""
    module = {"aliyun": sms_aliyun, "tencent": sms_tencent}[request.param]
    kind = {"aliyun": "AliyunFake", "tencent": "TencentFake"}[request.param]
    with getattr(module, kind)() as fake:
        fake.environment = wechat.environment | {
            "YIMA_SMS_VENDOR": request.param,
            "YIMA_SMS_KEY_ID": module.KEY_ID,
            "YIMA_SMS_KEY_SECRET": module.KEY_SECRET,
            "YIMA_SMS_SIGN": module.SIGN,
            "YIMA_SMS_TEMPLATE": module.TEMPLATE,
            "YIMA_SMS_LINK_TEMPLATE": module.LINK_TEMPLATE,
            "YIMA_SMS_APP_ID": sms_tencent.APP_ID,
            "YIMA_SMS_BASE": fake.base,
        }
        yield fake, module


async def text(fake):
    """Send one message by text. Its outcome, the template and the values that arrived."""
    gateway = registry.gateways(fake.environment)[Channel.SMS]
    message = make_outgoing("13800138000", message_id=77)
    [result] = await gateway.send([message])
    await gateway.close()
    [(_, template, values)] = fake.sent
    return result.outcome, template, list(values.values() if isinstance(values, dict) else values)


async def test_a_text_message_leads_into_the_mini_program(sms, wechat, database):
    fake, module = sms

    outcome, template, values = await text(fake)

    assert (outcome, template) == (Outcome.SENT, module.LINK_TEMPLATE)
    assert wechat.links == ["pages/web/index?to=/inbox/77"]
    assert values[-1] == "Fake0000001"


@pytest.mark.parametrize("sms", ["aliyun"], indirect=True)
@pytest.mark.parametrize("why", ["wechat is away", "the link does not fit", "the template is not approved"])
async def test_without_a_link_a_text_message_goes_out_as_ever(sms, wechat, database, why):
    fake, module = sms
    if why == "wechat is away":
        wechat.server.troubles.planned += [Trouble(is_cut=True)] * 3
    elif why == "the link does not fit":
        wechat.host_of_links = "https://example.com/a"
    else:
        fake.environment["YIMA_SMS_LINK_TEMPLATE"] = "not-approved"

    outcome, template, values = await text(fake)

    assert (outcome, template, len(values)) == (Outcome.SENT, module.TEMPLATE, 5)


@pytest.mark.parametrize("sms", ["aliyun"], indirect=True)
def test_a_template_for_links_needs_a_mini_program(sms):
    env = {name: value for name, value in sms[0].environment.items() if not name.startswith("YIMA_WECHAT")}

    with pytest.raises(SettingMissing, match="YIMA_WECHAT_APPID"):
        registry.gateways(env)
