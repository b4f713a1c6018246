"""Upkeep of photos: after a year only thumbnails, and what nobody used goes. With a dry run.

Photos under a legal hold stay whole. The row changes first and the files follow: a crash between the two leaves stray
files, which `sweeping` takes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import asyncpg

from backend import db
from backend.accounts.structs import Actor
from media import rules
from media.runtime import current_runtime
from media.service.acting import Act, log_acts
from media.service.copying import drop_copies
from media.service.sweeping import sweep
from media.structs import PhotoSubject, Upkeep, Variant

_BATCH = 200
_REASON_MAX_CHARS = 200
_OLD = """
    SELECT p.id, p.original_key, p.revision, p.size_bytes FROM photo p
     WHERE p.created_at < $1 AND p.thinned_at IS NULL AND p.hold_reason IS NULL
       AND EXISTS (SELECT FROM photo_attachment a WHERE a.photo_id = p.id) AND p.id > $2
     ORDER BY p.id LIMIT $3
"""
_UNUSED = """
    SELECT p.id, p.original_key, p.revision, p.size_bytes FROM photo p
     WHERE p.created_at < $1 AND p.hold_reason IS NULL
       AND NOT EXISTS (SELECT FROM photo_attachment a WHERE a.photo_id = p.id)
       AND NOT EXISTS (SELECT FROM photo_act t WHERE t.photo_id = p.id) AND p.id > $2
     ORDER BY p.id LIMIT $3
"""
_FIRST = "00000000-0000-0000-0000-000000000000"
_OF_SUBJECTS = """
    UPDATE photo SET hold_reason = $3
     WHERE id IN (SELECT a.photo_id FROM unnest($1::varchar[], $2::bigint[]) AS wanted(kind, id)
                    JOIN photo_attachment a ON a.subject_kind = wanted.kind AND a.subject_id = wanted.id)
    RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Retention:
    """How long what is kept. Settings of the place, not of the product."""

    thin_after: timedelta = timedelta(days=365)
    """Then the original and the large copy go, and the thumbnail stays."""
    unused_for: timedelta = timedelta(days=7)
    """A photo that belongs to no report or order by then goes altogether."""
    stray_for: timedelta = timedelta(hours=24)
    """Files that no row knows go after this long: younger ones may be on their way."""


async def apply_retention(retention: Retention, now: datetime, *, is_dry_run: bool) -> Upkeep:
    """Apply retention and sweep; in a dry run only count what would go. Safe to repeat, safe to interrupt."""
    thinned = await _each(_OLD, now - retention.thin_after, None if is_dry_run else now, is_thinning=True)
    unused = await _each(_UNUSED, now - retention.unused_for, None if is_dry_run else now, is_thinning=False)
    held = await db.fetchval("SELECT count(*) FROM photo WHERE hold_reason IS NOT NULL")
    strays = await sweep(now - retention.stray_for, now, is_dry_run=is_dry_run)
    return Upkeep(
        is_dry_run=is_dry_run,
        thinned=thinned[0],
        thinned_bytes=thinned[1],
        unused=unused[0],
        unused_bytes=unused[1],
        held=held,
        stray_files=strays.files,
        stray_bytes=strays.bytes,
        expired_uploads=strays.uploads,
    )


async def hold(subjects: Sequence[PhotoSubject], reason: str, actor: Actor, now: datetime, *, area_code: str) -> int:
    """Keep all photos of these subjects whole until let go, because somebody disputes them. Returns how many.

    `area_code`: where the subjects lie. Raises EvidenceForbidden.
    """
    rules.require_redactor(actor, area_code)
    return await _set_hold(subjects, reason, Act.HOLD, actor.account_id, now)


async def hold_disputed(subjects: Sequence[PhotoSubject], reason: str, reporter_id: int, now: datetime) -> int:
    """The same, because whoever reported it says that it is not solved. No role is needed for that."""
    return await _set_hold(subjects, reason[:_REASON_MAX_CHARS], Act.HOLD, reporter_id, now)


async def release_hold(subjects: Sequence[PhotoSubject], actor: Actor, now: datetime, *, area_code: str) -> int:
    """End the hold on all photos of these subjects, which lie there. Returns how many. Raises EvidenceForbidden."""
    rules.require_redactor(actor, area_code)
    return await _set_hold(subjects, None, Act.RELEASE_HOLD, actor.account_id, now)


async def _each(sql: str, before: datetime, now: datetime | None, *, is_thinning: bool) -> tuple[int, int]:
    """Go through the photos in batches; without `now` only count. Returns how many and how many bytes of originals."""
    count, size, last = 0, 0, _FIRST
    while rows := await db.fetch(sql, before, last, _BATCH):
        for row in rows:
            if now is not None:
                await (_thin(row, now) if is_thinning else _remove(row))
        count, size, last = count + len(rows), size + sum(row["size_bytes"] for row in rows), rows[-1]["id"]
    return count, size


async def _thin(row: asyncpg.Record, now: datetime) -> None:
    changed = await db.fetchval(
        "UPDATE photo SET thinned_at = $2 WHERE id = $1 AND hold_reason IS NULL RETURNING id", row["id"], now
    )
    if changed:
        await current_runtime().originals.delete(row["original_key"])
        await drop_copies(current_runtime(), row["id"], row["revision"], variants=(Variant.LARGE,))


async def _remove(row: asyncpg.Record) -> None:
    try:
        await db.execute("DELETE FROM photo WHERE id = $1", row["id"])
    except asyncpg.ForeignKeyViolationError:
        return  # somebody attached it this very moment
    await current_runtime().originals.delete(row["original_key"])
    await drop_copies(current_runtime(), row["id"], row["revision"])


async def _set_hold(
    subjects: Sequence[PhotoSubject], reason: str | None, act: Act, account_id: int, now: datetime
) -> int:
    async with db.transaction():
        rows = await db.fetch(_OF_SUBJECTS, [s.kind for s in subjects], [s.id for s in subjects], reason)
        await log_acts([row["id"] for row in rows], account_id, act, reason or "", now)
    return len(rows)
