"""Never closed by us alone: of all moves that end an order, those of its source alone end a case of the hotline."""

import msgspec
import pytest

from backend.orders.model.errors import SourceDecides
from backend.orders.model.states import State, Transition
from backend.orders.model.transition_table import TABLE, is_left_to_source
from backend.orders.transitions.locking import LockedOrder
from backend.orders.transitions.requirements import require_source

BY_SOURCE = {Transition.SOURCE_PASS, Transition.SOURCE_RECALL}
ENDS = {row.move: row.target for row in TABLE if row.target in (State.CLOSED, State.CANCELLED)}


def order(source_cases: int) -> LockedOrder:
    required = {field.name for field in msgspec.structs.fields(LockedOrder) if field.required}
    return LockedOrder(**(dict.fromkeys(required) | {"source_cases": source_cases}))  # type: ignore[arg-type]


def test_these_moves_end_an_order_and_no_other():
    assert set(ENDS) == {
        *(Transition.PASS, Transition.AUTO_PASS, Transition.CONFIRM, Transition.SELF_HANDLE),
        *(Transition.CANCEL, Transition.WITHDRAW),
        *BY_SOURCE,
    }


@pytest.mark.parametrize("move", sorted(ENDS))
def test_a_case_with_a_source_is_ended_by_its_source_alone(move: Transition):
    target = ENDS[move]
    assert target is not None
    require_source(order(source_cases=0), move, target)

    if move in BY_SOURCE:
        require_source(order(source_cases=2), move, target)
    else:
        with pytest.raises(SourceDecides):
            require_source(order(source_cases=2), move, target)


def test_what_would_be_refused_is_not_offered_but_for_the_pass_that_is_the_first_of_two_words():
    assert {row.move for row in TABLE if is_left_to_source(row)} == set(ENDS) - BY_SOURCE - {Transition.PASS}
