"""The gateway for text messages: which template, to which number, and never twice."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from backend import logs
from push.channels import Channel
from push.gateways import Outcome, Outgoing, Result
from push.gateways.sms.codes import CodeMeaning
from push.gateways.sms.links import Links, ending_for
from push.gateways.sms.settings import SmsSettings
from push.gateways.sms.variables import LINK, mainland_number, values_of

_ALARM_EVERY = timedelta(minutes=5)
_LONGEST_S = 25.0
"""A vendor that answers byte by byte outlasts every timeout of its SDK; claims run out after a minute."""

log = logs.get_logger()
Values = dict[str, str]


class SmsClient(Protocol):
    """A vendor's SDK. `value_chars`: how long it lets a variable be."""

    value_chars: int

    async def send(self, number: str, template: str, values: Values, each: Outgoing) -> CodeMeaning:
        """Send to eleven digits of the mainland. Raises nothing for what the vendor or the network does."""
        ...

    async def close(self) -> None: ...


class Sms:
    """`repeats_safely` is False: no vendor tells a repeat, and a person would pay attention twice."""

    channel = Channel.SMS
    repeats_safely = False
    batch_max = 20

    def __init__(
        self, settings: SmsSettings, client: SmsClient, now: Callable[[], datetime], links: Links | None = None
    ) -> None:
        self._settings, self._client, self._now, self._links = settings, client, now, links
        self._alarmed_at: datetime | None = None

    async def send(self, batch: Sequence[Outgoing]) -> list[Result]:
        return list(await asyncio.gather(*map(self._send, batch)))

    async def close(self) -> None:
        await self._client.close()
        if self._links:
            await self._links.close()

    async def _send(self, each: Outgoing) -> Result:
        number, template = mainland_number(each.address), self._settings.template_of(each.kind)
        if number is None:
            return Result(outcome=Outcome.REFUSED, code="number-not-mainland")
        if not template:
            return Result(outcome=Outcome.REFUSED, code="no-template")
        values = values_of(each, self._settings.variables, self._client.value_chars)
        plain, linked = (template, values), await self._with_link(each, values)
        result, needs_operator = await self._ask(number, *(linked or plain), each)
        if linked and needs_operator:
            self._alarm(result)
            result, needs_operator = await self._ask(number, *plain, each)
        if needs_operator:
            self._alarm(result)
        return result

    async def _with_link(self, each: Outgoing, values: Values) -> tuple[str, Values] | None:
        """Template and values with a link into the mini-program, where one is set up and could be made."""
        if self._links is None:
            return None
        ending = await ending_for(self._links, each, self._client.value_chars)
        return (self._settings.link_template, values | {LINK: ending}) if ending else None

    async def _ask(self, number: str, template: str, values: Values, each: Outgoing) -> CodeMeaning:
        try:
            async with asyncio.timeout(_LONGEST_S):
                return await self._client.send(number, template, values, each)
        except TimeoutError:
            return CodeMeaning(Result(outcome=Outcome.UNKNOWN, code="took-too-long"))

    def _alarm(self, result: Result) -> None:
        """Once in a while, not for each message."""
        now = self._now()
        if self._alarmed_at is None or now - self._alarmed_at >= _ALARM_EVERY:
            self._alarmed_at = now
            log.error("sms_template_refused", code=result.code)
