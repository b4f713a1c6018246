"""What can go wrong between us and WeChat, by the words that the other fakes take as well."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.fakes.http_server import DROPPED, Answer, Trouble, as_json

_SLOW_S = 30.0
_BUSY, _LIMIT = -1, 45011


def _code(number: int) -> Trouble:
    return Trouble(answer=as_json({"errcode": number, "errmsg": "fake trouble"}))


KINDS: Mapping[str, Callable[[Mapping[str, Any]], Trouble]] = {
    "slow": lambda order: Trouble(wait_s=order.get("wait_s", _SLOW_S), done=True),
    "fail": lambda order: Trouble(answer=as_json({}, status=order.get("status", 503))),
    "limit": lambda _: _code(_LIMIT),
    "html": lambda _: Trouble(answer=Answer(body=b"<html>busy</html>", status=502, content_type="text/html")),
    "in-200": lambda order: _code(order.get("errcode", _BUSY)),
    "drop": lambda _: DROPPED,
}
"""`slow` and `drop` have done what was asked, the others have not."""


def trouble_of(order: Mapping[str, Any]) -> Trouble:
    """The trouble of an order such as {"trouble": "fail", "status": 503}."""
    return KINDS[order["trouble"]](order)
