"""Links to photos, signed with the room's key."""

from datetime import datetime
from uuid import UUID

from media import rules
from media.room import here
from media.structs import Variant


def url_for(photo_id: UUID, variant: Variant, now: datetime, revision: int = 0) -> str:
    """The path and query under which one size of a photo is served, until its link expires."""
    expires_s = rules.expiry_of(now)
    signature = rules.sign(here().link_key, photo_id, variant, revision, expires_s)
    return f"/media/{photo_id}/{variant}?v={revision}&e={expires_s}&s={signature}"
