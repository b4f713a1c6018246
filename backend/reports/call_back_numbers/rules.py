"""For how long a number is kept, and while it is any use. Pure."""

from datetime import datetime, timedelta

from backend.orders.model.states import State

AFTER_CALL = timedelta(days=30)
"""How long a number stays once the call-back is over: for a question about what was said."""
AFTER_END = timedelta(days=90)
"""How long at the most once the order has ended, with or without a call."""


def is_offered(state: State, closed_at: datetime | None, now: datetime, *, is_first: bool, is_sealed: bool) -> bool:
    """Whether somebody may call this reporter. `is_sealed`: nobody is to know who it is."""
    if not is_first or is_sealed or state in (State.CANCELLED, State.MERGED):
        return False
    return closed_at is None or now < closed_at + AFTER_END
