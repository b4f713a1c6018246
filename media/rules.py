"""Pure questions of media: is this link ours and alive, and who may see which photo.

A link is signed for one photo, size and link version, and expires. Raising a photo's link version ends all links given
out before. Expiry is rounded to whole periods so that a page opened twice shows the same link and the browser's cache
is of use.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from uuid import UUID

from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Actor
from backend.words import PHOTO_REASON, PHOTO_REASON_LEAST, fitting
from media.errors import EvidenceForbidden, LinkExpired, LinkNotValid, PhotoReasonMissing
from media.structs import Audience, PhotoRole, Variant, Visibility

LINK_PERIOD = timedelta(hours=6)
_SIGNATURE_BYTES = 16
_SHOWN = {
    Audience.HELPER: (PhotoRole.REPORT, PhotoRole.BEFORE, PhotoRole.AFTER),
    Audience.REPORTER: (PhotoRole.REPORT, PhotoRole.AFTER),
}
"""What is shown though nobody has looked at it yet."""


def may_see(audience: Audience, role: PhotoRole, visibility: Visibility) -> bool:
    """The one place that decides who is shown a photo.

    Staff of an order see all of it. A helper sees what is to be done, what was there before and what was done. Who
    holds the tracking link sees what they sent and the proof of the work. The public sees what a person has released
    or painted over, and nothing else.
    """
    if audience is Audience.STAFF or visibility is not Visibility.WITHHELD:
        return True
    return role in _SHOWN.get(audience, ())


def may_see_sql(audience: str, role: str, visibility: str) -> str:
    """The same as SQL, of three expressions."""
    shown = " OR ".join(f"{audience} = '{who}' AND {role} IN ({_quoted(roles)})" for who, roles in _SHOWN.items())
    return f"({visibility} <> '{Visibility.WITHHELD}' OR {audience} = '{Audience.STAFF}' OR {shown})"


def require_evidence_reader(actor: Actor, area_code: str) -> None:
    """Raises EvidenceForbidden for all but the few who may read originals of what lies there."""
    if not may_within(actor, Permission.READ_ORIGINALS, area_code):
        raise EvidenceForbidden()


def require_redactor(actor: Actor, area_code: str) -> None:
    """Raises EvidenceForbidden for those who may not paint over, release or withhold photos of what lies there."""
    if not may_within(actor, Permission.REDACT_PHOTOS, area_code):
        raise EvidenceForbidden()


def require_reason(text: str) -> str:
    """The reason for an act on a photo, in plain form. Raises ReasonMissing, WordsTooLong."""
    said = fitting(text, PHOTO_REASON, "reason")
    if len(said) < PHOTO_REASON_LEAST:
        raise PhotoReasonMissing()
    return said


def expiry_of(now: datetime) -> int:
    """When a link made now expires, in seconds since 1970 UTC: between one and two periods from now."""
    period_s = int(LINK_PERIOD.total_seconds())
    return (int(now.timestamp()) // period_s + 2) * period_s


def sign(link_key: bytes, photo_id: UUID, variant: Variant, link_version: int, expires_s: int) -> str:
    text = f"{photo_id}/{variant}/{link_version}/{expires_s}".encode()
    digest = hmac.digest(link_key, text, hashlib.sha256)
    return urlsafe_b64encode(digest[:_SIGNATURE_BYTES]).decode().rstrip("=")


def verify(
    link_key: bytes,
    photo_id: UUID,
    variant: Variant,
    *,
    link_version: int,
    expires_s: int,
    signature: str,
    now: datetime,
) -> None:
    """Raises LinkNotValid for a link that we never made, LinkExpired for one whose time is over."""
    ours = sign(link_key, photo_id, variant, link_version, expires_s)
    if not hmac.compare_digest(ours.encode(), signature.encode()):
        raise LinkNotValid()
    if now.timestamp() >= expires_s:
        raise LinkExpired()


def _quoted(roles: tuple[PhotoRole, ...]) -> str:
    return ", ".join(f"'{role}'" for role in roles)
