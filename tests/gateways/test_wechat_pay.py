"""WeChat Pay against a fake that verifies what we sign and signs what it says; and what the package lets pass."""

import time
from datetime import timedelta

import pytest

from backend import clock, db
from backend.accounts.structs import Role
from backend.config import SettingMissing
from shops.pickup.errors import NothingToPay, NoticeRefused, NotOfRoute, NotOfShop, OwnShop, PaymentUnavailable
from shops.pickup.payments import bills, paying, reading, runtime
from shops.pickup.payments.providers import Bill
from shops.pickup.payments.structs import OfflineReceipt
from shops.pickup.payments.wechat import settings
from shops.pickup.renovation import filing, filings
from shops.pickup.renovation.structs import COMMITMENT, FilingInput
from tests.fakes import wechat_pay
from tests.fakes.server import DROPPED, Answer, Trouble
from tests.fakes.wechat_pay import FakeWechatPay, notice, signed_headers
from tests.fixtures.client import running_client
from tests.makers.accounts import bearer, make_staff
from tests.makers.pickup import Hauling, make_hauling, make_price
from tests.makers.shops import make_shop_person

pytestmark = pytest.mark.usefixtures("database", "photo_room")
NOTICES = "/api/v1/callbacks/wechat-pay"


@pytest.fixture
async def fake():
    server = FakeWechatPay()
    await server.start()
    yield server
    await server.close()


@pytest.fixture
async def provider(fake, tmp_path):
    async with runtime.start(wechat_pay.environment(tmp_path, fake.url), "https://yima.example") as opened:
        yield opened


async def owed(hauling: Hauling) -> int:
    """A payment that is due, of a filing."""
    now = clock.now()
    await make_price("renovation", "m3", base_fen=18000, over_fen=18000)
    said = FilingInput(
        works="翻新", amount=2, from_on=now.date(), until_on=now.date() + timedelta(days=9), commitment=COMMITMENT
    )
    filed = await filing.file(hauling.shop_id, said, hauling.owner, now)
    await bills.bill_filing(filed.id, filed.fee_fen, now)
    return (await reading.list_of_shop(hauling.shop_id))[0].id


async def test_a_shop_scans_pays_and_the_notice_ends_it_once(fake, tmp_path, database):
    hauling = await make_hauling()
    payment_id = await owed(hauling)
    env = wechat_pay.environment(tmp_path, fake.url)
    async with running_client(database, tmp_path, **env) as client:
        address = f"/api/v1/pickup-payments/{payment_id}/begin"
        begun = await client.post(address, headers=bearer(hauling.owner))
        again = await client.post(address, headers=bearer(hauling.owner))
        number = begun.json()["out_trade_no"]
        body = notice(fake.pay(number))
        answers = [await client.post(NOTICES, content=body, headers=signed_headers(body)) for _ in range(2)]
        other = notice(fake.transaction(number))  # the same payment, told by another notice
        answers.append(await client.post(NOTICES, content=other, headers=signed_headers(other)))

    assert begun.json()["code_url"] == again.json()["code_url"]
    assert (begun.json()["code_url"].split(":")[0], len(fake.asked)) == ("weixin", 1)
    assert fake.orders[number]["amount"] == {"total": 36000, "currency": "CNY"}
    assert fake.orders[number]["notify_url"] == "http://127.0.0.1:8000" + NOTICES
    assert [answer.status_code for answer in answers] == [204, 204, 204]
    paid = await reading.get(payment_id)
    assert (paid.state, paid.provider, paid.code_url) == ("paid", "wechat", None)
    assert await db.fetchval("SELECT count(*) FROM payment_notice") == 2
    assert (await filings.list_of_shop(hauling.shop_id))[0].is_fee_paid


async def test_what_the_package_would_let_pass_is_refused(fake, provider):
    hauling = await make_hauling()
    payment_id = await owed(hauling)
    now = clock.now()
    number = (await paying.begin(payment_id, hauling.owner, now)).out_trade_no
    paid = fake.pay(number)

    def changed(**amount) -> bytes:
        return notice(paid | {"amount": paid["amount"] | amount})

    good = notice(paid)
    refused = {
        "old": (good, signed_headers(good, at=time.time() - 3 * 3600)),
        "of tomorrow": (good, signed_headers(good, at=time.time() + 600)),
        "an unknown serial": (good, signed_headers(good, serial="5157F09EFDC096DE15EBE81A47057A7232F1B8E1")),
        "another key's serial": (good, signed_headers(good, serial="PUB_KEY_ID_0")),
        "another body": (notice(paid), signed_headers(good)),
        "no signature type": (good, signed_headers(good) | {"Wechatpay-Signature-Type": ""}),
        "no headers": (good, {}),
    }
    odd = [
        *(changed(total=value) for value in (0.01, True, "36000", 36000.0, -1)),
        *(changed(currency="USD"), changed(total=35999)),
        notice(paid | {"mchid": "1900000009"}),
        notice(paid | {"trade_state": "NOTPAY"}),
        notice(paid | {"out_trade_no": "YM000"}),
        notice(paid | {"success_time": "soon"}),
    ]
    refused |= {f"odd contents {number}": (body, signed_headers(body)) for number, body in enumerate(odd)}
    for what, (body, headers) in refused.items():
        with pytest.raises(NoticeRefused):
            await paying.take_notice(headers, body, now)
            pytest.fail(what)
    other = notice(paid, event="REFUND.SUCCESS")
    assert not await paying.take_notice(signed_headers(other), other, now)
    assert (await reading.get(payment_id)).state == "due"
    assert {asked.path for asked in fake.asked} == {"/v3/pay/transactions/native"}  # no certificate was fetched

    assert await paying.take_notice({k.upper(): v for k, v in signed_headers(good).items()}, good, now)
    with pytest.raises(ValueError, match="whole fen"):
        await provider.begin(Bill(out_trade_no="x", amount_fen=True, description="x"), now)


async def test_an_answer_that_is_lost_hides_no_payment(fake, provider):
    hauling = await make_hauling()
    payment_id = await owed(hauling)
    now = clock.now()
    fake.troubles.planned = [DROPPED]
    with pytest.raises(PaymentUnavailable):
        await paying.begin(payment_id, hauling.owner, now)
    assert await paying.look_up(now) == 0
    fake.pay((await reading.get(payment_id)).out_trade_no)

    assert await paying.look_up(now) == 1
    assert await paying.look_up(now) == 0
    assert (await reading.get(payment_id)).state == "paid"
    with pytest.raises(NothingToPay):
        await paying.begin(payment_id, hauling.owner, now)


async def test_an_answer_that_is_not_wechat_s_is_not_believed(fake, provider):
    hauling = await make_hauling()
    payment_id = await owed(hauling)
    forged = Answer(body=b'{"code_url": "weixin://wxpay/bizpayurl?pr=forged"}')
    page = Answer(body=b"<html>", status=502, content_type="text/html")
    fake.troubles.planned = [Trouble(answer=forged, done=True), Trouble(answer=page)]
    for _ in range(2):
        with pytest.raises(PaymentUnavailable):
            await paying.begin(payment_id, hauling.owner, clock.now())
    assert (await reading.get(payment_id)).code_url is None


async def test_offline_staff_confirm_that_the_money_is_there():
    hauling = await make_hauling()
    payment_id = await owed(hauling)
    now = clock.now()
    begun = await paying.begin(payment_id, hauling.owner, now)
    assert (begun.state, begun.code_url) == ("due", None)
    with pytest.raises(NotOfRoute):
        await paying.confirm_offline(payment_id, OfflineReceipt(), hauling.owner, now)
    with pytest.raises(NotOfShop):
        await paying.begin(payment_id, hauling.crew, now)
    desk, both = await make_staff(Role.DISPATCHER), await make_staff(Role.DISPATCHER)
    await make_shop_person(hauling.shop_id, both.account_id, "staff")
    with pytest.raises(OwnShop):
        await paying.confirm_offline(payment_id, OfflineReceipt(), both, now)
    said = OfflineReceipt(receipt="收据 0012")
    first = await paying.confirm_offline(payment_id, said, desk, now)
    assert (first.state, first.provider, first.receipt) == ("paid", "offline", "收据 0012")
    assert first == await paying.confirm_offline(payment_id, said, desk, now + timedelta(minutes=1))
    with pytest.raises(NoticeRefused):
        await paying.take_notice({}, b"{}", now)


def test_what_is_set_up_by_half_is_told(tmp_path):
    whole = wechat_pay.environment(tmp_path, "https://api.mch.weixin.qq.com")
    assert settings.read({}, "https://yima.example") is None
    for name in sorted(set(whole) - {"YIMA_WECHAT_PAY_BASE", "YIMA_WECHAT_PAY_MCHID"}):
        with pytest.raises(SettingMissing, match=name):
            settings.read(whole | {name: ""}, "https://yima.example")
    with pytest.raises(SettingMissing, match="32"):
        settings.read(whole | {"YIMA_WECHAT_PAY_APIV3_KEY": "short"}, "https://yima.example")
