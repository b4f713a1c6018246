"""The gateway: a card to each member, with buttons where there is something to accept."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from backend import logs
from backend.availability import is_passing
from push.channels import Channel
from push.gateways import Outcome, Outgoing, Result
from push.gateways.wecom import card_store, cards, task_ids
from push.gateways.wecom.answers import KIND_UNKNOWN, WecomRefused, WecomSilent, result_of, result_of_sent
from push.gateways.wecom.card_store import SentCard
from push.gateways.wecom.client import Fields, WecomClient
from push.gateways.wecom.settings import Capability, WecomSettings

_SEND = "/cgi-bin/message/send"
_AT_ONCE = 10

log = logs.get_logger()


class WecomGateway:
    """One request for each member, so that each answer is about one delivery.

    `repeats_safely` rests on the vendor's check: within four hours it shows a request that is the same only once. A
    delivery that is taken up later than that, or that another message has joined meanwhile, is another request.
    """

    channel = Channel.WECOM
    batch_max = 20
    """In two goes, of at most three answers that come late each: done long before the claims run out."""

    def __init__(self, settings: WecomSettings, client: WecomClient, now: Callable[[], datetime]) -> None:
        self._settings, self._client, self._now = settings, client, now
        self.repeats_safely = Capability.DUPLICATE_CHECK in settings.capabilities

    async def send(self, batch: Sequence[Outgoing]) -> list[Result]:
        places = asyncio.Semaphore(_AT_ONCE)
        return await asyncio.gather(*(self._send_one(each, places) for each in batch))

    async def close(self) -> None:
        await self._client.close()

    async def _send_one(self, message: Outgoing, places: asyncio.Semaphore) -> Result:
        try:
            async with places:
                answer = await self._post(message)
        except (WecomRefused, WecomSilent) as error:
            return result_of(error, attempt=message.attempt, userid=message.address)
        except Exception as error:
            if not is_passing(error):
                raise
            return Result(outcome=Outcome.LATER, code=type(error).__name__)  # our database, asked for the token
        await self._note_card(message, answer)
        return result_of_sent(answer, message.address)

    async def _note_card(self, message: Outgoing, answer: Fields) -> None:
        """By which code the card can be changed. It is out: what cannot be written down must not make it repeat."""
        code, order_id = answer.get("response_code"), message.order_id
        if not code or order_id is None:
            return
        task_id = task_ids.task_id(order_id, message.delivery_id, message.resent_at)
        try:
            await card_store.note([SentCard(task_id=task_id, response_code=str(code))], self._now())
        except Exception as error:
            log.warning("wecom_card_not_noted", **logs.describe(error))

    async def _post(self, message: Outgoing) -> Fields:
        """Send it; a build that does not know cards with buttons gets a plain one at once."""
        request = cards.request_for(message, self._settings)
        try:
            return await self._client.post(_SEND, request)
        except WecomRefused as refusal:
            if refusal.code != KIND_UNKNOWN or request["msgtype"] != "template_card":
                raise
        return await self._client.post(_SEND, cards.plain_request_for(message, self._settings))
