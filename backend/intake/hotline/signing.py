"""Requests between us and a platform are signed as the Standard Webhooks specification says, in both directions.

`webhook-id`, `webhook-timestamp` (seconds) and `webhook-signature`.
https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from backend.errors import Unauthorised

TOLERANCE = timedelta(minutes=5)
ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
_DIGITS_MOST = 12


class SignatureWrong(Unauthorised):
    """Not signed with the source's secret, or too long ago."""

    code = "hotline-signature-wrong"


def headers_for(secret: str, message_id: str, body: bytes, now: datetime) -> dict[str, str]:
    """What goes with a body that we send."""
    seconds = str(int(now.timestamp()))
    return {ID: message_id, TIMESTAMP: seconds, SIGNATURE: _sign(secret, message_id, seconds, body)}


def require_signed(secrets: list[str], headers: Mapping[str, str], body: bytes, now: datetime) -> None:
    """Whether one of these secrets signed it, not longer ago than the tolerance. Raises SignatureWrong."""
    message_id, seconds = headers.get(ID, ""), headers.get(TIMESTAMP, "")
    is_number = seconds.isascii() and seconds.isdecimal() and len(seconds) <= _DIGITS_MOST
    if not message_id or not is_number or not _is_text(body):
        raise SignatureWrong
    if abs(now.timestamp() - int(seconds)) > TOLERANCE.total_seconds():
        raise SignatureWrong
    given = headers.get(SIGNATURE, "").split(" ")
    own = [_sign(secret, message_id, seconds, body) for secret in secrets]
    if not any(hmac.compare_digest(one.encode(), other.encode()) for one in given for other in own):
        raise SignatureWrong


def _is_text(body: bytes) -> bool:
    """The library signs text alone."""
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _sign(secret: str, message_id: str, seconds: str, body: bytes) -> str:
    """The library reads the clock by itself where it verifies; so it only signs here, and we compare."""
    from standardwebhooks.webhooks import Webhook

    at = datetime.fromtimestamp(int(seconds), UTC)
    return Webhook(secret).sign(message_id, at, body.decode())
