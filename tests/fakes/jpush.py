"""极光 REST API v3. https://docs.jiguang.cn/jpush/server/push/rest_api_v3_push

`python -m tests.fakes.jpush --port 9002` takes the app key and the secret that are named below.
"""

import argparse
import base64
import secrets
from typing import Any
from uuid import uuid4

from tests.fakes import vendor
from tests.fakes.server import Answer, Asked, as_json
from tests.fakes.shapes import NotSo, hold, one_of, whole, words
from tests.fakes.vendor import Planned, TroubleKind, Vendor

APP_KEY, SECRET = "7d431e42dfa6a6d693ac2d04", "5e987ac6d2e04d95a9d8f0d1"
PAYLOAD_BYTES_MAX = 2048
_PLATFORMS = ("android", "ios", "hmos")
_INTENT = {"url": words(1000, 1)}
_CATEGORIES = one_of(
    "IM", "VOIP", "MISS_CALL", "SUBSCRIPTION", "TRAVEL", "HEALTH", "WORK", "ACCOUNT", "EXPRESS", "TODO"
)


def _width(text: str) -> int:
    return sum(1 if character.isascii() else 2 for character in text)


def _fits_vivo(most: int) -> Any:
    return lambda value: isinstance(value, str) and 0 < _width(value) <= most


def _extras(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(name, str) for name in value)


def _maker(**more: Any) -> dict[str, Any]:
    return {"distribution": words(20), "channel_id": words(100, 1), "classification": one_of(0, 1), **more}


NOTIFICATION = {
    "alert": words(1000),
    "android": {
        "*alert": _fits_vivo(100),
        "title": _fits_vivo(40),
        "channel_id": words(1000),
        "category": words(40),
        "priority": whole(-2, 2),
        "intent": _INTENT,
        "extras": _extras,
    },
    "ios": {
        "*alert": lambda value: isinstance(value, str) or hold(value, {"title": str, "body": str}, "alert") is None,
        "sound": words(100),
        "badge": words(5),
        "thread-id": words(100),
        "interruption-level": one_of("passive", "active", "time-sensitive", "critical"),
        "extras": _extras,
    },
    "hmos": {
        "*alert": words(1000, 1),
        "*category": _CATEGORIES,
        "title": words(100),
        "intent": _INTENT,
        "badge_add_num": whole(1, 99),
        "push_type": one_of(0, 1, 2, 7, 10),
        "extras": _extras,
    },
}
PUSH = {
    "cid": words(64, 1),
    "*platform": lambda value: isinstance(value, list) and value and set(value) <= set(_PLATFORMS),
    "*audience": {"registration_id": lambda value: isinstance(value, list) and 0 < len(value) <= 1000},
    "*notification": NOTIFICATION,
    "options": {
        "time_to_live": whole(0, 10 * 86_400),
        "apns_production": bool,
        "apns_collapse_id": words(64, 1),
        "classification": one_of(0, 1),
        "third_party_channel": {
            "xiaomi": _maker(),
            "huawei": _maker(importance=one_of("LOW", "NORMAL", "HIGH"), category=words(40)),
            "honor": _maker(importance=one_of("LOW", "NORMAL")),
            "vivo": _maker(category=words(40)),
            "oppo": _maker(category=words(40), notify_level=one_of(1, 2, 16)),
        },
    },
}


class JPushFake(Vendor):
    """`phones`: registration id to what was shown there, one for each push that was no repeat.

    `received`: the numbers of what is said to have arrived.
    """

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.cids: set[str] = set()
        self.takes_everybody = False

    def reset(self) -> None:
        super().reset()
        self.phones: dict[str, list[dict[str, Any]]] = {}
        self.done: dict[str, Answer] = {}
        self.has_cids = True
        self.received: set[str] = set()
        self.numbers = iter(range(1828256757, 2**62))

    def register(self, *names: str) -> None:
        for name in names:
            self.phones[name] = []

    def is_spared(self, asked: Asked) -> bool:
        return asked.path != "/v3/push"

    def failure(self, planned: Planned) -> Answer:
        if planned.kind is TroubleKind.LIMIT:
            headers = {"x-rate-limit-limit": "600", "x-rate-limit-remaining": "0", "x-rate-limit-reset": "17"}
            return as_json(_error(2002, "API call rate limit exceeded"), 429, headers)
        status = 200 if planned.kind is TroubleKind.IN_200 else planned.status
        return as_json(_error(1000, "Server internal error"), status)

    async def answer(self, asked: Asked) -> Answer:
        expected = base64.b64encode(f"{APP_KEY}:{SECRET}".encode()).decode()
        if asked.headers.get("authorization") != f"Basic {expected}":
            return as_json(_error(1004, "Basic authentication failed"), 401)
        if (asked.method, asked.path) == ("GET", "/v3/push/cid") and self.has_cids:
            return self._give_cids(asked)
        if (asked.method, asked.path) == ("GET", "/v3/received/detail"):
            return self._report(asked.query.get("msg_ids", "").split(","))
        if (asked.method, asked.path) != ("POST", "/v3/push"):
            return as_json({}, 404)
        try:
            push = asked.json()
            hold(push, PUSH, "push")
        except ValueError:
            return as_json(_error(1002, "Request body is not valid JSON"), 400)
        except NotSo as wrong:
            return as_json(_error(1003, f"The parameter value is invalid: {wrong}"), 400)
        if len(str(push["notification"]).encode()) > PAYLOAD_BYTES_MAX:
            return as_json(_error(1005, "The message is too large"), 400)
        return self._take(push)

    def _report(self, numbers: list[str]) -> Answer:
        """How many phones have each: one or none, by the service of the phone's maker."""
        if not 0 < len(numbers) <= 100 or not all(each.isdecimal() for each in numbers):
            return as_json(_error(3002, "msg_ids is invalid"), 400)
        nothing = dict.fromkeys(("jpush_received", "android_pns_sent", "ios_apns_sent", "ios_apns_received"))
        said = [nothing | {"msg_id": each, "android_pns_received": int(each in self.received)} for each in numbers]
        return as_json(said)

    def _give_cids(self, asked: Asked) -> Answer:
        count = min(int(asked.query.get("count", "1")), 10)
        fresh = [f"{APP_KEY}-{uuid4()}" for _ in range(count)]
        self.cids.update(fresh)
        return as_json({"cidlist": fresh})

    def _take(self, push: dict[str, Any]) -> Answer:
        cid = push.get("cid") or secrets.token_hex(8)
        if "cid" in push and cid not in self.cids:
            return as_json(_error(1003, "The parameter value is invalid: cid"), 400)
        if cid in self.done:
            return self.done[cid]
        [name] = push["audience"]["registration_id"]
        if name not in self.phones and not self.takes_everybody:
            return as_json(_error(1011, f"cannot find user by this audience: {name}"), 400)
        self.phones.setdefault(name, []).append(push)
        self.done[cid] = as_json({"sendno": "0", "msg_id": str(next(self.numbers))})
        return self.done[cid]


def _error(code: int, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message}}


if __name__ == "__main__":
    given = vendor.options(argparse.ArgumentParser(description=__doc__))
    alone = JPushFake(chance=given.chance, slow_s=given.slow_s)
    alone.takes_everybody = True
    vendor.stay(alone, given.port)
