"""What the table says that a transition needs is asked for, of every transition and in one place."""

from uuid import uuid4

import msgspec
import pytest

from backend.orders.model.errors import CheckInMissing, EvidenceMissing, ReasonMissing
from backend.orders.model.inputs import Called, CallResult, Finish, MakeSafe, SelfHandled
from backend.orders.model.states import Need, State, Transition
from backend.orders.model.transition_table import TABLE
from backend.orders.transitions.locking import LockedOrder
from backend.orders.transitions.requirements import require

WHOLE = {"reason": "漏水", "minutes": 30, "unit_id": 1, "score": 5, "result": CallResult.SATISFIED}
FIELDS = {Need.MINUTES: "minutes", Need.UNIT: "unit_id", Need.SCORE: "score", Need.RESULT: "result"}
PHOTO = uuid4()


@pytest.fixture
def order() -> LockedOrder:
    """On site; its item demands a check-in and one photo of before and of after."""
    known = {
        "state": State.ON_SITE,
        "checkin_required": True,
        "before_photos_min": 1,
        "after_photos_min": 1,
    }
    optional = {field.name for field in msgspec.structs.fields(LockedOrder) if not field.required}
    return LockedOrder(**{name: known.get(name) for name in set(LockedOrder.__struct_fields__) - optional})


def needing(*needs: Need) -> list[Transition]:
    return [row.move for row in TABLE if set(needs) & set(row.needs)]


@pytest.mark.parametrize("move", needing(Need.REASON))
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_transition_that_needs_a_reason_is_not_made_without(order, move, reason):
    with pytest.raises(ReasonMissing):
        require(order, move, WHOLE | {"reason": reason})


@pytest.mark.parametrize("move", needing(*FIELDS))
def test_what_a_message_must_carry_is_not_left_out(order, move):
    lacking = {name: value for name, value in WHOLE.items() if name not in FIELDS.values()}

    with pytest.raises(TypeError, match="was made without"):
        require(order, move, lacking)


@pytest.mark.parametrize("row", [row for row in TABLE if not set(row.needs) & {Need.PHOTOS, Need.EVIDENCE}])
def test_whoever_brings_what_is_needed_is_let_through(order, row):
    require(order, row.move, WHOLE)


@pytest.mark.parametrize(
    ("move", "said", "missing"),
    [
        (Transition.MAKE_SAFE, MakeSafe(photo_ids=[]), {"arrival": 1}),
        (Transition.SELF_HANDLE, SelfHandled(after_photo_ids=[]), {"after": 1}),
        (Transition.FINISH, Finish(), {"before": 1, "after": 1}),
        (Transition.FINISH, Finish(before_photo_ids=[PHOTO], photo_ids=[PHOTO]), {"after": 1}),
    ],
)
def test_photos_that_are_missing_are_counted(order, move, said, missing):
    with pytest.raises(EvidenceMissing) as caught:
        require(order, move, said)

    assert caught.value.extra["missing"] == missing


def test_a_finish_from_elsewhere_is_asked_for_the_arrival_first(order):
    with pytest.raises(CheckInMissing):
        require(msgspec.structs.replace(order, state=State.ACCEPTED), Transition.FINISH, Finish())


def test_messages_are_read_like_words(order):
    require(order, Transition.FOLLOW_UP, Called(result=CallResult.UNREACHED))
