"""The gateway to JPush."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import httpx
import msgspec

from backend import http_client, logs
from push.channels import Channel
from push.gateways import Outcome, Outgoing, Result
from push.gateways.jpush import errors
from push.gateways.jpush.arrivals import arrived_in
from push.gateways.jpush.messages import push_of
from push.gateways.jpush.settings import JPushSettings

_TIMEOUT_S, _LONGEST_S = 8.0, 16.0
"""Between two bytes, and for an answer as a whole: three of them are over before a claim runs out."""
_CIDS_AT_ONCE = 10
"""What an account without VIP gets at a time."""
_SAYS_WHAT_BECAME = (Outcome.SENT, Outcome.REFUSED, Outcome.UNREACHABLE)
"""Answers to a repeat that hold for the first try as well. "Busy" does not: the first one may lie on the screen."""

log = logs.get_logger()


class JPush:
    """A push has a `cid`, under which JPush shows it once. It gives them out itself, so a killed worker's are lost.

    That is why this gateway does not repeat safely by the delivery's id; where an answer does not come, it asks again
    at once under the same cid, and is told what became of the first try.
    """

    channel = Channel.JPUSH
    repeats_safely = False
    batch_max = _CIDS_AT_ONCE

    def __init__(self, settings: JPushSettings, now: Callable[[], datetime]) -> None:
        self._settings, self._now = settings, now
        self._reports = f"{settings.reports_base}/v3/received/detail"
        self._http = httpx.AsyncClient(
            base_url=settings.base, auth=(settings.app_key, settings.secret), timeout=_TIMEOUT_S
        )

    async def send(self, batch: Sequence[Outgoing]) -> list[Result]:
        cids = await self._cids(min(len(batch), _CIDS_AT_ONCE))
        if isinstance(cids, Result):
            return [cids for _ in batch]
        given = [*cids, *[""] * len(batch)]
        return list(await asyncio.gather(*[self._send(*pair) for pair in zip(batch, given, strict=False)]))

    async def list_arrived(self, vendor_ids: Sequence[str]) -> list[str]:
        try:
            response = await self._ask("GET", self._reports, params={"msg_ids": ",".join(vendor_ids)})
        except (httpx.HTTPError, TimeoutError) as error:
            log.warning("jpush_arrivals_unknown", error=type(error).__name__)
            return []
        arrived = arrived_in(response)
        if arrived is None:
            log.warning("jpush_arrivals_unknown", status=response.status_code)
        return arrived or []

    async def close(self) -> None:
        await self._http.aclose()

    async def _cids(self, count: int) -> list[str] | Result:
        """Fresh cids; fewer, or none, where this server has no such thing. A Result where nothing can be sent now."""
        try:
            response = await self._ask("GET", "/v3/push/cid", params={"type": "push", "count": count})
        except (httpx.HTTPError, TimeoutError) as error:
            return Result(outcome=Outcome.LATER, code=f"cid:{type(error).__name__}")
        if response.is_success:
            return _cids_in(response.content)
        if response.status_code in (404, 405):
            return []
        result = errors.result_of(response, (), 1)
        outcome = result.outcome if result.outcome is Outcome.BROKEN else Outcome.LATER
        return msgspec.structs.replace(result, outcome=outcome, code=f"cid:{result.code}")

    async def _send(self, each: Outgoing, cid: str) -> Result:
        body = push_of(each, self._settings, self._now())
        if not cid:
            return await self._post(body, each)
        first = await self._post(body | {"cid": cid}, each)
        if first.outcome is not Outcome.UNKNOWN:
            return first
        second = await self._post(body | {"cid": cid}, each)
        return second if second.outcome in _SAYS_WHAT_BECAME else first

    async def _post(self, body: dict[str, Any], each: Outgoing) -> Result:
        try:
            response = await self._ask("POST", "/v3/push", json=body)
        except (httpx.HTTPError, TimeoutError) as error:
            return errors.of_lost(error)
        return errors.result_of(response, (each.address, each.title, each.body), each.attempt)

    async def _ask(self, method: str, path: str, **sent: Any) -> httpx.Response:
        return await http_client.ask(self._http, method, path, patience_s=_LONGEST_S, **sent)


class _Cids(msgspec.Struct):
    cidlist: list[str] = []


def _cids_in(body: bytes) -> list[str]:
    try:
        return msgspec.json.decode(body, type=_Cids).cidlist
    except msgspec.DecodeError:
        return []
