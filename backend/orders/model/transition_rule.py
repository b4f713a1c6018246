"""One line of the table of transitions: who makes which one, from where to where, needing what."""

from dataclasses import dataclass

from backend.accounts.structs import Role
from backend.orders.model.states import Authority, Need, Parts, State, Transition


@dataclass(frozen=True, slots=True)
class TransitionRule:
    """One line of the table. `needs`: what the actor must bring, enforced in transitions/requirements.py.

    `stamps`, `clears`: instants of the order.
    """

    move: Transition
    zh: str
    sources: tuple[State, ...]
    target: State | None
    """None: the order stays in its state."""
    roles: tuple[Role, ...]
    who: Authority
    needs: tuple[Need, ...] = ()
    stamps: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()
    restores: bool = False
    """The order goes back to where it was before the move that this one undoes."""
    judges: bool = False
    """It rests on what the actor saw: an order that has changed since is looked at again first."""
    is_aside: bool = False
    """A word from the side: what others saw of the order, and judge, stays as it was."""
    parts: Parts = Parts.WAITED_FOR
    """Of a move that ends the order: what becomes of the sub-orders that still go on."""
