"""The frame of every verb that changes an order: its turn, the lock, the repeat, the guards. What is left is the story.

    @verb(Transition.URGE)
    async def urge(order: LockedOrder, note: str, by: TransitionContext) -> None: ...

is called as `urge(order_id, note, by)`.
"""

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from functools import wraps
from inspect import signature
from typing import Any, Concatenate, ParamSpec, TypeVar

import msgspec

from backend.orders.model.states import Transition
from backend.orders.transitions import transition
from backend.orders.transitions.locking import LockedOrder
from backend.orders.transitions.order_queue import wait_turn
from backend.orders.transitions.transition import TransitionContext

P = ParamSpec("P")
T = TypeVar("T")
_Body = Callable[Concatenate[LockedOrder, P], Awaitable[T]]
_Verb = Callable[Concatenate[int, P], Coroutine[Any, Any, T | None]]


def verb(move: Transition) -> Callable[[_Body[P, T]], _Verb[P, T]]:
    """Make a verb of what happens to a locked order, given as `(order, …, by, …)`.

    What stands between `order` and `by` is what is said with the transition: a request that is sent again is compared
    by it. The verb takes the order's id instead of the order. It answers None to a request that was carried out before.
    """

    def make(body: _Body[P, T]) -> _Verb[P, T]:
        names = tuple(signature(body).parameters)[1:]
        words = names[: names.index("by")]

        @wraps(body)
        async def run(order_id: int, *args: P.args, **kwargs: P.kwargs) -> T | None:
            given: dict[str, Any] = {**dict(zip(names, args, strict=False)), **kwargs}
            said = said_of({name: given[name] for name in words})
            return await carry_out(move, order_id, given["by"], said, lambda order: body(order, *args, **kwargs))

        return run

    return make


async def carry_out(
    move: Transition, order_id: int, by: TransitionContext, said: Any, change: Callable[[LockedOrder], Awaitable[T]]
) -> T | None:
    """Do `change` to the order, locked and found fit for the transition, as one transaction in the order's turn.

    None, and nothing is done, when this very request was carried out before. Raises what `transition.prepare` and
    `wait_turn` raise.
    """
    async with wait_turn(order_id):
        order = await transition.prepare(order_id, move, by, said)
        return None if order is None else await change(order)


def said_of(arguments: Mapping[str, Any]) -> Any:
    """What is said with a transition: one message as it is, other arguments by their names, else None."""
    match list(arguments.values()):
        case []:
            return None
        case [msgspec.Struct() as message]:
            return message
    return dict(arguments)
