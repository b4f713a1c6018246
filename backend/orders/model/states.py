"""The states of an order, the transitions between them, and which people may make one.

The stages are those of GB/T 30428: 抢单 offered to whoever is on call, 派遣 dispatched, 处置 accepted and on site, 反馈
handled, 核查结案 closed; 挂账 suspended and 作废 cancelled are the exits by approval, 并案 merged that of one case
reported twice. A new state is a new value here, rows of transition_table.py, a line in the glossary and a test.
"""

from collections.abc import Iterable
from enum import StrEnum


class State(StrEnum):
    OFFERED = "offered"
    DISPATCHED = "dispatched"
    ACCEPTED = "accepted"
    ON_SITE = "on_site"
    HANDLED = "handled"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    MERGED = "merged"


STATE_ZH = {
    State.OFFERED: "待抢单",
    State.DISPATCHED: "待接单",
    State.ACCEPTED: "已接单",
    State.ON_SITE: "已到场",
    State.HANDLED: "待核查",
    State.SUSPENDED: "已挂账",
    State.CLOSED: "已结案",
    State.CANCELLED: "已作废",
    State.MERGED: "已并案",
}
UNDER_WAY = (State.ACCEPTED, State.ON_SITE)
"""Somebody has taken it on and works on it."""
RUNNING = (State.OFFERED, State.DISPATCHED, *UNDER_WAY, State.HANDLED)
"""Somebody owes something, and its clock runs."""
OPEN = (*RUNNING, State.SUSPENDED)
ENDED = (State.CLOSED, State.CANCELLED, State.MERGED)


def quoted(states: Iterable[State]) -> str:
    """States as SQL lists them: `'closed', 'cancelled'`. A single one is written `'{State.CLOSED}'`."""
    return ", ".join(f"'{state}'" for state in states)


class Transition(StrEnum):
    OPEN = "open"
    GRAB = "grab"
    END_OFFER = "end_offer"
    OFFER_AGAIN = "offer_again"
    RELEASE = "release"
    ACCEPT = "accept"
    CHECK_IN = "check_in"
    MAKE_SAFE = "make_safe"
    FINISH = "finish"
    RETURN = "return"
    REASSIGN = "reassign"
    PASS_ON = "pass_on"  # noqa: S105
    HAND_OVER = "hand_over"
    ASK_EXTENSION = "ask_extension"
    GRANT_EXTENSION = "grant_extension"
    ASK_SUSPENSION = "ask_suspension"
    GRANT_SUSPENSION = "grant_suspension"
    REFUSE = "refuse"
    RESUME = "resume"
    CO_HANDLE = "co_handle"
    URGE = "urge"
    SUPERVISE = "supervise"
    CANCEL = "cancel"
    WITHDRAW = "withdraw"
    SELF_HANDLE = "self_handle"
    FIRST_PASS = "first_pass"  # noqa: S105
    PASS = "pass"  # noqa: S105
    REWORK = "rework"
    AUTO_PASS = "auto_pass"  # noqa: S105
    CONFIRM = "confirm"
    DISPUTE = "dispute"
    REOPEN = "reopen"
    OBJECT = "object"
    RATE = "rate"
    FOLLOW_UP = "follow_up"
    JOIN = "join"
    MERGE = "merge"
    ABSORB = "take_in"
    UNMERGE = "unmerge"
    DETACH = "let_go"
    REZONE = "rezone"
    NOTE_RECOVERY = "note_recovery"
    SOURCE_PASS = "source_pass"  # noqa: S105
    SOURCE_REWORK = "source_rework"
    SOURCE_RECALL = "source_recall"
    SOURCE_EXTEND = "source_extend"


class Authority(StrEnum):
    """Which of the people who hold the role: decided per order in rules.py."""

    UNIT = "unit"
    """Anybody of the responsible unit."""
    HOLDER = "holder"
    """The one it is with; while it is with nobody, anybody of the unit."""
    GRABBER = "grabber"
    """Volunteers of anywhere, others with the role where the order lies; the rules of the pool choose among them."""
    AREA = "area"
    """Anybody who holds the role where the order lies."""
    NOT_HANDLER = "not_handler"
    """The same, but never the handler."""
    NO_HAND = "no_hand"
    """The same, but never whoever had a hand in it: worked on it now or before."""
    REPORTER = "reporter"
    """Whoever reported it, first or later, with or without an account."""
    FIRST_REPORTER = "first_reporter"
    """Whoever reported it first; of an order that the system opened, the first who reported it, too."""
    LATER_REPORTER = "later_reporter"
    """Whoever else reported it."""
    OPENER = "opener"
    """Whoever reported it first, with the role where it lies."""
    ANYBODY = "anybody"
    """Whoever stands before it: no role is needed, and it need not be seen in a list."""
    CONCERNED = "concerned"
    """Whoever reported it, or holds the role where it lies."""
    MERCHANT = "merchant"
    """Whoever asked for it, with or without an account, where the item says so; never who had a hand in it."""
    BRANCH = "branch"
    """Whom the package that had it opened names, such as the people of a shop, or the system whose case it is; nobody
    is offered this."""
    SYSTEM = "system"
    """The system itself, when its rules say so."""


class Need(StrEnum):
    """What a transition requires of whoever makes it."""

    REASON = "reason"
    MINUTES = "minutes"
    UNIT = "unit"
    SCORE = "score"
    RESULT = "result"
    PHOTOS = "photos"
    """One at least, of what was done on the spot."""
    ARRIVAL = "arrival"
    """Where the item says so: to be on site."""
    ANSWER = "answer"
    """Where the item ends with an answer: the words of it."""
    EVIDENCE = "evidence"
    """As many photos of before and after as the item demands."""


SHOWN_TO_REPORTERS = frozenset(
    {
        *(Transition.MAKE_SAFE, Transition.FINISH, Transition.SELF_HANDLE),
        *(Transition.CANCEL, Transition.WITHDRAW),
    }
)
"""Moves whose note everybody reads who reported the order. The words of all others are for staff, and their own."""
SHOWN_TO_HELPERS = frozenset({Transition.REWORK, Transition.SOURCE_REWORK})
"""Moves whose note whoever took the order out of the pool reads besides the own words: why it comes back to them."""

OF_SOURCE = frozenset({Transition.SOURCE_PASS, Transition.SOURCE_RECALL})
"""The only moves that close or cancel an order of a source that has the last word."""


class Parts(StrEnum):
    """What becomes of the sub-orders of an order that ends, as long as they go on."""

    WAITED_FOR = "waited_for"
    """It cannot end before them."""
    ENDED = "ended"
    """They are cancelled with it, and whoever has one is told; one that waits to be verified is waited for."""
