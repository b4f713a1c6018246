"""Append a move to a finding's story. In the caller's transaction."""

from datetime import datetime

from backend import db
from backend.sql import sql
from shops.inspections.states import FindingMove, FindingState

_STEP = """
    INSERT INTO finding_step (finding_id, move, from_state, to_state, actor_id, at, captured_at, note, due_at,
        client_key)
    VALUES (:finding_id, :move, :from_state, :to_state, :actor_id, :at, :captured_at, :note, :due_at, :client_key)
    RETURNING id
"""


async def append_step(
    finding_id: int,
    move: FindingMove,
    from_state: FindingState | None,
    to_state: FindingState,
    actor_id: int | None,
    at: datetime,
    *,
    captured_at: datetime | None = None,
    note: str = "",
    due_at: datetime | None = None,
    client_key: str | None = None,
) -> int:
    """Returns the step, on which its photos hang."""
    values = {"captured_at": captured_at, "note": note, "due_at": due_at, "client_key": client_key}
    states = {"from_state": from_state and from_state.value, "to_state": to_state.value}
    return await db.fetchval(
        sql(_STEP, finding_id=finding_id, move=move.value, actor_id=actor_id, at=at, **states, **values)
    )
