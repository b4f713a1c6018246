"""Reads of media: plain SQL in, structs with signed links out."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from backend import db
from media.errors import PhotoNotFound
from media.links import url_for
from media.rules import may_see, may_see_sql
from media.structs import (
    Alike,
    AttachedPhoto,
    Audience,
    PhotoRole,
    PhotoSubject,
    PhotoView,
    SubjectKind,
    Thumb,
    Variant,
    Visibility,
)

_PHOTO = "SELECT id, media_type, width, height, size_bytes, captured_at, link_version FROM photo"

_HELD = """
    SELECT DISTINCT a.subject_id FROM photo p JOIN photo_attachment a ON a.photo_id = p.id
     WHERE p.hold_reason IS NOT NULL AND a.subject_kind = $1
"""
_ALIKE = """
    SELECT pair.mine AS photo_id, pair.other AS other_id, pair.is_same_file, pair.distance, p.created_at,
           p.link_version, a.subject_kind, a.subject_id, a.role
      FROM (SELECT photo_id AS mine, earlier_id AS other, is_same_file, distance
              FROM photo_match WHERE photo_id = ANY($1)
            UNION ALL
            SELECT earlier_id, photo_id, is_same_file, distance
              FROM photo_match WHERE earlier_id = ANY($1)) AS pair
      JOIN photo p ON p.id = pair.other
      JOIN photo_attachment a ON a.photo_id = pair.other
     ORDER BY pair.distance, p.created_at
"""


# Nothing attached any more, long after the end: nothing speaks against it.
_ARE_ATTACHED = """
    SELECT coalesce(known.whole = said.whole, known.whole IS NULL)
      FROM (SELECT array_agg(DISTINCT sha256 ORDER BY sha256) AS whole FROM photo WHERE id = ANY($1)) said,
           (SELECT array_agg(DISTINCT p.sha256 ORDER BY p.sha256) AS whole
              FROM photo_attachment a JOIN photo p ON p.id = a.photo_id
             WHERE a.subject_kind = $2 AND a.subject_id = $3) known
"""


async def get_photo(photo_id: UUID, owner_id: int, now: datetime) -> PhotoView:
    """One of the owner's photos. Raises PhotoNotFound."""
    photo = await find_photo(photo_id, owner_id, now)
    if photo is None:
        raise PhotoNotFound()
    return photo


async def find_photo(photo_id: UUID, owner_id: int, now: datetime) -> PhotoView | None:
    row = await db.fetchrow(f"{_PHOTO} WHERE id = $1 AND owner_id = $2", photo_id, owner_id)
    return photo_view(row, now) if row else None


async def list_held(kind: SubjectKind) -> list[int]:
    """The subjects of this kind of which a photo is under a legal hold."""
    return [row["subject_id"] for row in await db.fetch(_HELD, kind.value)]


async def are_attached(photo_ids: Sequence[UUID], subject: PhotoSubject) -> bool:
    """Whether these are the files that are attached to the subject, under whatever ids."""
    return await db.fetchval(_ARE_ATTACHED, photo_ids, subject.kind.value, subject.id)


async def list_attached(
    subjects: Sequence[PhotoSubject], now: datetime, audience: Audience = Audience.STAFF
) -> list[AttachedPhoto]:
    """The photos of some subjects that the audience may see, each subject's in the order in which they were given."""
    rows = await db.fetch(
        """
        SELECT p.id, p.captured_at, p.link_version, p.visibility, a.subject_kind, a.subject_id, a.role
          FROM unnest($1::varchar[], $2::bigint[]) AS wanted(kind, id)
          JOIN photo_attachment a ON a.subject_kind = wanted.kind AND a.subject_id = wanted.id
          JOIN photo p ON p.id = a.photo_id
         ORDER BY a.subject_kind, a.subject_id, a.position
        """,
        [subject.kind for subject in subjects],
        [subject.id for subject in subjects],
    )
    seen = [_attached(row, now) for row in rows]
    return [photo for photo in seen if may_see(audience, photo.role, photo.visibility)]


def first_public(steps: str) -> str:
    """SQL of the first photo of some order steps that anybody may see (rules.may_see), as a JSON `Thumb`, or null.

    Takes the array of the steps' ids.
    """
    return f"""(
        SELECT json_build_array(p.id, p.link_version)
          FROM photo_attachment a JOIN photo p ON p.id = a.photo_id
         WHERE a.subject_kind = '{SubjectKind.ORDER_STEP}' AND a.subject_id = ANY({steps})
           AND p.visibility <> '{Visibility.WITHHELD}'
         ORDER BY a.subject_id, a.position LIMIT 1
    )"""


def first_shown(steps: str) -> str:
    """SQL of the first photo (`id`, `link_version`) of some order steps that is shown (rules.may_see), or of no row.

    Takes a query of the steps: `id`, and the `audience` for which the photos of each are meant.
    """
    shown = may_see_sql("step.audience", "a.role", "p.visibility")
    return f"""
        SELECT p.id, p.link_version
          FROM ({steps}) step
          JOIN photo_attachment a ON a.subject_kind = '{SubjectKind.ORDER_STEP}' AND a.subject_id = step.id
          JOIN photo p ON p.id = a.photo_id
         WHERE {shown} ORDER BY step.id, a.position LIMIT 1
    """


def thumb_url(thumb: Thumb, now: datetime) -> str:
    return url_for(thumb.id, Variant.THUMB, now, thumb.link_version)


async def list_alike(photo_ids: Sequence[UUID], now: datetime) -> list[Alike]:
    """Attached photos that are, or look like, one of these: nearest first. Who may see which is for the caller."""
    rows = await db.fetch(_ALIKE, photo_ids)
    return [
        Alike(
            photo_id=row["photo_id"],
            other_id=row["other_id"],
            is_same_file=row["is_same_file"],
            distance=row["distance"],
            other_subject=PhotoSubject(SubjectKind(row["subject_kind"]), row["subject_id"]),
            other_role=PhotoRole(row["role"]),
            other_created_at=row["created_at"],
            other_thumb_url=url_for(row["other_id"], Variant.THUMB, now, row["link_version"]),
        )
        for row in rows
    ]


def photo_view(row: asyncpg.Record, now: datetime) -> PhotoView:
    return PhotoView(
        id=row["id"],
        media_type=row["media_type"],
        width=row["width"],
        height=row["height"],
        size_bytes=row["size_bytes"],
        captured_at=row["captured_at"],
        thumb_url=url_for(row["id"], Variant.THUMB, now, row["link_version"]),
        large_url=url_for(row["id"], Variant.LARGE, now, row["link_version"]),
    )


def _attached(row: asyncpg.Record, now: datetime) -> AttachedPhoto:
    return AttachedPhoto(
        id=row["id"],
        subject_kind=SubjectKind(row["subject_kind"]),
        subject_id=row["subject_id"],
        role=PhotoRole(row["role"]),
        visibility=Visibility(row["visibility"]),
        captured_at=row["captured_at"],
        thumb_url=url_for(row["id"], Variant.THUMB, now, row["link_version"]),
        large_url=url_for(row["id"], Variant.LARGE, now, row["link_version"]),
    )
