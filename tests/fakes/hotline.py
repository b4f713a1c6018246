"""A 12345 platform as docs/intake/hotline.md writes its wire: it gives cases, checks what it is told, and decides.

`python -m tests.fakes.hotline --secret whsec_… --to http://127.0.0.1:8000/api/v1/hotline/12345` runs by itself; what is
posted to /_fake as {"send": {"acttype": "dispatch", …}} goes on to us, signed.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import Any

import httpx
from standardwebhooks.webhooks import Webhook

from backend.intake.sources import signatures
from tests.fakes import vendor
from tests.fakes.server import Answer, Asked, as_json
from tests.fakes.shapes import NotSo, hold, one_of, whole, words
from tests.fakes.vendor import Planned, TroubleKind, Vendor

PATH = "/exchange"


def _moment(value: Any) -> bool:
    try:
        return bool(datetime.strptime(f"{value} +0800", "%Y-%m-%d %H:%M:%S %z"))
    except (TypeError, ValueError):
        return False


def _evidence(value: Any) -> bool:
    shape = {"*photoid": words(36, 36), "*url": lambda url: isinstance(url, str) and url.startswith("http")}
    return isinstance(value, list) and all(hold(each, shape, "evidence") is None for each in value)


_ALWAYS = {"*exchangeid": words(40, 1), "*taskid": words(80, 1), "*acttime": _moment, "*acttype": words(20, 1)}
SHAPES: dict[str, dict[str, Any]] = {
    "contact": _ALWAYS
    | {"*contactresult": one_of("已联系", "未联系上"), "*contacttimes": whole(1, 20), "*contactnote": words(1000)},
    "return": _ALWAYS
    | {"*code": one_of("R01", "R02", "R03", "R04", "R05"), "*reason": words(500, 1), "*evidence": _evidence},
    "extension": _ALWAYS
    | {
        "*code": one_of("D01", "D02", "D03", "D04"),
        "*reason": words(500, 1),
        "*delaydays": whole(1, 30),
        "*evidence": _evidence,
    },
    "feedback": _ALWAYS
    | {
        "*feedbacktype": one_of("过程反馈", "办结反馈"),
        "*feedbackno": whole(1, 999),
        "*result": words(1000, 1),
        "*issolved": bool,
        "*finishtime": lambda value: value == "" or _moment(value),
    },
}


class HotlineFake(Vendor):
    """`taken`: what it was told, each exchange number once, in its order. `cases`: what it gave away."""

    def __init__(self, secret: str, to: str, **more: Any) -> None:
        """`to`: where it sends its messages. `now`: its clock."""
        self.now: Callable[[], datetime] = more.pop("now", lambda: datetime.now(UTC))
        super().__init__(**more)
        self._webhook, self._to, self._numbers = Webhook(secret), to, count(1)

    def reset(self) -> None:
        super().reset()
        self.taken: dict[str, dict[str, Any]] = {}
        self.cases: set[str] = set()
        self.closed: set[str] = set()
        """Cases about which it wants to hear nothing more."""

    @property
    def acts(self) -> list[str]:
        """What it was told, in its order."""
        return [each["acttype"] for each in self.taken.values()]

    def last(self, acttype: str) -> dict[str, Any]:
        return [each for each in self.taken.values() if each["acttype"] == acttype][-1]

    def failure(self, planned: Planned) -> Answer:
        if planned.kind is TroubleKind.LIMIT:
            return as_json(_said(5001, "too many"), 429)
        return as_json(_said(5000, "busy"), 200 if planned.kind is TroubleKind.IN_200 else planned.status)

    async def answer(self, asked: Asked) -> Answer:
        if (asked.method, asked.path) != ("POST", PATH):
            return as_json(_said(4004, "no such path"), 404)
        if not self._is_signed(asked):
            return as_json(_said(4001, "signature"), 401)
        try:
            said = asked.json()
            hold(said, SHAPES[said["acttype"]], "body")
        except (ValueError, KeyError, TypeError):
            return as_json(_said(4000, "unreadable"), 400)
        except NotSo as wrong:
            return as_json(_said(4000, str(wrong)), 400)
        return self._take(said)

    def message(self, **fields: Any) -> tuple[bytes, dict[str, str]]:
        """What it sends, with the headers that sign it."""
        if fields.get("acttype") == "dispatch":
            self.cases.add(fields["taskid"])
        body, number, at = json.dumps(fields, ensure_ascii=False).encode(), f"p{next(self._numbers)}", self.now()
        signature = self._webhook.sign(number, at, body.decode())
        seconds = str(int(at.timestamp()))
        return body, {signatures.ID: number, signatures.TIMESTAMP: seconds, signatures.SIGNATURE: signature}

    async def send(self, client: httpx.AsyncClient, **fields: Any) -> httpx.Response:
        """Give a case, decide, call back."""
        body, headers = self.message(**fields)
        return await client.post(self._to, content=body, headers=headers | {"content-type": "application/json"})

    def _is_signed(self, asked: Asked) -> bool:
        seconds = asked.headers.get(signatures.TIMESTAMP, "")
        if not seconds.isdecimal() or abs(self.now().timestamp() - int(seconds)) > signatures.TOLERANCE.total_seconds():
            return False
        at = datetime.fromtimestamp(int(seconds), UTC)
        own = self._webhook.sign(asked.headers.get(signatures.ID, ""), at, asked.body.decode())
        return asked.headers.get(signatures.SIGNATURE) == own

    def _take(self, said: dict[str, Any]) -> Answer:
        if said["taskid"] not in self.cases:
            return as_json(_said(1001, "no such case"))
        if said["taskid"] in self.closed:
            return as_json(_said(1002, "the case is closed"))
        earlier = self.taken.setdefault(said["exchangeid"], said)
        if earlier != said:
            return as_json(_said(1003, "another message has this number"))
        return as_json(_said(0, "ok"))


def _said(code: int, msg: str) -> dict[str, Any]:
    return {"code": code, "msg": msg}


class _Alone(HotlineFake):
    """Runs by itself, and sends what it is told to."""

    def control(self, asked: Asked) -> Answer:
        order = asked.json()
        if "send" not in order:
            return super().control(asked)
        self._sending = asyncio.get_running_loop().create_task(self._send_on(order["send"]))
        return as_json({})

    async def _send_on(self, fields: dict[str, Any]) -> None:
        async with httpx.AsyncClient() as client:
            sys.stdout.write((await self.send(client, **fields)).text + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--secret", required=True, help="of the source, whsec_…")
    parser.add_argument("--to", required=True, help="our address for its messages")
    given = vendor.options(parser, port=8192)
    vendor.stay(_Alone(given.secret, given.to, chance=given.chance, slow_s=given.slow_s), given.port)
