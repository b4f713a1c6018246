"""Limits over stretches of emergency: each stretch counts under its own rule, and nothing else does."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.calendars.structs import ClockRule, Mode, Stretch, Timetable, WeatherLevel, in_force
from backend.items.structs import Clock
from backend.orders.deadlines import plan
from backend.orders.deadlines.limits import StageLimits
from backend.orders.deadlines.paces import raised
from backend.orders.deadlines.plan import Terms
from backend.orders.deadlines.stages import Pause, PauseKind, Stage, Timeline
from backend.orders.model.states import State

NOON = datetime(2026, 8, 3, 4, 0, tzinfo=UTC)  # a Monday, 12:00 in Shanghai
DISTRICT, TOWN, COMMITTEE = "310115", "310115105", "310115105001"


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def stretch(begins: float, ends: float | None, *clocks: ClockRule, area: str = TOWN, level: int = 3) -> Stretch:
    ends_at = None if ends is None else NOON + minutes(ends)
    return Stretch(area_code=area, level=level, starts_at=NOON + minutes(begins), ends_at=ends_at, clocks=list(clocks))


def terms(*stretches: Stretch, clock: Clock = Clock.ALWAYS, modes: list[Mode] | None = None) -> Terms:
    return Terms(
        clock=clock,
        limits=StageLimits(respond_min=20, resolve_min=100),
        timetable=Timetable(stretches=list(stretches), modes=modes or []),
        item_code="A302",
        priority="P3",
    )


def resolve_by(*stretches: Stretch, pauses: list[Pause] | None = None, **more) -> float:
    """Minutes from noon until an order that is opened at noon is to be resolved."""
    order = Timeline(state=State.DISPATCHED, opened_at=NOON, pauses=pauses or [])
    return (plan.replan(order, terms(*stretches, **more))[Stage.RESOLVE] - NOON).total_seconds() / 60


HALF, DOUBLE = ClockRule(percent=50), ClockRule(percent=200)


@pytest.mark.parametrize(
    ("stretches", "expected"),
    [
        ((), 100),
        ((stretch(0, None, HALF),), 50),
        ((stretch(-500, None, HALF),), 50),
        ((stretch(40, None, HALF),), 40 + 30),
        ((stretch(40, 60, HALF),), 80),
        ((stretch(40, 40, HALF),), 100),
        ((stretch(40, 60, DOUBLE),), 110),
        ((stretch(40, 60, HALF), stretch(60, 80, HALF)), 40 + 20 + 10),
        ((stretch(0, 10, ClockRule(resolve_min=20)),), 10 + 50),
        ((stretch(0, None, ClockRule(resolve_min=20)),), 20),
        ((stretch(0, None, ClockRule(percent=50, resolve_min=20)),), 20),
        ((stretch(0, None, ClockRule(respond_min=5)),), 100),
        ((stretch(200, None, HALF),), 100),
        ((stretch(0, None, ClockRule(percent=50, item_prefix="B")),), 100),
        ((stretch(0, None, ClockRule(percent=50, priorities=["P0", "P1"])),), 100),
        ((stretch(0, None, ClockRule(percent=50), ClockRule(percent=25, item_prefix="A3")),), 25),
        ((stretch(0, None, ClockRule(percent=50), ClockRule(percent=80, priorities=["P3"])),), 80),
    ],
)
def test_each_stretch_counts_under_its_own_rule(stretches, expected):
    assert resolve_by(*stretches) == pytest.approx(expected)


def test_what_ended_and_was_never_felt_leaves_the_deadline_as_it_was():
    assert resolve_by(stretch(-60, 0, HALF)) == resolve_by() == 100


def test_every_minute_counts_where_the_plan_says_so_and_only_as_long_as_it_is_on():
    evening = 60 * 5  # 17:00, when working time ends
    rule = ClockRule(every_minute=True)

    assert resolve_by(clock=Clock.WORK) == 100
    late = Timeline(state=State.DISPATCHED, opened_at=NOON + minutes(evening))
    at_night = plan.replan(late, terms(stretch(0, None, rule), clock=Clock.WORK))[Stage.RESOLVE]
    by_day = plan.replan(late, terms(stretch(0, evening + 30, rule), clock=Clock.WORK))[Stage.RESOLVE]

    assert at_night == late.opened_at + minutes(100)
    assert by_day == NOON + minutes(60 * 21 + 70)  # 30 by night, the other 70 from 9:00 on


def test_granted_minutes_are_nobody_s_share_and_pass_at_the_usual_pace():
    extension = Pause(kind=PauseKind.EXTENSION, starts_at=NOON, ends_at=NOON, minutes=60)

    assert resolve_by(stretch(0, None, HALF), pauses=[extension]) == 50 + 60


def test_a_suspension_stops_an_emergency_s_clock_like_any_other():
    suspension = Pause(kind=PauseKind.SUSPENSION, starts_at=NOON + minutes(10), ends_at=NOON + minutes(40))

    assert resolve_by(stretch(0, None, HALF), pauses=[suspension]) == 50 + 30


def test_weather_halves_the_usual_limit_and_never_that_of_an_emergency():
    red = [Mode(level=WeatherLevel.RED, starts_at=NOON - minutes(5))]

    assert resolve_by(modes=red) == 50
    assert resolve_by(stretch(0, None, HALF), modes=red) == 50
    assert resolve_by(stretch(0, 25, HALF), modes=red) == 50
    assert resolve_by(stretch(0, None, ClockRule(resolve_min=80)), modes=red) == 80


@pytest.mark.parametrize(
    ("on", "winner"),
    [
        ([(DISTRICT, 3), (TOWN, 3)], (TOWN, 3)),
        ([(DISTRICT, 2), (TOWN, 3)], (DISTRICT, 2)),
        ([(DISTRICT, 3), (TOWN, 2)], (TOWN, 2)),
        ([(DISTRICT, 4), (TOWN, 4), (COMMITTEE, 4)], (COMMITTEE, 4)),
        ([(DISTRICT, 1), (TOWN, 4), (COMMITTEE, 2)], (DISTRICT, 1)),
    ],
)
def test_of_nested_areas_the_gravest_counts_and_among_equals_the_narrowest(on, winner):
    stretches = [stretch(0, None, area=area, level=level) for area, level in on]

    found = in_force(stretches, NOON)

    assert found is not None
    assert (found.area_code, found.level) == winner
    assert in_force(stretches, NOON - minutes(1)) is None


def test_when_the_gravest_ends_the_other_goes_on():
    both = [stretch(0, 20, ClockRule(percent=25), area=DISTRICT, level=1), stretch(0, None, HALF)]

    assert resolve_by(*both) == 20 + 10


@pytest.mark.parametrize(("usual", "rule", "expected"), [("P3", "P1", "P1"), ("P0", "P1", "P0"), ("P2", None, "P2")])
def test_orders_are_raised_and_never_lowered(usual, rule, expected):
    assert raised([stretch(0, 10, ClockRule(raises_to=rule))], "A302", usual, NOON) == expected
    assert raised([stretch(0, 10, ClockRule(raises_to=rule))], "A302", usual, NOON + minutes(10)) == usual


_SPANS = st.lists(
    st.tuples(st.integers(0, 90), st.integers(1, 60), st.sampled_from([10, 25, 50, 80, 100, 150, 300])), max_size=4
)


@given(_SPANS)
def test_the_shares_of_all_stretches_make_the_whole_limit(spans):
    """Minute by minute, counted apart: what is used up until the deadline is the limit, no more and no less."""
    at, stretches = 0, []
    for gap, length, percent in spans:
        stretches.append(stretch(at + gap, at + gap + length, ClockRule(percent=percent)))
        at += gap + length
    due, used = resolve_by(*stretches), 0.0
    for each in range(int(due)):
        rule = in_force(stretches, NOON + minutes(each))
        used += 100 / rule.clocks[0].percent if rule else 1
    last = in_force(stretches, NOON + minutes(int(due)))
    used += (due - int(due)) * (100 / last.clocks[0].percent if last else 1)

    assert used == pytest.approx(100, abs=0.001)


@given(_SPANS, st.integers(1, 100))
def test_an_end_moves_a_deadline_only_for_what_comes_after_it(spans, ended):
    """Two orders that lived through the same until now have used up the same: the future alone tells them apart."""
    at, stretches = 0, []
    for gap, length, percent in spans:
        stretches.append(stretch(at + gap, at + gap + length, ClockRule(percent=percent)))
        at += gap + length
    order = Timeline(state=State.DISPATCHED, opened_at=NOON)
    cut = [each for each in stretches if each.starts_at < NOON + minutes(ended)]
    before, after = plan.replan(order, terms(*stretches)), plan.replan(order, terms(*cut))

    if before[Stage.RESPOND] <= NOON + minutes(ended):
        assert after[Stage.RESPOND] == before[Stage.RESPOND]
    if before[Stage.RESOLVE] <= NOON + minutes(ended):
        assert after[Stage.RESOLVE] == before[Stage.RESOLVE]


def test_no_escalation_of_a_new_order_is_due_before_it_is_looked_at():
    assert plan.shortest_min(NOON, terms()) == 20
    assert plan.shortest_min(NOON, terms(stretch(0, None, HALF))) == 10
