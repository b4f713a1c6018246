"""A whole life of an order as a value: it goes by the table of transitions and by the clocks of its terms."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.items.structs import Clock
from backend.orders.deadlines.limits import StageLimits, completed
from backend.orders.deadlines.plan import Terms
from backend.orders.model.events import HandlerArrived, OrderAccepted, OrderClosed, OrderDispatched, OrderFinished
from backend.orders.model.states import State, Transition
from backend.orders.past.life import LifeActor, LifeBeginning, OrderLife

BEGAN = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
HANDLER, VERIFIER, DESK = LifeActor(7, "handler"), LifeActor(8, "verifier"), LifeActor(9, "dispatcher")


def opened(source: str = "report") -> OrderLife:
    limits = completed(StageLimits(respond_min=10, resolve_min=60), Clock.ALWAYS, has_arrival=True)
    return OrderLife(
        LifeBeginning(
            id=1,
            number="YM261120-000001",
            item_code="A201",
            item_zh="跨门经营",
            item_en="Trading beyond the shop front",
            priority="P3",
            place_id=None,
            area_code="310115105023",
            grid_code="",
            lng=121.5,
            lat=31.2,
            label="莲安东路1号",
            description="占道",
            source_kind=source,
            opened_by=LifeActor(3, "resident"),
            unit_id=5,
            opened_at=BEGAN,
            terms=Terms(clock=Clock.ALWAYS, limits=limits),
            radius_m=80,
        )
    )


def after(minutes: float) -> datetime:
    return BEGAN + timedelta(minutes=minutes)


def finished(life: OrderLife) -> OrderLife:
    life.move(Transition.ACCEPT, after(4), HANDLER, changes={"handler_id": 7})
    life.move(Transition.CHECK_IN, after(12), HANDLER)
    life.move(Transition.FINISH, after(30), HANDLER)
    return life


def test_each_move_leaves_its_step_its_instant_and_its_fact():
    life = finished(opened())
    life.move(Transition.PASS, after(40), VERIFIER)

    assert life.state is State.CLOSED
    assert [step.move for step in life.steps] == ["open", "accept", "check_in", "finish", "pass"]
    assert [life.values[name] for name in ("accepted_at", "arrived_at", "finished_at", "closed_at")] == [
        after(4),
        after(12),
        after(30),
        after(40),
    ]
    kinds = [OrderDispatched, OrderAccepted, HandlerArrived, OrderFinished, OrderClosed]
    assert [(at, type(fact)) for at, fact in life.facts] == list(
        zip(map(after, (0, 4, 12, 30, 40)), kinds, strict=True)
    )
    assert [fact.version for _, fact in life.facts] == [1, 2, 3, 4, 5]


def test_a_move_that_the_state_forbids_is_refused():
    with pytest.raises(ValueError, match="pass from dispatched"):
        opened().move(Transition.PASS, after(5), VERIFIER)


def test_the_time_of_a_verification_that_failed_does_not_count():
    life = finished(opened())
    assert life.values["resolve_by"] == after(60)
    life.move(Transition.REWORK, after(50), VERIFIER, reason="仍有残留", changes={"rework_count": 1})

    assert life.values["resolve_by"] == after(60 + 20)
    assert (life.values["finished_at"], life.values["verify_by"]) == (None, None)
    assert life.steps[-1].detail["deadlines"] == {"resolve": (after(60), after(80))}


def test_whoever_gets_it_next_has_all_the_time_to_accept_it():
    life = opened()
    life.move(Transition.PASS_ON, after(10), LifeActor(None), from_unit_id=5, changes={"unit_id": None})
    life.move(Transition.REASSIGN, after(15), DESK, reason="请立即处置", changes={"unit_id": 6})

    assert (life.values["respond_by"], life.values["resolve_by"]) == (after(25), after(60))


def test_of_a_hotline_case_the_first_word_closes_nothing():
    life = finished(opened("hotline"))
    life.move(Transition.FIRST_PASS, after(40), VERIFIER)
    assert (life.state, life.values["referred_at"]) == (State.HANDLED, after(40))
    life.move(Transition.SOURCE_PASS, after(90), LifeActor(4, "source"))

    assert (life.state, life.values["source_agreed_at"]) == (State.CLOSED, after(90))
