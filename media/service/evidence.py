"""Originals: the evidence itself, with all that the camera wrote. Read by few, for a reason, each reading logged."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backend import db
from backend.accounts.structs import Actor
from media import rules
from media.errors import PhotoGone, PhotoNotFound
from media.runtime import current_runtime
from media.service.acting import Act, log_act


@dataclass(frozen=True, slots=True)
class Original:
    media_type: str
    size_bytes: int
    sha256: bytes
    content: AsyncIterator[bytes]


async def read_original(photo_id: UUID, actor: Actor, reason: str, now: datetime, *, area_code: str) -> Original:
    """Hand out the original. The log line is committed before the first byte. `area_code`: where what it shows lies.

    Raises EvidenceForbidden, ReasonMissing, PhotoNotFound, and PhotoGone when retention has removed it.
    """
    rules.require_evidence_reader(actor, area_code)
    said = rules.require_reason(reason)
    row = await db.fetchrow("SELECT * FROM photo WHERE id = $1", photo_id)
    if row is None:
        raise PhotoNotFound()
    if row["thinned_at"] is not None or await current_runtime().originals.find(row["original_key"]) is None:
        raise PhotoGone()
    async with db.transaction():
        await log_act(photo_id, actor, Act.READ_ORIGINAL, said, now)
    content = current_runtime().originals.read(row["original_key"], 0, row["size_bytes"])
    return Original(row["media_type"], row["size_bytes"], row["sha256"], content)
