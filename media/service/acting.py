"""The log of who did what to a photo, and why."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from backend import db
from backend.accounts.structs import Actor
from backend.sql import sql

_LOG = """
    INSERT INTO photo_act (photo_id, account_id, act, reason, at)
    SELECT id, :account_id, :act, :reason, :now FROM unnest(:photo_ids::uuid[]) AS acted (id)
"""


class Act(StrEnum):
    READ_ORIGINAL = "read_original"
    REDACT = "redact"
    RELEASE = "release"
    WITHHOLD = "withhold"
    HOLD = "hold"
    RELEASE_HOLD = "let_go"


async def log_act(photo_id: UUID, actor: Actor, act: Act, reason: str, now: datetime) -> None:
    await log_acts([photo_id], actor.account_id, act, reason, now)


async def log_acts(photo_ids: Sequence[UUID], account_id: int, act: Act, reason: str, now: datetime) -> None:
    """Log the same act of one account for several photos."""
    await db.execute(sql(_LOG, photo_ids=photo_ids, account_id=account_id, act=act, reason=reason, now=now))
