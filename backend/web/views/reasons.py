"""Why an order comes back or was not given what it asked for, as long as that counts: what stands on top of its page.

The steps are those that the reader is told, with the words and names that they may read. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from backend.orders.model.states import Transition
from backend.orders.reads.views import StepView
from backend.web.views.page import PageContext

_COMES_BACK = {Transition.REWORK, Transition.SOURCE_REWORK, Transition.DISPUTE, Transition.REOPEN}
_ENDS = {
    *(Transition.PASS, Transition.AUTO_PASS, Transition.CONFIRM, Transition.SELF_HANDLE),
    *(Transition.CANCEL, Transition.WITHDRAW, Transition.MERGE, Transition.SOURCE_PASS, Transition.SOURCE_RECALL),
}
_REQUEST_IS_OVER = {
    *(Transition.ASK_EXTENSION, Transition.ASK_SUSPENSION, Transition.GRANT_EXTENSION, Transition.GRANT_SUSPENSION),
    *(Transition.FINISH, Transition.RETURN, Transition.REASSIGN, Transition.PASS_ON, Transition.HAND_OVER),
    *_COMES_BACK,
    *_ENDS,
}
"""After one of these a refusal says nothing of what is to be done now."""


@dataclass(frozen=True, slots=True)
class StandingReason:
    """`move`: rework, source_rework, dispute, reopen or refuse.

    Words and name are empty where the reader may not know them.
    """

    move: str
    words: str
    by: str
    at: datetime
    title: str


def reasons_of(steps: Sequence[StepView], page: PageContext) -> list[StandingReason]:
    """The latest reason to come back while the order goes on, then the refusal of a request that nothing followed."""
    came_back: StepView | None = None
    refused: StepView | None = None
    for step in steps:
        if step.move in _COMES_BACK:
            came_back = step
        elif step.move in _ENDS:
            came_back = None
        refused = step if step.move == Transition.REFUSE else None if step.move in _REQUEST_IS_OVER else refused
    return [_reason(step, page) for step in (came_back, refused) if step is not None]


def _reason(step: StepView, page: PageContext) -> StandingReason:
    return StandingReason(step.move, step.note, step.actor_name, step.at, page.t(f"why.{step.move}"))
