"""Signatures after the Standard Webhooks specification: headers `webhook-id`, `webhook-timestamp`, `webhook-signature`.

The library's own check reads the system's clock, and its answer to a header that is no signature is another error than
its own; so the headers are read here, and the library signs.
"""

import hmac
import math
import re
from base64 import b64decode
from binascii import Error as NoBase64
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from standardwebhooks import Webhook

TOLERANCE = timedelta(minutes=5)
ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
_ID = re.compile(r"[\x21-\x7e]{1,120}")
_SECONDS = re.compile(r"[0-9]{1,12}")
_SIGNATURES_MOST = 10


class NotSigned(Exception):
    """`why`: headers, stale, forged."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def sign(secret: str, webhook_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """The three headers of a message. `at`: to the second."""
    # The library takes the digits of whatever zone for UTC.
    return {
        ID: webhook_id,
        TIMESTAMP: str(math.floor(at.timestamp())),
        SIGNATURE: Webhook(secret).sign(webhook_id, at.astimezone(UTC), body.decode()),
    }


def require_signed(secrets: Iterable[str], headers: Mapping[str, str], body: bytes, now: datetime) -> str:
    """The id of a message that one of these secrets signed within the tolerance. `headers`: names in lower case.

    Raises NotSigned.
    """
    webhook_id, seconds = headers.get(ID, ""), headers.get(TIMESTAMP, "")
    given = headers.get(SIGNATURE, "")
    if not (_ID.fullmatch(webhook_id) and _SECONDS.fullmatch(seconds) and given):
        raise NotSigned("headers")
    if abs(int(seconds) - now.timestamp()) > TOLERANCE.total_seconds():
        raise NotSigned("stale")
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise NotSigned("forged") from error
    at = datetime.fromtimestamp(int(seconds), UTC)
    signatures = _signatures(given)
    for secret in secrets:
        own = _read(Webhook(secret).sign(webhook_id, at, text).removeprefix("v1,"))
        if any(hmac.compare_digest(own, each) for each in signatures):
            return webhook_id
    raise NotSigned("forged")


def _signatures(header: str) -> list[bytes]:
    parts = [part.partition(",") for part in header.split(" ")[:_SIGNATURES_MOST]]
    return [_read(value) for version, _, value in parts if version == "v1"]


def _read(text: str) -> bytes:
    """The bytes of a signature; none of what is no Base64, which equals nothing."""
    try:
        return b64decode(text, validate=True)
    except (NoBase64, ValueError):
        return b""
