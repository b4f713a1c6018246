"""The moves that an order's page offers beside the straight way: a row says which verb makes it and what its form asks.

The form's fields are those of the struct that the verb takes; its words are `more.<name>`, its news `done.<name>`.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import msgspec

from backend.errors import NotFound
from backend.orders import verbs as orders
from backend.orders.cases.merging import Merge
from backend.orders.model.inputs import (
    AskExtension,
    AskSuspension,
    Called,
    CoHandle,
    Decide,
    MakeSafe,
    Reassign,
    Release,
    Remark,
    Return,
    SelfHandled,
    WithReason,
)
from backend.orders.model.states import Transition
from backend.orders.reads.views import OrderDetail
from backend.orders.transitions.transition import TransitionContext
from backend.structs import Write
from backend.words import fields_of

_SELECTED = {"unit_id", "handler_id", "into_id"}
_ASKING = ("ask_extension", "ask_suspension")


class EmptyInput(Write, frozen=True, kw_only=True):
    """A move that needs no words."""


@dataclass(frozen=True, slots=True)
class FormField:
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
class TransitionForm:
    name: str
    allowed_by: tuple[Transition, ...]
    """Offered where the order allows one of these."""
    brings: type[Write]
    make: Callable[[int, Any, TransitionContext], Awaitable[object]]
    is_final: bool = False
    """It takes the order from somebody who cannot fetch it back: the actor says twice that it is meant."""
    queued_as: str = ""
    """Where the API takes it, if a phone without network keeps the tap for later."""

    @property
    def fields(self) -> tuple[FormField, ...]:
        listed, most = msgspec.structs.fields(self.brings), fields_of(self.brings)
        return tuple(
            FormField(each.name, each.required, _options(each.type), most.get(each.name, 0)) for each in listed
        )

    @property
    def needs_choices(self) -> bool:
        """Whether the form offers units, people or orders, which are read only for a form that is open."""
        return not _SELECTED.isdisjoint(field.name for field in self.fields)


_ROWS = (
    TransitionForm(
        "decide", (Transition.GRANT_EXTENSION, Transition.GRANT_SUSPENSION, Transition.REFUSE), Decide, orders.decide
    ),
    TransitionForm("make_safe", (Transition.MAKE_SAFE,), MakeSafe, orders.make_safe, queued_as="made-safe"),
    TransitionForm("self_handle", (Transition.SELF_HANDLE,), SelfHandled, orders.self_handle, queued_as="self-handled"),
    TransitionForm("resume", (Transition.RESUME,), EmptyInput, lambda order_id, _, by: orders.resume(order_id, by)),
    TransitionForm("ask_extension", (Transition.ASK_EXTENSION,), AskExtension, orders.ask_extension),
    TransitionForm("ask_suspension", (Transition.ASK_SUSPENSION,), AskSuspension, orders.ask_suspension),
    TransitionForm("co_handle", (Transition.CO_HANDLE,), CoHandle, orders.co_handle),
    TransitionForm("return", (Transition.RETURN,), Return, orders.give_back, is_final=True),
    TransitionForm("urge", (Transition.URGE,), Remark, lambda order_id, said, by: orders.urge(order_id, said.note, by)),
    TransitionForm(
        "supervise",
        (Transition.SUPERVISE,),
        Remark,
        lambda order_id, said, by: orders.supervise(order_id, said.note, by),
    ),
    TransitionForm("reassign", (Transition.REASSIGN,), Reassign, orders.reassign),
    TransitionForm("release", (Transition.RELEASE,), Release, orders.release),
    TransitionForm("merge", (Transition.MERGE,), Merge, orders.merge, is_final=True),
    TransitionForm(
        "unmerge",
        (Transition.UNMERGE,),
        WithReason,
        lambda order_id, said, by: orders.unmerge(order_id, said.reason, by),
    ),
    TransitionForm(
        "cancel",
        (Transition.CANCEL,),
        WithReason,
        lambda order_id, said, by: orders.cancel(order_id, said.reason, by),
        is_final=True,
    ),
    TransitionForm("follow_up", (Transition.FOLLOW_UP,), Called, orders.record_call),
    TransitionForm(
        "reopen", (Transition.REOPEN,), WithReason, lambda order_id, said, by: orders.reopen(order_id, said.reason, by)
    ),
    TransitionForm(
        "object",
        (Transition.OBJECT,),
        WithReason,
        lambda order_id, said, by: orders.object_to(order_id, said.reason, by),
    ),
)
_BY_NAME = {row.name: row for row in _ROWS}
NAMES = tuple(_BY_NAME)


def get(name: str) -> TransitionForm:
    """The row of this name. Raises NotFound."""
    if name not in _BY_NAME:
        raise NotFound
    return _BY_NAME[name]


def available_forms(order: OrderDetail, *, is_asking: bool) -> list[TransitionForm]:
    """What this reader may do now; while a request waits, it is decided and no other is made."""
    hidden = _ASKING if is_asking else ("decide",)
    return [row for row in _ROWS if row.name not in hidden and any(move in order.allowed for move in row.allowed_by)]


def _options(kind: Any) -> tuple[str, ...]:
    if kind is bool:
        return ("true", "false")
    return tuple(each.value for each in kind) if isinstance(kind, type) and issubclass(kind, StrEnum) else ()
