"""The life of an order as a table to read aloud: who may make which move, from where to where, and what it needs.

The stages are those of GB/T 30428: 派遣 dispatched, 处置 accepted and on site, 反馈 handled, 核查结案 closed;
挂账 suspended and 作废 cancelled are the exits by approval, 并案 merged that of one case reported twice. A new state is
a new row here, a line in the glossary and a test. What this page does not decide: whether this person may touch this
order (rules.py), and deadlines.
"""

from dataclasses import dataclass
from enum import StrEnum

from backend.accounts.structs import Role


class State(StrEnum):
    DISPATCHED = "dispatched"
    ACCEPTED = "accepted"
    ON_SITE = "on_site"
    HANDLED = "handled"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    MERGED = "merged"


STATE_ZH = {
    State.DISPATCHED: "待接单",
    State.ACCEPTED: "已接单",
    State.ON_SITE: "已到场",
    State.HANDLED: "待核查",
    State.SUSPENDED: "已挂账",
    State.CLOSED: "已结案",
    State.CANCELLED: "已作废",
    State.MERGED: "已并案",
}
ENDED = (State.CLOSED, State.CANCELLED, State.MERGED)


class Move(StrEnum):
    OPEN = "open"
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
    TAKE_IN = "take_in"
    UNMERGE = "unmerge"
    LET_GO = "let_go"
    REZONE = "rezone"


class Who(StrEnum):
    """Which of the people who hold the role: decided per order in rules.py."""

    UNIT = "unit"
    """Anybody of the responsible unit."""
    HOLDER = "holder"
    """The one it is with; while it is with nobody, anybody of the unit."""
    AREA = "area"
    """Anybody who holds the role where the order lies."""
    NOT_HANDLER = "not_handler"
    """The same, but never the handler."""
    NO_HAND = "no_hand"
    """The same, but never whoever had a hand in it: worked on it now or before."""
    REPORTER = "reporter"
    """Whoever reported it, first or later, with or without an account."""
    FIRST_REPORTER = "first_reporter"
    """Whoever reported it first; of an order that the house opened, the first who reported it, too."""
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
    HOUSE = "house"
    """The house itself, when its rules say so."""


class Parts(StrEnum):
    """What becomes of the sub-orders of an order that ends, as long as they go on."""

    WAITED_FOR = "waited_for"
    """It cannot end before them."""
    ENDED = "ended"
    """They are cancelled with it, and whoever has one is told; one that waits to be verified is waited for."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `needs`: what the mover must bring; `stamps`, `clears`: instants of the order."""

    move: Move
    zh: str
    sources: tuple[State, ...]
    target: State | None
    """None: the order stays in its state."""
    roles: tuple[Role, ...]
    who: Who
    needs: tuple[str, ...] = ()
    stamps: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()
    restores: bool = False
    """The order goes back to where it was before the move that this one undoes."""
    judges: bool = False
    """It rests on what the mover saw: an order that has changed since is looked at again first."""
    is_aside: bool = False
    """A word from the side: what others saw of the order, and judge, stays as it was."""
    parts: Parts = Parts.WAITED_FOR
    """Of a move that ends the order: what becomes of the sub-orders that still go on."""


DESK = (Role.DISPATCHER, Role.STREET_ADMIN, Role.DISTRICT_ADMIN)
HANDLER = (Role.HANDLER,)
VERIFIERS = (Role.VERIFIER, Role.INSPECTOR)
ANYBODY = tuple(Role)

_NEW = (State.DISPATCHED,)
_UNDER_WAY = (State.ACCEPTED, State.ON_SITE)
_OPEN = (*_NEW, *_UNDER_WAY, State.HANDLED)
_ALIVE = (*_OPEN, State.SUSPENDED)
_HELD = (*_NEW, *_UNDER_WAY, State.SUSPENDED)
_STARTED = ("accepted_at", "arrived_at", "made_safe_at", "finished_at")

TABLE: tuple[Row, ...] = (
    Row(Move.ACCEPT, "接单", _NEW, State.ACCEPTED, HANDLER, Who.UNIT, stamps=("accepted_at",)),
    Row(Move.CHECK_IN, "到场", (State.ACCEPTED,), State.ON_SITE, HANDLER, Who.HOLDER, ("on_site",), ("arrived_at",)),
    Row(Move.MAKE_SAFE, "现场防护", (State.ON_SITE,), None, HANDLER, Who.HOLDER, ("photos",), ("made_safe_at",)),
    Row(Move.FINISH, "处置完成", _UNDER_WAY, State.HANDLED, HANDLER, Who.HOLDER, ("photos",), ("finished_at",)),
    Row(
        Move.RETURN,
        "退单",
        (*_NEW, State.ACCEPTED),
        State.DISPATCHED,
        HANDLER,
        Who.HOLDER,
        ("reason",),
        clears=_STARTED,
    ),
    Row(
        Move.REASSIGN,
        "改派",
        _HELD,
        State.DISPATCHED,
        DESK,
        Who.AREA,
        ("reason",),
        clears=_STARTED,
        judges=True,
    ),
    Row(Move.PASS_ON, "超时转派", _NEW, State.DISPATCHED, (), Who.HOUSE),
    Row(Move.HAND_OVER, "离岗移交", _HELD, State.DISPATCHED, (), Who.HOUSE, clears=_STARTED),
    Row(Move.ASK_EXTENSION, "申请延期", _UNDER_WAY, None, HANDLER, Who.HOLDER, ("reason", "minutes")),
    Row(Move.GRANT_EXTENSION, "批准延期", _UNDER_WAY, None, DESK, Who.NOT_HANDLER, ("request",), judges=True),
    Row(Move.ASK_SUSPENSION, "申请挂账", _UNDER_WAY, None, HANDLER, Who.HOLDER, ("reason",)),
    Row(
        Move.GRANT_SUSPENSION, "批准挂账", _UNDER_WAY, State.SUSPENDED, DESK, Who.NOT_HANDLER, ("request",), judges=True
    ),
    Row(Move.REFUSE, "不予批准", _UNDER_WAY, None, DESK, Who.NOT_HANDLER, ("request", "reason"), judges=True),
    Row(Move.RESUME, "恢复处置", (State.SUSPENDED,), State.ACCEPTED, (*HANDLER, *DESK), Who.HOLDER),
    Row(Move.CO_HANDLE, "协办", _UNDER_WAY, None, (*HANDLER, *DESK), Who.HOLDER, ("unit", "reason")),
    Row(Move.URGE, "催办", _OPEN, None, (*DESK, Role.COMMITTEE), Who.CONCERNED, is_aside=True),
    Row(Move.SUPERVISE, "督办", _OPEN, None, DESK, Who.AREA, is_aside=True),
    Row(
        Move.CANCEL,
        "作废",
        _HELD,
        State.CANCELLED,
        DESK,
        Who.AREA,
        ("reason",),
        ("cancelled_at",),
        judges=True,
        parts=Parts.ENDED,
    ),
    Row(
        Move.SELF_HANDLE,
        "自处理",
        _NEW,
        State.CLOSED,
        (Role.INSPECTOR, Role.COMMITTEE),
        Who.OPENER,
        ("photos",),
        ("accepted_at", "arrived_at", "finished_at", "closed_at"),
    ),
    Row(Move.FIRST_PASS, "首次核查通过", (State.HANDLED,), None, VERIFIERS, Who.NO_HAND, judges=True),
    Row(
        Move.PASS,
        "核查通过",
        (State.HANDLED,),
        State.CLOSED,
        VERIFIERS,
        Who.NO_HAND,
        stamps=("closed_at",),
        judges=True,
    ),
    Row(
        Move.REWORK,
        "返工",
        (State.HANDLED,),
        State.ACCEPTED,
        VERIFIERS,
        Who.NO_HAND,
        ("reason",),
        clears=("finished_at",),
        judges=True,
    ),
    Row(Move.AUTO_PASS, "自动核查通过", (State.HANDLED,), State.CLOSED, (), Who.HOUSE, stamps=("closed_at",)),
    Row(
        Move.CONFIRM,
        "商户确认",
        (State.HANDLED,),
        State.CLOSED,
        ANYBODY,
        Who.MERCHANT,
        stamps=("closed_at",),
        judges=True,
    ),
    Row(
        Move.DISPUTE,
        "商户不认可",
        (State.HANDLED,),
        State.ACCEPTED,
        ANYBODY,
        Who.MERCHANT,
        ("reason",),
        clears=("finished_at",),
        judges=True,
    ),
    Row(
        Move.REOPEN,
        "未解决,重新办理",
        (State.CLOSED,),
        State.DISPATCHED,
        ANYBODY,
        Who.FIRST_REPORTER,
        ("reason",),
        clears=(*_STARTED, "closed_at"),
        judges=True,
    ),
    Row(Move.OBJECT, "反映未解决", (State.CLOSED,), None, ANYBODY, Who.LATER_REPORTER, ("reason",), is_aside=True),
    Row(Move.RATE, "评价", (State.CLOSED,), None, ANYBODY, Who.REPORTER, ("score",), judges=True, is_aside=True),
    Row(Move.FOLLOW_UP, "回访", (State.CLOSED,), None, DESK, Who.AREA, ("result",), judges=True, is_aside=True),
    Row(Move.JOIN, "我也遇到", (*_ALIVE, State.CLOSED), None, ANYBODY, Who.ANYBODY, is_aside=True),
    Row(Move.MERGE, "并案", _ALIVE, State.MERGED, DESK, Who.AREA, ("reason",), judges=True),
    Row(Move.TAKE_IN, "并入他案", _ALIVE, None, DESK, Who.AREA, ("reason",)),
    Row(Move.UNMERGE, "拆案", (State.MERGED,), None, DESK, Who.AREA, ("reason",), restores=True, judges=True),
    Row(Move.LET_GO, "拆出他案", (*_ALIVE, State.CLOSED, State.MERGED), None, DESK, Who.AREA, ("reason",)),
    Row(Move.REZONE, "边界调整", _ALIVE, None, (), Who.HOUSE, is_aside=True),
)

TOLD_TO_REPORTERS = frozenset({Move.MAKE_SAFE, Move.FINISH, Move.SELF_HANDLE, Move.CANCEL})
"""Moves whose note everybody reads who reported the order. The words of all others are for staff, and their own."""

_BY_MOVE = {row.move: row for row in TABLE}


def row_of(move: Move) -> Row:
    return _BY_MOVE[move]


def may_move(state: State, move: Move) -> bool:
    return state in _BY_MOVE[move].sources


def moves_from(state: State) -> list[Row]:
    """What may happen next, whoever does it."""
    return [row for row in TABLE if state in row.sources]
