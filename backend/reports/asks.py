"""What a reporter may still ask for: that somebody hurries, or that work begins again.

Pure, and for the page to say beforehand: the verbs have the last word.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import asyncpg

from backend.orders.service.closing import REOPEN_WITHIN_DAYS
from backend.orders.service.oversight import URGE_EVERY
from backend.orders.states import Move, State, may_move


def of(
    state: State, closed_at: datetime | None, steps: Sequence[asyncpg.Record], reporter_id: int, now: datetime
) -> dict[str, Any]:
    """The fields of a Tracking that say so."""
    urged = [step["at"] for step in steps if step["move"] == Move.URGE and step["actor_id"] == reporter_id]
    again_at = max(urged) + URGE_EVERY if urged else None
    waits = again_at is not None and again_at > now
    is_first = all(step["move"] != Move.REOPEN for step in steps)
    may_ever = may_move(state, Move.REOPEN) and closed_at is not None and is_first
    until = closed_at + timedelta(days=REOPEN_WITHIN_DAYS) if closed_at is not None and may_ever else None
    return {
        "may_urge": may_move(state, Move.URGE) and not waits,
        "urge_again_at": again_at if may_move(state, Move.URGE) and waits else None,
        "may_reopen": until is not None and now <= until,
        "reopen_until": until,
    }
