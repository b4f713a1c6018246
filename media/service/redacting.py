"""What a verifier does to a photo before the public may see it: paint over, release, withhold. Each act is logged.

`area_code` is where the thing lies that the photo belongs to: the right is held there, or EvidenceForbidden is raised.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.jobs import queue
from backend.sql import sql
from media import rules
from media.decoder.messages import Box
from media.errors import PhotoChanged, PhotoGone, PhotoNotFound
from media.queries import photo_view
from media.runtime import current_runtime
from media.service.acting import Act, log_act
from media.service.copying import LARGE_JPEG, MAKE_WEBP, THUMB_JPEG, boxes_of, copy_original, drop_copies
from media.structs import Copy, PhotoView, Variant, Visibility

DROP_COPIES = "media.drop_copies"
_REPAINT = """
    UPDATE photo SET revision = :new, boxes = :boxes, visibility = :visibility, link_version = link_version + 1
     WHERE id = :photo_id AND revision = :old RETURNING *
"""
_PUBLISH = """
    UPDATE photo SET visibility = $2, link_version = link_version + $3 WHERE id = $1 RETURNING *
"""


async def redact(
    photo_id: UUID, boxes: Sequence[Box], actor: Actor, now: datetime, reason: str, *, area_code: str
) -> PhotoView:
    """Paint over faces and plates, for everybody and for good; earlier boxes stay. All links given out before die.

    Raises ReasonMissing, PhotoNotFound, PhotoGone when the original is no longer kept, and PhotoChanged when somebody
    else was first.
    """
    rules.require_redactor(actor, area_code)
    said = rules.require_reason(reason)
    row = await _get(photo_id)
    if row["thinned_at"] is not None:
        raise PhotoGone()
    old, new = row["revision"], row["revision"] + 1
    all_boxes = [*boxes_of(row), *boxes]
    await copy_original(current_runtime(), row, {Variant.LARGE: LARGE_JPEG, Variant.THUMB: THUMB_JPEG}, new, all_boxes)
    async with db.transaction():
        changed = await db.fetchrow(
            sql(
                _REPAINT,
                photo_id=photo_id,
                old=old,
                new=new,
                boxes=msgspec.json.encode(all_boxes).decode(),
                visibility=Visibility.REDACTED,
            )
        )
        if changed is None:
            raise PhotoChanged()
        await log_act(photo_id, actor, Act.REDACT, said, now)
        await queue.enqueue(DROP_COPIES, Copy(photo_id=photo_id, revision=old))
        await queue.enqueue(MAKE_WEBP, Copy(photo_id=photo_id, revision=new))
    await drop_copies(current_runtime(), photo_id, old)
    return photo_view(changed, now)


async def release(photo_id: UUID, actor: Actor, now: datetime, reason: str, *, area_code: str) -> PhotoView:
    """Declare that a photo may be shown to the public as it is. Raises ReasonMissing, PhotoNotFound."""
    return await _set_visibility(photo_id, Visibility.RELEASED, Act.RELEASE, actor, now, reason, area_code)


async def withhold(photo_id: UUID, actor: Actor, now: datetime, reason: str, *, area_code: str) -> PhotoView:
    """Take a photo back from the public: all links given out before die. Raises ReasonMissing, PhotoNotFound."""
    return await _set_visibility(photo_id, Visibility.WITHHELD, Act.WITHHOLD, actor, now, reason, area_code)


async def drop_old_copies(photo_id: UUID, revision: int) -> None:
    """Remove what an interrupted redaction left: the copies of a revision that is no longer the photo's."""
    current = await db.fetchval("SELECT revision FROM photo WHERE id = $1", photo_id)
    if current != revision:
        await drop_copies(current_runtime(), photo_id, revision)


async def _set_visibility(
    photo_id: UUID, visibility: Visibility, act: Act, actor: Actor, now: datetime, reason: str, area_code: str
) -> PhotoView:
    rules.require_redactor(actor, area_code)
    said = rules.require_reason(reason)
    async with db.transaction():
        row = await db.fetchrow(_PUBLISH, photo_id, visibility, int(visibility is Visibility.WITHHELD))
        if row is None:
            raise PhotoNotFound()
        await log_act(photo_id, actor, act, said, now)
    return photo_view(row, now)


async def _get(photo_id: UUID) -> asyncpg.Record:
    row = await db.fetchrow("SELECT * FROM photo WHERE id = $1", photo_id)
    if row is None:
        raise PhotoNotFound()
    return row
