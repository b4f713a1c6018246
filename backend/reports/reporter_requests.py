"""What a reporter may still ask for: that somebody hurries, that work begins again, or that the desk looks once more.

Pure, and for the page to say beforehand: the verbs have the last word.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

import asyncpg

from backend.orders.actions.oversight import URGE_EVERY
from backend.orders.model.states import State, Transition
from backend.orders.model.transition_table import is_possible
from backend.orders.verifying.verdicts import REOPEN_WITHIN_DAYS


def of(
    state: State,
    closed_at: datetime | None,
    steps: Sequence[asyncpg.Record],
    reporter_id: int,
    now: datetime,
    *,
    is_first: bool,
) -> dict[str, Any]:
    """The fields of a Tracking that say so. `is_first`: the reporter is the first one, whose word reopens an order."""
    urged = [step["at"] for step in steps if step["move"] == Transition.URGE and step["actor_id"] == reporter_id]
    again_at = max(urged) + URGE_EVERY if urged else None
    waits = again_at is not None and again_at > now
    unsolved = _of_first(state, closed_at, steps, now) if is_first else _of_later(closed_at, steps, reporter_id, now)
    return {
        "may_urge": is_possible(state, Transition.URGE) and not waits,
        "urge_again_at": again_at if is_possible(state, Transition.URGE) and waits else None,
        **unsolved,
    }


def _of_first(
    state: State, closed_at: datetime | None, steps: Sequence[asyncpg.Record], now: datetime
) -> dict[str, Any]:
    is_first_round = all(step["move"] != Transition.REOPEN for step in steps)
    may_ever = is_possible(state, Transition.REOPEN) and closed_at is not None and is_first_round
    until = closed_at + timedelta(days=REOPEN_WITHIN_DAYS) if closed_at is not None and may_ever else None
    return {"may_reopen": until is not None and now <= until, "reopen_until": until}


def _of_later(
    closed_at: datetime | None, steps: Sequence[asyncpg.Record], reporter_id: int, now: datetime
) -> dict[str, Any]:
    this_round = takewhile(lambda step: step["move"] != Transition.REOPEN, reversed(steps))
    has_said = any(step["move"] == Transition.OBJECT and step["actor_id"] == reporter_id for step in this_round)
    in_time = closed_at is not None and now <= closed_at + timedelta(days=REOPEN_WITHIN_DAYS)
    return {"may_object": in_time and not has_said, "has_objected": has_said}
