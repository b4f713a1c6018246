"""What JPush's answers mean for a delivery. Pure.

https://docs.jiguang.cn/jpush/server/push/rest_api_v3_push, "调用返回"; limits in "REST API 概述".
"""

from typing import Any

import httpx
import msgspec

from push.gateways import Outcome, Result
from push.gateways.answers import without

_BROKEN = frozenset({1004, 1008, 1016, 1020, 2003, 2004, 2005})
"""Key or secret, a request without TLS, an address that is not on the list, an account without the right."""
_REFUSED = frozenset({1001, 1002, 1003, 1005, 1012})
"""The request or what is in it; 1012: the maker of the phone takes no more from us today."""
_UNREACHABLE = frozenset({1011})
"""No such phone, or none that was seen within 255 days: the app registers again at its next start."""
_LATER = frozenset({1000, 1009, 2002})
_UNCLEAR = frozenset({1030})
"""A timeout within JPush."""
_RESET = "x-rate-limit-reset"
_LONGEST_S = 3600.0


class _Error(msgspec.Struct):
    code: int = 0
    message: str = ""


class _Answer(msgspec.Struct):
    msg_id: str | int = ""
    error: _Error | None = None


def result_of(response: httpx.Response, personal: tuple[str, ...], attempt: int) -> Result:
    """What an answer means, whatever its status: JPush also sends errors with 200."""
    answer = _read(response.content)
    if answer is None:
        return _unread(response)
    if answer.error is not None:
        return _failed(answer.error, response, personal, attempt)
    if response.is_success and answer.msg_id:
        return Result(outcome=Outcome.SENT, vendor_id=str(answer.msg_id))
    return _unread(response)


def of_lost(error: httpx.HTTPError | TimeoutError) -> Result:
    """What it means that no answer came. Without a connection nothing was sent."""
    is_unsent = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout | httpx.ProxyError)
    return Result(outcome=Outcome.LATER if is_unsent else Outcome.UNKNOWN, code=type(error).__name__)


def _failed(error: _Error, response: httpx.Response, personal: tuple[str, ...], attempt: int) -> Result:
    return Result(
        outcome=_outcome(error.code, response.status_code, attempt),
        code=str(error.code),
        detail=without(error.message, personal),
        retry_after_s=_wait_s(response) if response.status_code == 429 or error.code == 2002 else None,
    )


def _outcome(code: int, status: int, attempt: int) -> Outcome:
    if code in _BROKEN or status in (401, 403):
        return Outcome.BROKEN
    if code in _UNREACHABLE:
        return Outcome.UNREACHABLE
    if code in _UNCLEAR:
        return Outcome.UNKNOWN
    if code in _LATER or status == 429 or status >= 500:
        return Outcome.LATER
    return Outcome.REFUSED if code in _REFUSED or attempt > 1 else Outcome.LATER


def _wait_s(response: httpx.Response) -> float | None:
    """JPush counts by the minute and says how many seconds of it are left."""
    said = response.headers.get(_RESET, "")
    return min(float(said), _LONGEST_S) if said.isascii() and said.isdecimal() else None


def _unread(response: httpx.Response) -> Result:
    """A page of a proxy, or an answer without a word of ours: it may have been taken."""
    outcome = Outcome.BROKEN if response.status_code in (401, 403) else Outcome.UNKNOWN
    return Result(outcome=outcome, code=f"http-{response.status_code}")


def _read(body: bytes) -> Any:
    try:
        return msgspec.json.decode(body, type=_Answer)
    except msgspec.DecodeError:
        return None
