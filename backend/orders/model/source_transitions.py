"""What the source of a case says of it, where it has the last word (`sources.WITH_LAST_WORD`): lines of the table."""

from backend.accounts.structs import Role
from backend.orders.model.states import OPEN, Authority, Need, Parts, State, Transition
from backend.orders.model.transition_rule import TransitionRule

_ANYBODY = tuple(Role)
OF_SOURCE_WORD = ("referred_at", "source_agreed_at")
"""What is asked and said anew in another round."""
OF_SOURCES: tuple[TransitionRule, ...] = (
    TransitionRule(
        Transition.SOURCE_PASS,
        "来源确认办结",
        (State.HANDLED,),
        State.CLOSED,
        _ANYBODY,
        Authority.BRANCH,
        stamps=("closed_at", "source_agreed_at"),
    ),
    TransitionRule(
        Transition.SOURCE_REWORK,
        "来源回访未解决",
        (State.HANDLED,),
        State.ACCEPTED,
        _ANYBODY,
        Authority.BRANCH,
        (Need.REASON,),
        clears=("finished_at", "referred_at"),
    ),
    TransitionRule(
        Transition.SOURCE_RECALL,
        "来源收回",
        OPEN,
        State.CANCELLED,
        _ANYBODY,
        Authority.BRANCH,
        (Need.REASON,),
        ("cancelled_at", "source_agreed_at"),
        parts=Parts.ENDED,
    ),
    TransitionRule(
        Transition.SOURCE_EXTEND, "来源同意延期", OPEN, None, _ANYBODY, Authority.BRANCH, (Need.REASON, Need.MINUTES)
    ),
)
