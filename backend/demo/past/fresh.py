"""Orders of the last hours in every state that a desk has open, some of them near their limit. Pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from backend.demo.past.cast import Cast
from backend.demo.past.planning import PlannedOrder
from backend.demo.past.reports import MATTERS, words_of
from backend.orders.model.states import State, Transition
from backend.orders.past.life import LifeActor, OrderLife

_UNTIL_NOW = 0.92
"""Of the time since the opening: so far the last move lies behind."""


class FreshOrder(NamedTuple):
    """An item, how many minutes ago, and as what it waits now. `at_centre`: nobody accepted it in time."""

    item: str
    minutes: int
    state: State
    at_centre: bool = False


_FRESH = (
    FreshOrder("A101", 1, State.DISPATCHED),
    FreshOrder("A301", 4, State.DISPATCHED),
    FreshOrder("A401", 9, State.DISPATCHED),
    FreshOrder("A503", 50, State.DISPATCHED),
    FreshOrder("A102", 26, State.DISPATCHED, at_centre=True),
    FreshOrder("A103", 41, State.DISPATCHED, at_centre=True),
    FreshOrder("A201", 17, State.ACCEPTED),
    FreshOrder("A102", 52, State.ACCEPTED),
    FreshOrder("A303", 75, State.ACCEPTED),
    FreshOrder("A502", 190, State.ACCEPTED),
    FreshOrder("B202", 120, State.ACCEPTED),
    FreshOrder("B101", 24, State.ON_SITE),
    FreshOrder("B201", 51, State.ON_SITE),
    FreshOrder("A501", 104, State.ON_SITE),
    FreshOrder("A302", 66, State.ON_SITE),
    FreshOrder("A101", 13, State.HANDLED),
    FreshOrder("A103", 95, State.HANDLED),
    FreshOrder("A202", 55, State.HANDLED),
    FreshOrder("B402", 170, State.HANDLED),
    FreshOrder("A502", 4000, State.SUSPENDED),
    FreshOrder("A503", 2900, State.SUSPENDED),
)
_WAYS: dict[State, Sequence[Transition]] = {
    State.DISPATCHED: (),
    State.ACCEPTED: (Transition.ACCEPT,),
    State.ON_SITE: (Transition.ACCEPT, Transition.CHECK_IN),
    State.HANDLED: (Transition.ACCEPT, Transition.CHECK_IN, Transition.FINISH),
    State.SUSPENDED: (Transition.ACCEPT, Transition.CHECK_IN, Transition.ASK_SUSPENSION, Transition.GRANT_SUSPENSION),
}
_WHY = "需协调产权单位,材料未到"


def plan(cast: Cast, chance: Random, now: datetime) -> list[tuple[PlannedOrder, FreshOrder]]:
    """In the order in which they were opened."""
    matters = {each.item: each for each in MATTERS}
    found = []
    for each in _FRESH:
        scene = chance.choice(cast.scenes)
        words = words_of(matters[each.item], scene.road_name, scene.house_number, chance)
        opener = LifeActor(chance.choice(cast.reporters), "resident")
        at = now - timedelta(minutes=each.minutes)
        found.append((PlannedOrder(at, each.item, scene, opener, "report", words), each))
    return sorted(found, key=lambda each: each[0].at)


def play(life: OrderLife, fresh: FreshOrder, cast: Cast, chance: Random, now: datetime) -> None:
    """Bring an order to where it waits."""
    unit_id = life.values["unit_id"]
    if fresh.at_centre:
        gone, detail = {"unit_id": None, "handler_id": None}, {"from_unit": unit_id, "to_unit": None}
        at = life.values["respond_by"]
        if at < now:
            life.move(Transition.PASS_ON, at, LifeActor(None), detail=detail, changes=gone, from_unit_id=unit_id)
        return
    handler = LifeActor(chance.choice(cast.handlers[unit_id]), "handler")
    for move, at in _instants(fresh, life, now):
        _move(life, move, at, handler, LifeActor(cast.staff["dispatcher"], "dispatcher"), chance)


def _instants(fresh: FreshOrder, life: OrderLife, now: datetime) -> Iterator[tuple[Transition, datetime]]:
    way = _WAYS[fresh.state]
    begun = life.beginning.opened_at
    yield from ((move, begun + (now - begun) * _UNTIL_NOW * nr / len(way)) for nr, move in enumerate(way, start=1))


def _move(life: OrderLife, move: Transition, at: datetime, handler: LifeActor, desk: LifeActor, chance: Random) -> None:
    match move:
        case Transition.ACCEPT:
            life.move(move, at, handler, changes={"handler_id": handler.account_id})
        case Transition.CHECK_IN:
            life.check_ins.append((life.move(move, at, handler), round(chance.uniform(2, 45), 1)))
        case Transition.ASK_SUSPENSION:
            request = {"kind": "suspension", "reason": _WHY, "asked_by_id": handler.account_id, "asked_at": at}
            life.requests.append(request | {"order_id": life.beginning.id})
            life.move(move, at, handler, note=_WHY, detail={"minutes": None}, kind="suspension", reason=_WHY)
        case Transition.GRANT_SUSPENSION:
            decided = {"decided_by_id": desk.account_id, "decided_at": at, "is_granted": True}
            life.requests[-1] |= decided
            said = {"kind": "suspension", "is_granted": True, "reason": "同意"}
            life.move(move, at, desk, note="同意", detail={"kind": "suspension", "minutes": None}, **said)
        case _:
            life.move(move, at, handler, note="已处置,请核查")
