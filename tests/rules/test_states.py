"""The state table, read aloud."""

import pytest

from backend.accounts.structs import Role
from backend.orders.states import TABLE, Move, State, may_move, moves_from, row_of

READ_ALOUD = [
    # move, 中文, from, to, by whom, bringing
    ("accept", "接单", {"dispatched"}, "accepted", {Role.HANDLER}, ()),
    ("check_in", "到场", {"accepted"}, "on_site", {Role.HANDLER}, ("on_site",)),
    ("finish", "处置完成", {"on_site", "accepted"}, "handled", {Role.HANDLER}, ("photos",)),
    ("pass", "核查通过", {"handled"}, "closed", {Role.VERIFIER, Role.INSPECTOR}, ()),
    ("rework", "返工", {"handled"}, "accepted", {Role.VERIFIER, Role.INSPECTOR}, ("reason",)),
]


def test_the_table_says_what_is_read_here_and_nothing_else():
    told = [(r.move, r.zh, set(r.sources), r.target, set(r.roles), r.needs) for r in TABLE]

    assert told == READ_ALOUD


@pytest.mark.parametrize("state", State)
def test_every_state_but_the_last_has_a_way_on(state):
    assert bool(moves_from(state)) is (state is not State.CLOSED)


def test_nothing_happens_to_a_closed_order():
    assert not any(may_move(State.CLOSED, row.move) for row in TABLE)


def test_only_somebody_else_than_the_handler_s_role_verifies():
    assert Role.HANDLER not in row_of(Move.PASS).roles
