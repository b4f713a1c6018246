"""Links to photos, signed with the key of media, and how all links to a photo die at once."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from backend import db
from media import rules
from media.runtime import current_runtime
from media.structs import PhotoSubject, Variant

_RETIRE = """
    UPDATE photo SET link_version = link_version + 1 WHERE id IN (
        SELECT a.photo_id FROM unnest($1::varchar[], $2::bigint[]) AS named(kind, id)
          JOIN photo_attachment a ON a.subject_kind = named.kind AND a.subject_id = named.id)
"""


def url_for(photo_id: UUID, variant: Variant, now: datetime, link_version: int = 0) -> str:
    """The path and query under which one size of a photo is served, until its link expires or is retired."""
    expires_s = rules.expiry_of(now)
    signature = rules.sign(current_runtime().link_key, photo_id, variant, link_version, expires_s)
    return f"/media/{photo_id}/{variant}?v={link_version}&e={expires_s}&s={signature}"


async def retire_links(subjects: Sequence[PhotoSubject]) -> None:
    """End every link that was given out to the photos of these subjects, in the caller's transaction.

    For whoever takes photos from somebody's sight: the others get new links with the next page or answer.
    """
    await db.execute(_RETIRE, [subject.kind for subject in subjects], [subject.id for subject in subjects])
