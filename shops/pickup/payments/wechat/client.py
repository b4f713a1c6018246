"""WeChat Pay over HTTP: native payments, asked for and looked up.

Enumerations come from `wechatpayv3.async_`: those of the package itself are others of the same names, and refused. An
answer that does not come, or does not verify, says nothing of what WeChat did: the payment is looked up then.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import msgspec
from wechatpayv3.async_ import AsyncWeChatPay, WeChatPayType

from backend import http_client, logs
from backend.calendars.rules import SHANGHAI
from shops.pickup.errors import PaymentUnavailable
from shops.pickup.payments.providers import Bill, PaidNotice
from shops.pickup.payments.wechat import keys, notices
from shops.pickup.payments.wechat.settings import WechatPaySettings

log = logs.get_logger()
TIMEOUT_S, LONGEST_S = (3, 10), 20.0
"""To connect, and between two bytes; the package waits thirty seconds by itself, and in its other class for ever. And
for an answer as a whole."""
PAID_WITHIN = timedelta(hours=2)
"""So long a code can be scanned."""
_OK = 200
_NOT_THERE = 404


class WechatPay:
    """Public-key mode alone: nothing is fetched at the start, nor within a notice."""

    name = "wechat"

    def __init__(self, settings: WechatPaySettings, pay: AsyncWeChatPay) -> None:
        self._settings, self._pay = settings, pay
        certificates = [keys.certificate(pem) for pem in settings.certificates]
        assert pay._core._client is not None
        http_client.bound(pay._core._client)
        # Four attributes of the pinned version. An answer under another key would have the package fetch certificates
        # and forget those that it has: what does not verify by the keys at hand is not believed.
        pay._core._certificates.extend(certificates)
        pay._core._update_certificates = _fetch_none
        pay._core._gate_way = settings.base
        serials = [f"{each.serial_number:X}" for each in certificates]
        self._serials = {settings.public_key_id.upper(), *serials}
        self._ours = {"appid": settings.appid, "mchid": settings.mchid}

    async def begin(self, bill: Bill, now: datetime) -> str | None:
        total = bill.amount_fen
        if type(total) is not int or total <= 0:
            raise ValueError(f"an amount is a number of whole fen: {total!r}")  # the package sends whatever it is given
        answer = await self._ask(
            lambda: self._pay.pay(
                description=bill.description,
                out_trade_no=bill.out_trade_no,
                amount={"total": total, "currency": "CNY"},
                time_expire=(now + PAID_WITHIN).astimezone(SHANGHAI).isoformat(timespec="seconds"),
                pay_type=WeChatPayType.NATIVE,
            )
        )
        code_url = answer.get("code_url") if answer else None
        if not isinstance(code_url, str) or not code_url.startswith("weixin://"):
            raise PaymentUnavailable
        return code_url

    async def find(self, out_trade_no: str) -> PaidNotice | None:
        answer = await self._ask(lambda: self._pay.query(out_trade_no=out_trade_no))
        # What is looked up has no notice: it is known by its transaction.
        return notices.paid_of(answer, self._ours, notice_id=f"find-{out_trade_no}") if answer else None

    def read_notice(self, headers: dict[str, str], body: bytes, now: datetime) -> PaidNotice | None:
        return notices.read(headers, body, now, verify=self._pay.callback, serials=self._serials, ours=self._ours)

    async def _ask(self, request: Callable[[], Awaitable[tuple[int, Any]]]) -> dict[str, Any] | None:
        """The answer; None for what WeChat does not know. Raises PaymentUnavailable.

        Its errors are read by status and code alone: texts may hold what was sent.
        """
        try:
            async with asyncio.timeout(LONGEST_S):
                status, body = await request()
            answer = msgspec.json.decode(body or b"{}")
        except Exception as error:  # of the package: Exception itself for an answer that does not verify
            log.error("wechat_pay_failed", **logs.describe(error))
            raise PaymentUnavailable from error
        if status == _NOT_THERE:
            return None
        if status != _OK or not isinstance(answer, dict):
            code = answer.get("code") if isinstance(answer, dict) else None
            log.error("wechat_pay_refused", status=status, code=code if isinstance(code, str) else "")
            raise PaymentUnavailable
        return answer


async def _fetch_none() -> None:
    """Keys are there from the start."""


@asynccontextmanager
async def opened(settings: WechatPaySettings) -> AsyncIterator[WechatPay]:
    """With its connections, for the life of a process. Raises SettingMissing for keys that are none."""
    pay = AsyncWeChatPay(
        wechatpay_type=WeChatPayType.NATIVE,
        mchid=settings.mchid,
        private_key=keys.private_key(settings.private_key),
        cert_serial_no=settings.serial,
        apiv3_key=settings.apiv3_key,
        appid=settings.appid,
        notify_url=settings.notify_url,
        timeout=TIMEOUT_S,
        public_key=keys.public_key(settings.public_key),
        public_key_id=settings.public_key_id,
    )
    async with pay:
        yield WechatPay(settings, pay)
