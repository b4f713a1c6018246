"""When and where photos were taken, as far as they say, and which photos of the same matter they repeat."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from backend import db
from backend.sql import sql
from backend.structs import Read
from media.likeness import distance_sql
from media.structs import PhotoRole, PhotoSubject

# Within a handful of photos and no others.
_ORIGINS = f"""
    WITH mine AS (SELECT * FROM photo WHERE id = ANY(:photo_ids::uuid[]) AND owner_id = :owner_id),
    known AS (
        SELECT a.photo_id AS id, a.role
          FROM unnest(:subject_kinds::varchar[], :subject_ids::bigint[]) AS subject(kind, id)
          JOIN photo_attachment a ON a.subject_kind = subject.kind AND a.subject_id = subject.id
        UNION SELECT id, 'before' FROM photo WHERE id = ANY(:known_ids::uuid[]) AND owner_id = :owner_id
    )
    SELECT mine.id AS photo_id, mine.created_at AS received_at, mine.captured_at,
           mine.captured_offset_min IS NOT NULL AS is_zone_known,
           ST_X(mine.gps::geometry) AS lng, ST_Y(mine.gps::geometry) AS lat, mine.gps_accuracy_m AS accuracy_m,
           nearest.id AS like_id, nearest.role AS like_role, nearest.is_same_file, nearest.distance
      FROM mine LEFT JOIN LATERAL (
        SELECT known.id, known.role, pair.is_same_file, coalesce(pair.distance, 0) AS distance
          FROM known JOIN photo p ON p.id = known.id
         CROSS JOIN LATERAL (
            SELECT p.sha256 = mine.sha256 AS is_same_file, {distance_sql("mine", "p")} AS distance
         ) AS pair
         WHERE p.id <> mine.id AND (pair.is_same_file OR pair.distance IS NOT NULL)
         ORDER BY pair.is_same_file DESC, pair.distance LIMIT 1
      ) AS nearest ON true
     ORDER BY array_position(:photo_ids::uuid[], mine.id)
"""


class Likeness(Read, frozen=True, kw_only=True):
    """The photo that another one comes nearest to, and in how many of 64 bits their hashes differ."""

    photo_id: UUID
    role: PhotoRole
    is_same_file: bool
    distance: int


class Origin(Read, frozen=True, kw_only=True):
    """What is known of how a photo came about. The position is WGS-84 by the EXIF standard, accuracy in metres."""

    photo_id: UUID
    received_at: datetime
    captured_at: datetime | None = None
    is_zone_known: bool = True
    """Whether the camera wrote its time zone; else the local one was assumed."""
    lng: float | None = None
    lat: float | None = None
    accuracy_m: float | None = None
    likest: Likeness | None = None
    """None where no photo is alike."""


async def list_origins(
    photo_ids: Sequence[UUID], owner_id: int, *, known: Sequence[PhotoSubject], known_ids: Sequence[UUID] = ()
) -> list[Origin]:
    """The owner's photos as given, others left out, each with what it is most like of the photos known before.

    Those are the photos of some subjects, and the owner's own that are not attached yet.
    """
    rows = await db.fetch(
        sql(
            _ORIGINS,
            photo_ids=list(photo_ids),
            owner_id=owner_id,
            subject_kinds=[subject.kind for subject in known],
            subject_ids=[subject.id for subject in known],
            known_ids=list(known_ids),
        )
    )
    return [
        Origin(
            **{name: row[name] for name in _PLAIN},
            likest=Likeness(
                photo_id=row["like_id"],
                role=PhotoRole(row["like_role"]),
                is_same_file=row["is_same_file"],
                distance=row["distance"],
            )
            if row["like_id"]
            else None,
        )
        for row in rows
    ]


_PLAIN = ("photo_id", "received_at", "captured_at", "is_zone_known", "lng", "lat", "accuracy_m")
