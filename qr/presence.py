"""A token that says: this page was opened from this code at this moment. "I was just here", proved by the server.

Issued with every answer to a scan, signed, kept nowhere. It proves when the server showed the page, not where the phone
was; with a near position or a plate read by a camera on the spot it makes a presence.
"""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta

from qr.codes import Code

GOOD_FOR = timedelta(minutes=15)
_MAC_BYTES = 10
_TIME_BYTES = 5
_EARLY = timedelta(seconds=30)
"""Two servers' clocks may differ so much."""


def presence_key(secret: str) -> bytes:
    return hashlib.blake2s(secret.encode(), person=b"yima-now").digest()


def issue(key: bytes, code: Code, now: datetime) -> str:
    """A token for a scan of this code at this moment."""
    moment = int(now.timestamp()).to_bytes(_TIME_BYTES, "big")
    return urlsafe_b64encode(moment + _mac(key, code, moment)).decode()


def opened_at(key: bytes, code: Code, token: str, now: datetime) -> datetime | None:
    """When the page of this code was opened; None for another code's, an invented, an old or a future token."""
    try:
        raw = urlsafe_b64decode(token)
    except ValueError:
        return None
    moment, mac = raw[:_TIME_BYTES], raw[_TIME_BYTES:]
    if not hmac.compare_digest(mac, _mac(key, code, moment)):
        return None
    at = datetime.fromtimestamp(int.from_bytes(moment, "big"), UTC)
    return at if -_EARLY <= now - at <= GOOD_FOR else None


def _mac(key: bytes, code: Code, moment: bytes) -> bytes:
    return hashlib.blake2s(moment + code.encode(), key=key, digest_size=_MAC_BYTES).digest()
