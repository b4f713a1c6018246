"""What a transition requires of whoever makes it: named in the table (`needs`), enforced here and nowhere else.

What a message must carry to be read at all (minutes, a unit, a score, a result) is asked for here once more, so that no
caller within the product can leave it out.
"""

from collections.abc import Callable
from typing import Any

from backend.orders.model import rules
from backend.orders.model.checks import ANSWERED
from backend.orders.model.errors import AnswerMissing, CheckInMissing, EvidenceMissing, ReasonMissing, SourceDecides
from backend.orders.model.states import OF_SOURCE, Need, State, Transition
from backend.orders.model.transition_table import rule_of
from backend.orders.transitions.locking import LockedOrder


def require(order: LockedOrder, move: Transition, said: Any) -> None:
    """Raises what _CHECKS raise, and TypeError for a message without its field."""
    for need in rule_of(move).needs:
        _CHECKS[need](order, said)


def require_source(order: LockedOrder, move: Transition, target: State) -> None:
    """A case of a source that has the last word is closed or cancelled by nobody else. Raises SourceDecides."""
    if order.source_cases and target in (State.CLOSED, State.CANCELLED) and move not in OF_SOURCE:
        raise SourceDecides


def _reason(order: LockedOrder, said: Any) -> None:
    if not str(_field(said, "reason")).strip():
        raise ReasonMissing


def _arrival(order: LockedOrder, said: Any) -> None:
    if order.checkin_required and order.state is not State.ON_SITE:
        raise CheckInMissing


def _evidence(order: LockedOrder, said: Any) -> None:
    """As many photos as the item demands; one picture is not both before and after."""
    before, after = set(_field(said, "before_photo_ids")), set(_field(said, "photo_ids"))
    missing = {
        "before": rules.missing_photos(order.before_photos_min, len(before)),
        "after": rules.missing_photos(order.after_photos_min, len(after - before)),
    }
    if any(missing.values()):
        raise EvidenceMissing({role: count for role, count in missing.items() if count})


def _answer(order: LockedOrder, said: Any) -> None:
    if order.verify_mode == ANSWERED and not str(_field(said, "note")).strip():
        raise AnswerMissing


def _photos(order: LockedOrder, said: Any) -> None:
    """One at least of what was done on the spot."""
    field, role = ("after_photo_ids", "after") if hasattr(said, "after_photo_ids") else ("photo_ids", "arrival")
    if not _field(said, field):
        raise EvidenceMissing({role: 1})


def _given(field: str) -> Callable[[LockedOrder, Any], None]:
    def check(order: LockedOrder, said: Any) -> None:
        _field(said, field)

    return check


def _field(said: Any, name: str) -> Any:
    """A field of what is said. Raises TypeError where it is not there."""
    found = said.get(name) if isinstance(said, dict) else getattr(said, name, None)
    if found is None:
        raise TypeError(f"a transition that needs {name} was made without")
    return found


_CHECKS: dict[Need, Callable[[LockedOrder, Any], None]] = {
    Need.REASON: _reason,
    Need.ARRIVAL: _arrival,
    Need.EVIDENCE: _evidence,
    Need.ANSWER: _answer,
    Need.PHOTOS: _photos,
    Need.MINUTES: _given("minutes"),
    Need.UNIT: _given("unit_id"),
    Need.SCORE: _given("score"),
    Need.RESULT: _given("result"),
}
