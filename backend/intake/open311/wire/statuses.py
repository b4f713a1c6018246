"""Words for states: ours in those of GeoReport v2 (open, closed) and of the updates extension, and theirs for us. Pure.

What somebody else says of a request is never a state of our order: it is shown beside it, and a person decides.
"""

from enum import StrEnum

from backend.errors import BadRequest
from backend.orders.model.states import ENDED, State, Transition

OPEN, CLOSED = "open", "closed"
VERIFY = "VERIFY"
"""`external_status_code` of work that is done and waits for whoever verifies it."""


class UpdateStatus(StrEnum):
    """The words of the extension `servicerequestupdates`; sent to an endpoint in capitals, and read in any case."""

    UNCHANGED = "unchanged"
    OPEN = "open"
    CLOSED = "closed"
    FIXED = "fixed"
    IN_PROGRESS = "in_progress"
    PLANNED = "planned"
    ACTION_SCHEDULED = "action_scheduled"
    INVESTIGATING = "investigating"
    DUPLICATE = "duplicate"
    NOT_OURS = "not_councils_responsibility"
    NO_FURTHER_ACTION = "no_further_action"
    INTERNAL_REFERRAL = "internal_referral"
    CANCELLED = "cancelled"
    REOPEN = "reopen"
    FOR_TRIAGE = "for_triage"


ENDING = frozenset(
    {
        *(UpdateStatus.CLOSED, UpdateStatus.FIXED, UpdateStatus.DUPLICATE, UpdateStatus.NOT_OURS),
        *(UpdateStatus.NO_FURTHER_ACTION, UpdateStatus.CANCELLED),
    }
)
"""After these words nobody there works on it any more."""
_BY_STATE = {
    State.OFFERED: UpdateStatus.ACTION_SCHEDULED,
    State.DISPATCHED: UpdateStatus.ACTION_SCHEDULED,
    State.ACCEPTED: UpdateStatus.IN_PROGRESS,
    State.ON_SITE: UpdateStatus.IN_PROGRESS,
    State.HANDLED: UpdateStatus.FIXED,
    State.SUSPENDED: UpdateStatus.PLANNED,
    State.CLOSED: UpdateStatus.CLOSED,
    State.CANCELLED: UpdateStatus.NOT_OURS,
    State.MERGED: UpdateStatus.DUPLICATE,
}
_BY_MOVE = {
    Transition.RETURN: UpdateStatus.INTERNAL_REFERRAL,
    Transition.GRANT_EXTENSION: UpdateStatus.PLANNED,
    Transition.WITHDRAW: UpdateStatus.CANCELLED,
    Transition.REOPEN: UpdateStatus.OPEN,
    Transition.UNMERGE: UpdateStatus.OPEN,
}
_ALIASES = {
    "action scheduled": UpdateStatus.ACTION_SCHEDULED,
    "in progress": UpdateStatus.IN_PROGRESS,
    "assigned": UpdateStatus.ACTION_SCHEDULED,
    "confirmed": UpdateStatus.OPEN,
    "reopened": UpdateStatus.REOPEN,
}
"""Words that servers outside the extension say."""


class StatusUnknown(BadRequest):
    code = "open311-status-unknown"


def status_of(state: State) -> str:
    """`open` or `closed`: all that GeoReport v2 itself knows."""
    return CLOSED if state in ENDED else OPEN


def detailed(state: State, move: Transition | None = None) -> UpdateStatus:
    """In the words of the extension: by the move where it says more than the state to which it led."""
    return _BY_MOVE.get(move, _BY_STATE[state]) if move else _BY_STATE[state]


def says_something(move: Transition, from_state: State | None, to_state: State) -> bool:
    """Whether a step is an update for others: it changed the state, or is one of the moves with words of their own."""
    return move in _BY_MOVE or from_state is not to_state


def read(word: str) -> UpdateStatus:
    """The word of another system. Raises StatusUnknown."""
    said = word.strip().lower()
    try:
        return _ALIASES.get(said) or UpdateStatus(said.replace(" ", "_"))
    except ValueError as error:
        raise StatusUnknown(field="status") from error


def has_ended(word: str) -> bool:
    """Whether by this word, of a request or an update, nobody there works on it any more; unknown words end nothing."""
    try:
        return read(word) in ENDING
    except StatusUnknown:
        return False
