"""The life of an order as a table to read aloud: who may make which move, from where to where, and what it needs.

The stages are those of GB/T 30428: 派遣 dispatched, 处置 accepted and on site, 反馈 handled, 核查结案 closed. A new
state is a new row here, a line in the glossary and a test. What this page does not decide: whether this person may
touch this order (rules.py), and deadlines (sla.py).
"""

from dataclasses import dataclass
from enum import StrEnum

from backend.accounts.structs import Role


class State(StrEnum):
    DISPATCHED = "dispatched"
    ACCEPTED = "accepted"
    ON_SITE = "on_site"
    HANDLED = "handled"
    CLOSED = "closed"


class Move(StrEnum):
    OPEN = "open"
    ACCEPT = "accept"
    CHECK_IN = "check_in"
    FINISH = "finish"
    PASS = "pass"  # noqa: S105
    REWORK = "rework"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: `needs` names what the mover must bring."""

    move: Move
    zh: str
    sources: tuple[State, ...]
    target: State
    roles: tuple[Role, ...]
    needs: tuple[str, ...] = ()


VERIFIERS = (Role.VERIFIER, Role.INSPECTOR)

TABLE: tuple[Row, ...] = (
    Row(Move.ACCEPT, "接单", (State.DISPATCHED,), State.ACCEPTED, (Role.HANDLER,)),
    Row(Move.CHECK_IN, "到场", (State.ACCEPTED,), State.ON_SITE, (Role.HANDLER,), ("on_site",)),
    Row(Move.FINISH, "处置完成", (State.ON_SITE, State.ACCEPTED), State.HANDLED, (Role.HANDLER,), ("photos",)),
    Row(Move.PASS, "核查通过", (State.HANDLED,), State.CLOSED, VERIFIERS),
    Row(Move.REWORK, "返工", (State.HANDLED,), State.ACCEPTED, VERIFIERS, ("reason",)),
)

_BY_MOVE = {row.move: row for row in TABLE}


def row_of(move: Move) -> Row:
    return _BY_MOVE[move]


def may_move(state: State, move: Move) -> bool:
    return state in _BY_MOVE[move].sources


def moves_from(state: State) -> list[Row]:
    """What may happen next, whoever does it."""
    return [row for row in TABLE if state in row.sources]
