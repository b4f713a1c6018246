"""The gateway: a subscribe message to whoever agreed to one, by the template for its kind."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from backend import logs
from backend.availability import is_passing
from push.channels import Channel
from push.gateways import Outcome, Outgoing, Result
from push.gateways.wechat import credit
from push.gateways.wechat.answers import VendorRefused, VendorSilent, result_of
from push.gateways.wechat.client import WechatClient
from push.gateways.wechat.credit import Change, Known
from push.gateways.wechat.message import Unfilled, body_of
from push.gateways.wechat.settings import Template, WechatSettings

_SEND = "/cgi-bin/message/subscribe/send"

log = logs.get_logger()


class WechatGateway:
    """The vendor has no idempotency key: a message that may have arrived is never repeated."""

    channel = Channel.WECHAT
    repeats_safely = False
    batch_max = 20

    def __init__(self, settings: WechatSettings, client: WechatClient, now: Callable[[], datetime]) -> None:
        self._settings, self._client, self._now = settings, client, now

    async def send(self, batch: Sequence[Outgoing]) -> list[Result]:
        try:
            agreed = await credit.known([(each.address, template.id) for each in batch for template in self._of(each)])
        except Exception as error:
            if not is_passing(error):
                raise
            return [Result(outcome=Outcome.LATER, code=type(error).__name__) for _ in batch]
        results = await asyncio.gather(*(self._send_one(each, agreed) for each in batch))
        await self._write_down(batch, results)
        return results

    async def close(self) -> None:
        await self._client.close()

    async def _send_one(self, message: Outgoing, agreed: Known) -> Result:
        template = self._settings.template_for(message.kind)
        if template is None:
            return Result(outcome=Outcome.REFUSED, code="no-template")
        if agreed.get((message.address, template.id)) == 0:
            return Result(outcome=Outcome.NO_CREDIT, code="no-credit")
        try:
            body = body_of(message, template, self._settings.state, self._now())
            answer = await self._client.post(_SEND, body)
        except Unfilled as field:
            return Result(outcome=Outcome.REFUSED, code="unfilled", detail=str(field))
        except (VendorRefused, VendorSilent) as error:
            return result_of(error, self._now(), attempt=message.attempt, hide=message.address)
        except Exception as error:
            if not is_passing(error):
                raise
            return Result(outcome=Outcome.LATER, code=type(error).__name__)  # our database, asked for the token
        return Result(outcome=Outcome.SENT, vendor_id=str(answer.get("msgid", "")))

    def _of(self, message: Outgoing) -> list[Template]:
        """The template for a message, if there is one."""
        found = self._settings.template_for(message.kind)
        return [] if found is None else [found]

    async def _write_down(self, batch: Sequence[Outgoing], results: Sequence[Result]) -> None:
        """Count what was used up. The messages are out: a count that cannot be written must not make them repeat."""
        sent: Counter[tuple[str, str]] = Counter()
        refused: set[tuple[str, str]] = set()
        for message, result in zip(batch, results, strict=True):
            for template in self._of(message):
                if result.outcome is Outcome.SENT and not template.long_term:
                    sent[message.address, template.id] += 1
                elif result.outcome is Outcome.NO_CREDIT:
                    refused.add((message.address, template.id))
        try:
            await credit.spend(_changes(sent))
            await credit.add(_changes(dict.fromkeys(refused, 0)))
        except Exception as error:
            log.warning("credit_not_counted", **logs.describe(error))


def _changes(times: Mapping[tuple[str, str], int]) -> list[Change]:
    return [Change(openid=openid, template_id=template_id, times=n) for (openid, template_id), n in times.items()]
