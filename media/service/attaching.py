"""Photos onto what they show. Called by other packages inside their transactions, or taken into their statements."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg

from backend import db
from backend.sql import Sql, sql
from media.errors import PhotosAlreadyUsed, PhotosNotUsable, PhotosUnderWay
from media.structs import PhotoRole, SubjectKind

_TABLE = "photo_attachment"
_ATTACH = """
    INSERT INTO photo_attachment (photo_id, subject_kind, subject_id, role, position)
    SELECT p.id, :subject_kind, :subject_id, wanted.role, wanted.position
      FROM unnest(:photo_ids::uuid[], :roles::varchar[]) WITH ORDINALITY AS wanted(id, role, position)
      JOIN photo p ON p.id = wanted.id AND p.owner_id = :owner_id
    ON CONFLICT ON CONSTRAINT photo_attachment_photo_once DO NOTHING
    RETURNING photo_id
"""


# Each photo is looked up by itself, so that the plan depends neither on how many there are nor on whose. One that is
# not there is NULL and one that was used is there twice: the table refuses both, and with them the whole statement.
_ATTACHED = """
    INSERT INTO photo_attachment (photo_id, subject_kind, subject_id, role, position)
    SELECT (SELECT p.id FROM photo p WHERE p.id = one.id AND p.owner_id = subject.owner_id),
           :subject_kind, subject.id, :photo_role, one.position
      FROM ({subjects}) subject CROSS JOIN LATERAL unnest(subject.photo_ids) WITH ORDINALITY AS one (id, position)
"""
_FREE = """
    SELECT id FROM photo WHERE id = ANY($1::uuid[]) AND owner_id = $2
      AND NOT EXISTS (SELECT FROM photo_attachment WHERE photo_id = photo.id)
"""
_UNDER_WAY = "SELECT id FROM photo_upload WHERE id = ANY($1::uuid[]) AND owner_id = $2 AND refused_code IS NULL"
"""Nightly upkeep removes those that were never finished, and then the photo is unknown."""


async def attach(
    photo_ids: Sequence[UUID], owner_id: int, subject_kind: SubjectKind, subject_id: int, role: PhotoRole
) -> None:
    """Attach the owner's photos to a subject, in the caller's transaction. Each photo is used once, for ever.

    Raises PhotosNotUsable for missing or foreign photos, PhotosUnderWay for an upload that is no photo yet,
    PhotosAlreadyUsed; each names them.
    """
    await attach_many([(photo_id, role) for photo_id in photo_ids], owner_id, subject_kind, subject_id)


async def attach_many(
    photos: Sequence[tuple[UUID, PhotoRole]], owner_id: int, subject_kind: SubjectKind, subject_id: int
) -> None:
    """Attach photos of several roles to a subject in one statement. Raises as `attach`."""
    if not photos:
        return
    roles = dict(photos)
    photo_ids = list(roles)
    rows = await db.fetch(
        sql(
            _ATTACH,
            photo_ids=photo_ids,
            owner_id=owner_id,
            subject_kind=subject_kind,
            subject_id=subject_id,
            roles=list(roles.values()),
        )
    )
    if len(rows) < len(photo_ids):
        await _explain({row["photo_id"] for row in rows}, photo_ids, owner_id)


def attaching(subjects: Sql, subject_kind: SubjectKind, role: PhotoRole) -> Sql:
    """`attach` as a part of the statement that makes the subjects as well.

    `subjects` is SQL of a row for each: `id`, `owner_id` and `photo_ids`. PostgreSQL refuses the whole statement where
    a photo cannot serve: put it within `explaining`.
    """
    return sql(_ATTACHED, subject_kind=subject_kind, subjects=subjects, photo_role=role)


@asynccontextmanager
async def explaining(photo_ids: Sequence[UUID], owner_id: int | None) -> AsyncIterator[None]:
    """Around a statement with a part that attaches: raises as `attach` where it was refused for the sake of photos.

    Outside of a transaction, which would be of no use any more after the refusal.
    """
    try:
        yield
    except asyncpg.IntegrityConstraintViolationError as refused:
        if getattr(refused, "table_name", None) != _TABLE or owner_id is None:
            raise
        free = await db.fetch(_FREE, list(photo_ids), owner_id)
        await _explain({row["id"] for row in free}, list(photo_ids), owner_id)


async def _explain(attached: set[UUID], photo_ids: list[UUID], owner_id: int) -> None:
    """Say which photos cannot serve and why; `attached` can. Raises one of the three."""
    left = [photo_id for photo_id in photo_ids if photo_id not in attached]
    rows = await db.fetch("SELECT id FROM photo WHERE id = ANY($1::uuid[]) AND owner_id = $2", left, owner_id)
    own = {row["id"] for row in rows}
    unknown = [str(photo_id) for photo_id in left if photo_id not in own]
    if unknown:
        under_way = await db.fetch(_UNDER_WAY, unknown, owner_id)
        raise PhotosUnderWay([str(row["id"]) for row in under_way]) if under_way else PhotosNotUsable(unknown)
    raise PhotosAlreadyUsed([str(photo_id) for photo_id in left])
