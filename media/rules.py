"""Pure questions of the photo room: is this link ours and alive, and who may see which photo.

A link is signed for one photo, size and revision, and expires; checking it needs the key and nothing else. Expiry is
rounded to whole periods so that a page opened twice shows the same link and the browser's cache is of use.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from uuid import UUID

from media.errors import LinkExpired, LinkNotValid
from media.structs import Variant

LINK_PERIOD = timedelta(hours=6)
_SIGNATURE_BYTES = 16


def expiry_of(now: datetime) -> int:
    """When a link made now expires, in seconds since 1970 UTC: between one and two periods from now."""
    period_s = int(LINK_PERIOD.total_seconds())
    return (int(now.timestamp()) // period_s + 2) * period_s


def sign(link_key: bytes, photo_id: UUID, variant: Variant, revision: int, expires_s: int) -> str:
    text = f"{photo_id}/{variant}/{revision}/{expires_s}".encode()
    digest = hmac.digest(link_key, text, hashlib.sha256)
    return urlsafe_b64encode(digest[:_SIGNATURE_BYTES]).decode().rstrip("=")


def verify(
    link_key: bytes,
    photo_id: UUID,
    variant: Variant,
    *,
    revision: int,
    expires_s: int,
    signature: str,
    now: datetime,
) -> None:
    """Raises LinkNotValid for a link that we never made, LinkExpired for one whose time is over."""
    ours = sign(link_key, photo_id, variant, revision, expires_s)
    if not hmac.compare_digest(ours.encode(), signature.encode()):
        raise LinkNotValid()
    if now.timestamp() >= expires_s:
        raise LinkExpired()
