"""The gateway to FCM."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from firebase_admin import exceptions, messaging

from backend import logs
from push.channels import Channel
from push.gateways import Outcome, Outgoing, Result
from push.gateways.fcm.access import AccessTokens, NoAccess
from push.gateways.fcm.client import FcmClient
from push.gateways.fcm.errors import FOR_OPERATOR, result_of
from push.gateways.fcm.messages import message_of
from push.gateways.fcm.settings import FcmSettings

_ALARM_EVERY = timedelta(minutes=5)

log = logs.get_logger()


class Fcm:
    """`repeats_safely`: a repeat takes the place of the first one on the phone (see `messages.py`)."""

    channel = Channel.FCM
    repeats_safely = True
    batch_max = 100

    def __init__(self, settings: FcmSettings, now: Callable[[], datetime]) -> None:
        self._client, self._now = FcmClient(settings), now
        self._tokens = AccessTokens(self._client.credential)
        self._alarmed_at: datetime | None = None

    async def send(self, batch: Sequence[Outgoing]) -> list[Result]:
        try:
            self._client.connection.token = await self._tokens.current()
        except NoAccess as refused:
            return [refused.result for _ in batch]
        return list(await asyncio.gather(*map(self._send, batch)))

    async def close(self) -> None:
        await self._client.close()

    async def _send(self, each: Outgoing) -> Result:
        try:
            answer = await self._client.send(message_of(each, self._now()))
        except exceptions.FirebaseError as error:
            return self._failed(error, each)
        except TimeoutError:
            return Result(outcome=Outcome.UNKNOWN, code="took-too-long")
        except ValueError as error:
            return Result(outcome=Outcome.REFUSED, code="message-not-valid", detail=type(error).__name__)
        if answer.exception is not None:
            return self._failed(answer.exception, each)
        return _sent(answer)

    def _failed(self, error: Exception, each: Outgoing) -> Result:
        result = result_of(error, (each.address, each.title, each.body), self._now(), each.attempt)
        if isinstance(error, exceptions.UnauthenticatedError) and not isinstance(error, messaging.ThirdPartyAuthError):
            self._tokens.refused()
        if isinstance(error, FOR_OPERATOR) and not isinstance(error, messaging.UnregisteredError):
            self._alarm(result)
        return result

    def _alarm(self, result: Result) -> None:
        """Once in a while, not for each message."""
        now = self._now()
        if self._alarmed_at is None or now - self._alarmed_at >= _ALARM_EVERY:
            self._alarmed_at = now
            log.error("fcm_settings_refused", code=result.code, detail=result.detail)


def _sent(answer: messaging.SendResponse) -> Result:
    if not answer.message_id:
        return Result(outcome=Outcome.UNKNOWN, code="no-message-id")
    return Result(outcome=Outcome.SENT, vendor_id=str(answer.message_id).rpartition("/")[2])
