"""The log of who did what to a photo, and why."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from backend import db
from backend.accounts.structs import Actor


class Act(StrEnum):
    READ_ORIGINAL = "read_original"
    REDACT = "redact"
    RELEASE = "release"
    WITHHOLD = "withhold"
    HOLD = "hold"
    LET_GO = "let_go"


async def log_act(photo_id: UUID, actor: Actor, act: Act, reason: str, now: datetime) -> None:
    await db.execute(
        "INSERT INTO photo_act (photo, account, act, reason, at) VALUES ($1, $2, $3, $4, $5)",
        *(photo_id, actor.account_id, act, reason, now),
    )
