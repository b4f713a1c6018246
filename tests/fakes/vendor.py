"""What every fake has in common: a vendor behind one server, as unreliable as it is told, in a loop or a thread."""

import argparse
import asyncio
import random
import sys
import threading
import time
from collections.abc import Sequence
from enum import StrEnum
from ssl import SSLContext
from typing import Any, Self

import msgspec

from tests.fakes.server import CONTROL, DROPPED, Answer, Asked, Server, Trouble, as_json

_A_PROXYS_PAGE = Answer(body=b"<html><h1>502 Bad Gateway</h1></html>", status=502, content_type="text/html")


class TroubleKind(StrEnum):
    """What can go wrong between us and a vendor."""

    SLOW = "slow"
    """It does as asked, but the answer takes longer than anybody waits."""
    FAIL = "fail"
    """It answers with an error of the server and has done nothing."""
    LIMIT = "limit"
    """It takes no more for now."""
    HTML = "html"
    """A proxy's page in place of an answer; nothing was done."""
    IN_200 = "in-200"
    """An error code in an answer whose status is 200."""
    DROP = "drop"
    """It does as asked and hangs up."""


class Planned(msgspec.Struct, frozen=True):
    """What is to go wrong. `status`, `retry_after`, `errcode`: of the answer, where the vendor's own has one."""

    kind: TroubleKind
    status: int = 503
    retry_after: str = ""
    errcode: int | None = None


class _Order(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is posted to CONTROL: {"trouble": "fail", "times": 3, "status": 503}."""

    trouble: TroubleKind
    times: int = 1
    status: int = 503
    retry_after: str = ""
    errcode: int | None = None


class Vendor:
    """Answers by `answer`; `asked` are all requests. `base` is known after the start.

    `chance`: how often one of `kinds` comes by itself, by `dice`. `slow_s`: how long a slow answer takes.
    """

    def __init__(
        self,
        *,
        chance: float = 0.0,
        dice: random.Random | None = None,
        slow_s: float = 2.0,
        kinds: Sequence[TroubleKind] = tuple(TroubleKind),
    ) -> None:
        self.server = Server(self._respond, self.is_spared)
        self.server.troubles.rate, self.server.troubles.chance = chance, dice or random.Random(1)
        self.slow_s, self._kinds, self.base = slow_s, kinds, ""
        self.reset()

    def reset(self) -> None:
        """Forget what was asked and planned."""
        self.server.asked.clear()
        self.server.troubles.planned.clear()

    async def answer(self, asked: Asked) -> Answer:
        """What the vendor says to a request."""
        raise NotImplementedError

    def failure(self, planned: Planned) -> Answer:
        """The vendor's own words for FAIL, LIMIT and IN_200."""
        raise NotImplementedError

    def control(self, asked: Asked) -> Answer:
        """What a rehearsal says to CONTROL."""
        order = msgspec.json.decode(asked.body, type=_Order)
        self.plan(order.trouble, order.times, status=order.status, retry_after=order.retry_after, errcode=order.errcode)
        return as_json({})

    def is_spared(self, asked: Asked) -> bool:
        """Requests that no trouble touches."""
        return False

    @property
    def asked(self) -> list[Asked]:
        return self.server.asked

    def plan(self, kind: TroubleKind, times: int = 1, **more: Any) -> None:
        """Let this go wrong with the next requests."""
        self.server.troubles.planned += [self._trouble(Planned(kind, **more))] * times

    async def start(self, port: int = 0, tls: SSLContext | None = None) -> Self:
        """Serve in this loop, until `close`."""
        if self.server.troubles.rate:
            self.server.troubles.at_random = [self._trouble(Planned(kind)) for kind in self._kinds]
        await self.server.start(port, tls)
        self.base = self.server.url
        return self

    async def close(self) -> None:
        await self.server.close()

    def start_in_thread(self) -> Self:
        """Serve in a thread of its own, for SDKs that block, until `stop`."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self.start(), self._loop).result()
        return self

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def __enter__(self) -> Self:
        return self.start_in_thread()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def settled(self) -> None:
        """Wait until slow answers are out."""
        time.sleep(self.slow_s)

    async def _respond(self, asked: Asked) -> Answer:
        return self.control(asked) if asked.path == CONTROL else await self.answer(asked)

    async def _end(self) -> None:
        """Close, and leave no answer behind for which nobody waits."""
        await self.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for each in others:
            each.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _trouble(self, planned: Planned) -> Trouble:
        match planned.kind:
            case TroubleKind.SLOW:
                return Trouble(wait_s=self.slow_s, done=True)
            case TroubleKind.DROP:
                return DROPPED
            case TroubleKind.HTML:
                return Trouble(answer=_A_PROXYS_PAGE)
            case _:
                return Trouble(answer=self.failure(planned))


def options(words: argparse.ArgumentParser, port: int | None = None) -> argparse.Namespace:
    """What every fake that runs by itself is told; `port`: that which it takes where none is said."""
    words.add_argument("--port", type=int, required=port is None, default=port)
    words.add_argument("--chance", type=float, default=0.0, help="how often something goes wrong, 0 to 1")
    words.add_argument("--slow-s", type=float, default=30.0)
    return words.parse_args()


def stay(vendor: Vendor, port: int) -> None:
    """Serve until the process is ended."""
    asyncio.run(_stay(vendor, port))


async def _stay(vendor: Vendor, port: int) -> None:
    await vendor.start(port)
    sys.stdout.write(f"{vendor.base}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()
