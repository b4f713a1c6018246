"""The moves that an order's page offers beside the straight way: a row says which verb makes it and what its form asks.

The form's fields are those of the struct that the verb takes; its words are `more.<name>`, its news `done.<name>`.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import msgspec

from backend.errors import NotFound
from backend.orders import service as orders
from backend.orders.inputs import (
    AskExtension,
    AskSuspension,
    Called,
    CoHandle,
    Decide,
    MakeSafe,
    Reassign,
    Remark,
    Return,
    SelfHandled,
    WithReason,
)
from backend.orders.service.merging import Merge
from backend.orders.service.moving import Mover
from backend.orders.states import Move
from backend.orders.structs import OrderDetail
from backend.structs import Write
from backend.words import fields_of

_CHOSEN = {"unit_id", "handler_id", "into_id"}
_ASKING = ("ask_extension", "ask_suspension")


class Nothing(Write, frozen=True, kw_only=True):
    """A move that needs no words."""


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    is_required: bool
    options: tuple[str, ...] = ()
    """What may be answered, where that is a short list."""
    most: int = 0
    """How many characters may be written, where words are asked for."""

    @property
    def takes_photos(self) -> bool:
        return self.name.endswith("photo_ids")


@dataclass(frozen=True, slots=True)
class PageMove:
    name: str
    allowed_by: tuple[Move, ...]
    """Offered where the order allows one of these."""
    brings: type[Write]
    make: Callable[[int, Any, Mover], Awaitable[object]]
    is_final: bool = False
    """It takes the order out of hands that cannot fetch it back: the mover says twice that it is meant."""
    kept_for: str = ""
    """Where the API takes it, if a phone without network keeps the tap for later."""

    @property
    def fields(self) -> tuple[Field, ...]:
        listed, most = msgspec.structs.fields(self.brings), fields_of(self.brings)
        return tuple(Field(each.name, each.required, _options(each.type), most.get(each.name, 0)) for each in listed)

    @property
    def needs_choices(self) -> bool:
        """Whether the form offers units, people or orders, which are read only for a form that is open."""
        return not _CHOSEN.isdisjoint(field.name for field in self.fields)


_ROWS = (
    PageMove("decide", (Move.GRANT_EXTENSION, Move.GRANT_SUSPENSION, Move.REFUSE), Decide, orders.decide),
    PageMove("make_safe", (Move.MAKE_SAFE,), MakeSafe, orders.make_safe, kept_for="made-safe"),
    PageMove("self_handle", (Move.SELF_HANDLE,), SelfHandled, orders.self_handle, kept_for="self-handled"),
    PageMove("resume", (Move.RESUME,), Nothing, lambda order_id, _, by: orders.resume(order_id, by)),
    PageMove("ask_extension", (Move.ASK_EXTENSION,), AskExtension, orders.ask_extension),
    PageMove("ask_suspension", (Move.ASK_SUSPENSION,), AskSuspension, orders.ask_suspension),
    PageMove("co_handle", (Move.CO_HANDLE,), CoHandle, orders.co_handle),
    PageMove("return", (Move.RETURN,), Return, orders.give_back, is_final=True),
    PageMove("urge", (Move.URGE,), Remark, lambda order_id, said, by: orders.urge(order_id, said.note, by)),
    PageMove(
        "supervise", (Move.SUPERVISE,), Remark, lambda order_id, said, by: orders.supervise(order_id, said.note, by)
    ),
    PageMove("reassign", (Move.REASSIGN,), Reassign, orders.reassign),
    PageMove("merge", (Move.MERGE,), Merge, orders.merge, is_final=True),
    PageMove(
        "unmerge", (Move.UNMERGE,), WithReason, lambda order_id, said, by: orders.unmerge(order_id, said.reason, by)
    ),
    PageMove(
        "cancel",
        (Move.CANCEL,),
        WithReason,
        lambda order_id, said, by: orders.cancel(order_id, said.reason, by),
        is_final=True,
    ),
    PageMove("follow_up", (Move.FOLLOW_UP,), Called, orders.keep_call),
    PageMove("reopen", (Move.REOPEN,), WithReason, lambda order_id, said, by: orders.reopen(order_id, said.reason, by)),
    PageMove(
        "object", (Move.OBJECT,), WithReason, lambda order_id, said, by: orders.object_to(order_id, said.reason, by)
    ),
)
_BY_NAME = {row.name: row for row in _ROWS}
NAMES = tuple(_BY_NAME)


def get(name: str) -> PageMove:
    """The row of this name. Raises NotFound."""
    if name not in _BY_NAME:
        raise NotFound
    return _BY_NAME[name]


def offered(order: OrderDetail, *, is_asking: bool) -> list[PageMove]:
    """What this reader may do now; while a request waits, it is decided and no other is made."""
    hidden = _ASKING if is_asking else ("decide",)
    return [row for row in _ROWS if row.name not in hidden and any(move in order.allowed for move in row.allowed_by)]


def _options(kind: Any) -> tuple[str, ...]:
    if kind is bool:
        return ("true", "false")
    return tuple(each.value for each in kind) if isinstance(kind, type) and issubclass(kind, StrEnum) else ()
