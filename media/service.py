"""The verbs of the photo room: receive a picture from anybody, attach pictures to what they show."""

from collections.abc import AsyncIterable, AsyncIterator, Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from backend import db
from media import keys
from media.decoder.messages import Findings, Output
from media.errors import PhotoKeyReused, PhotosAlreadyUsed, PhotosNotUsable
from media.kinds import Kind, kind_of
from media.queries import photo_view
from media.room import Room, here
from media.spool import Upload, spooled
from media.structs import PhotoRole, PhotoView, Receipt, SubjectKind, Variant

_COPIES = (
    (Variant.LARGE, Output(side_px=Variant.LARGE.side_px, format="JPEG", quality=82)),
    (Variant.THUMB, Output(side_px=Variant.THUMB.side_px, format="JPEG", quality=80)),
)


async def receive(
    owner_id: int, source: bytes | AsyncIterable[bytes], *, client_key: str | None, now: datetime
) -> Receipt:
    """Take in one picture: the only gate, whatever way it came.

    Raises PhotoTooLarge, PhotoTypeRefused, PhotoRefused and others that name the limit; PhotoKeyReused when the key
    came with another picture before. On every way out but the good one nothing is left behind.
    """
    room = here()
    pieces = _once(source) if isinstance(source, bytes) else source
    async with spooled(pieces, room.spool_dir, room.limits.file_max_bytes) as upload:
        earlier = await _earlier(owner_id, client_key, upload, now)
        if earlier is not None:
            return Receipt(photo=earlier, is_repeat=True)
        kind = kind_of(upload.head)
        targets = [upload.folder / variant for variant, _ in _COPIES]
        findings = await room.decoder.develop(kind, upload.path, [output for _, output in _COPIES], targets)
        return await _keep(room, owner_id, client_key, upload, kind, findings, targets, now)


async def attach(
    photo_ids: Sequence[UUID], owner_id: int, subject_kind: SubjectKind, subject_id: int, role: PhotoRole
) -> None:
    """Attach the owner's photos to a subject, in the caller's transaction. Each photo is used once, for ever.

    Raises PhotosNotUsable for missing or foreign photos, PhotosAlreadyUsed; both name them.
    """
    await attach_many([(photo_id, role) for photo_id in photo_ids], owner_id, subject_kind, subject_id)


async def attach_many(
    photos: Sequence[tuple[UUID, PhotoRole]], owner_id: int, subject_kind: SubjectKind, subject_id: int
) -> None:
    """Attach photos of several roles to a subject in one statement. Raises as `attach`."""
    if not photos:
        return
    wanted = list(dict(photos))
    rows = await db.fetch(
        """
        INSERT INTO photo_attachment (photo, subject_kind, subject_id, role, position)
        SELECT p.id, $3, $4, wanted.role, wanted.position
          FROM unnest($1::uuid[], $5::varchar[]) WITH ORDINALITY AS wanted(id, role, position)
          JOIN photo p ON p.id = wanted.id AND p.owner = $2
        ON CONFLICT ON CONSTRAINT photo_attachment_photo_once DO NOTHING
        RETURNING photo
        """,
        wanted,
        owner_id,
        subject_kind,
        subject_id,
        list(dict(photos).values()),
    )
    if len(rows) < len(wanted):
        await _explain({row["photo"] for row in rows}, wanted, owner_id)


async def _explain(attached: set[UUID], wanted: list[UUID], owner_id: int) -> None:
    left = [photo_id for photo_id in wanted if photo_id not in attached]
    rows = await db.fetch("SELECT id FROM photo WHERE id = ANY($1::uuid[]) AND owner = $2", left, owner_id)
    own = {row["id"] for row in rows}
    unknown = [str(photo_id) for photo_id in left if photo_id not in own]
    if unknown:
        raise PhotosNotUsable(unknown)
    raise PhotosAlreadyUsed([str(photo_id) for photo_id in left])


async def _once(data: bytes) -> AsyncIterator[bytes]:
    yield data


async def _earlier(owner_id: int, client_key: str | None, upload: Upload, now: datetime) -> PhotoView | None:
    if client_key is None:
        return None
    row = await db.fetchrow("SELECT * FROM photo WHERE owner = $1 AND client_key = $2", owner_id, client_key)
    if row is None:
        return None
    if row["sha256"] != upload.sha256:
        raise PhotoKeyReused()
    return photo_view(row, now)


async def _keep(
    room: Room,
    owner_id: int,
    client_key: str | None,
    upload: Upload,
    kind: Kind,
    findings: Findings,
    targets: Sequence[Path],
    now: datetime,
) -> Receipt:
    """Store the files first and the row last: what is acknowledged is whole, what is not leaves no trace."""
    photo_id = uuid4()
    original = keys.original_key(photo_id, kind)
    copies = [keys.shown_key(photo_id, variant, 0) for variant, _ in _COPIES]
    is_kept = False
    try:
        await room.originals.put(original, upload.path, kind)
        for key, target in zip(copies, targets, strict=True):
            await room.shown.put(key, target, Kind.JPEG)
        row = await _insert(photo_id, owner_id, client_key, upload, kind, findings, original, now)
        is_kept = row is not None
    finally:
        if not is_kept:
            await room.originals.delete(original)
            for key in copies:
                await room.shown.delete(key)
    if row is not None:
        return Receipt(photo=photo_view(row, now), is_repeat=False)
    earlier = await _earlier(owner_id, client_key, upload, now)  # the same key came twice at once
    if earlier is None:
        raise PhotoKeyReused()
    return Receipt(photo=earlier, is_repeat=True)


async def _insert(
    photo_id: UUID,
    owner_id: int,
    client_key: str | None,
    upload: Upload,
    kind: Kind,
    findings: Findings,
    original: str,
    now: datetime,
):
    facts = findings.facts
    return await db.fetchrow(
        """
        INSERT INTO photo (id, owner, client_key, sha256, media_type, width, height, size_bytes, captured_at,
                           captured_offset_min, gps, device, phash, original_key, revision, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
                CASE WHEN $11::float8 IS NULL THEN NULL
                     ELSE ST_SetSRID(ST_MakePoint($11, $12::float8), 4326)::geography END,
                $13, $14, $15, 0, $16)
        ON CONFLICT ON CONSTRAINT photo_owner_client_key_once DO NOTHING
        RETURNING *
        """,
        photo_id, owner_id, client_key, upload.sha256, kind, findings.width, findings.height, upload.size_bytes,
        facts.captured_at, facts.captured_offset_min, facts.lng, facts.lat, facts.device, findings.phash, original, now,
    )  # fmt: skip
