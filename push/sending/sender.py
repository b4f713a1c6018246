"""The loops of the worker that send: one for each channel, so that a slow vendor holds no other back."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

from backend import logs
from backend.availability import is_passing
from push.gateways import Gateway, Outcome, Result
from push.sending import bundles, claims, outcomes, waking
from push.sending.claims import Claim

LOOK_EVERY_S = 1.0
"""How often a channel looks by itself: for retries, for later stages, and for what another worker has planned."""
_PAUSE_S = 2.0

log = logs.get_logger()


class Sender:
    """Sends what is due on the channel of one gateway. `base_url`: where links lead, without a slash at its end."""

    def __init__(self, gateway: Gateway, base_url: str, now: Callable[[], datetime]) -> None:
        self._gateway, self._base_url, self._now = gateway, base_url, now

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set."""
        woken = waking.listen()
        try:
            while not stop.is_set():
                woken.clear()
                if not await self._send_or_pause():
                    await _wait(woken, stop)
        finally:
            waking.forget(woken)

    async def send_once(self) -> int:
        """Send a batch of what is due. Returns how many deliveries were dealt with."""
        now, is_safe = self._now(), self._gateway.repeats_safely
        taken = await claims.take(self._gateway.channel, now, self._gateway.batch_max)
        if not taken:
            return 0
        rows = {claim.id: outcomes.before_sending(claim, now, repeats_safely=is_safe) for claim in taken}
        settled = [([claim], row) for claim in taken if (row := rows[claim.id])]
        groups = bundles.grouped([claim for claim in taken if rows[claim.id] is None])
        results = await self._send(groups) if groups else []
        now = self._now()
        judged = [
            (group, outcomes.judge(group[-1], result, now, repeats_safely=is_safe))
            for group, result in zip(groups, results, strict=True)
        ]
        if await outcomes.write(self._gateway.channel, [*settled, *judged], now):
            log.error("channel_paused", channel=self._gateway.channel.value, code=_broken(results).code)
        return len(taken)

    async def _send(self, groups: Sequence[Sequence[Claim]]) -> list[Result]:
        """What the gateway answers; an error of its own counts as an attempt that may have got through."""
        batch = [bundles.outgoing(group, self._base_url) for group in groups]
        try:
            return await self._gateway.send(batch)
        except Exception as error:
            log.error("gateway_failed", channel=self._gateway.channel.value, **logs.describe(error))
            return [Result(outcome=Outcome.UNKNOWN, code=type(error).__name__) for _ in batch]

    async def _send_or_pause(self) -> bool:
        try:
            return await self.send_once() > 0
        except Exception as error:
            passes = is_passing(error)
            (log.warning if passes else log.error)("sending_failed", **logs.describe(error))
            await asyncio.sleep(_PAUSE_S)
            return True


async def _wait(woken: asyncio.Event, stop: asyncio.Event) -> None:
    """Until woken or stopped, at most until the next look."""
    waiting = [asyncio.create_task(woken.wait()), asyncio.create_task(stop.wait())]
    with suppress(TimeoutError):
        await asyncio.wait(waiting, timeout=LOOK_EVERY_S, return_when=asyncio.FIRST_COMPLETED)
    for each in waiting:
        each.cancel()


def _broken(results: Sequence[Result]) -> Result:
    return next(each for each in results if each.outcome is Outcome.BROKEN)
