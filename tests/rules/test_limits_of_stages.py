"""How many minutes each stage has, when it begins, and what a story does to its deadlines."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from backend.calendars.structs import Mode, Timetable, WeatherLevel
from backend.items.structs import Clock
from backend.orders.deadlines.limits import StageLimits, completed, halved
from backend.orders.deadlines.plan import Terms, at_opening, replan
from backend.orders.deadlines.stages import Pause, PauseKind, Stage, Timeline, is_running, round_of
from backend.orders.model.states import State

OPENED = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
A101 = completed(StageLimits(respond_min=3, resolve_min=15), Clock.SERVICE, has_arrival=True)


def terms(**changes) -> Terms:
    return Terms(**{"clock": Clock.SERVICE, "limits": A101, **changes})


def after(minutes: float) -> datetime:
    return OPENED + timedelta(minutes=minutes)


def suspension(start: float, end: float | None) -> Pause:
    ends_at = None if end is None else after(end)
    return Pause(kind=PauseKind.SUSPENSION, starts_at=after(start), ends_at=ends_at)


def test_arrival_lies_half_way_to_the_next_limit_but_never_more_than_a_day_after_respond():
    with_safe = completed(StageLimits(respond_min=10, resolve_min=120, safe_min=30), Clock.ALWAYS, has_arrival=True)
    long = completed(StageLimits(respond_min=240, resolve_min=9600), Clock.WORK, has_arrival=True)

    assert (A101.arrive_min, with_safe.arrive_min, long.arrive_min) == (9, 20, 720)


def test_an_item_without_a_check_in_has_no_arrival():
    assert completed(StageLimits(respond_min=60, resolve_min=480), Clock.WORK, has_arrival=False).arrive_min is None


def test_a_limit_that_begins_in_bad_weather_is_halved_and_one_that_does_not_is_not():
    storm = Timetable(modes=[Mode(level=WeatherLevel.RED, starts_at=after(-60), ends_at=after(1))])

    in_the_storm = at_opening(OPENED, terms(timetable=storm))
    afterwards = at_opening(after(1), terms(timetable=storm))

    assert (in_the_storm.respond_by, in_the_storm.resolve_by) == (after(2), after(8))
    assert (afterwards.respond_by, afterwards.resolve_by) == (after(4), after(16))


@given(st.integers(1, 10_000))
def test_half_is_never_nothing(minutes):
    assert 1 <= halved(minutes) <= minutes


def test_a_stage_that_is_over_keeps_its_deadline():
    order = Timeline(state=State.ACCEPTED, opened_at=OPENED, accepted_at=after(2), pauses=[suspension(1, 60)])

    planned = replan(order, terms())

    assert Stage.RESPOND not in planned
    assert planned[Stage.RESOLVE] == after(15 + 59)


def test_an_extension_on_the_spot_puts_minutes_on_top_of_resolve_only():
    granted = Pause(kind=PauseKind.EXTENSION, starts_at=after(10), ends_at=after(10), minutes=30)
    order = Timeline(state=State.ON_SITE, opened_at=OPENED, accepted_at=after(2), arrived_at=after(5), pauses=[granted])

    planned = replan(order, terms())
    assert planned[Stage.RESOLVE] == after(45)
    assert Stage.ARRIVE not in planned
    assert round_of(order, Stage.RESOLVE) == after(10)


def test_who_gets_the_order_next_has_full_time_to_respond_but_not_to_resolve():
    order = Timeline(state=State.DISPATCHED, opened_at=OPENED, dispatched_at=after(10))

    planned = replan(order, terms())

    assert planned[Stage.RESPOND] == after(13)
    assert planned[Stage.RESOLVE] == after(15)


def test_a_reopened_order_begins_anew_and_its_old_extensions_are_spent():
    granted = Pause(kind=PauseKind.EXTENSION, starts_at=after(10), ends_at=after(10), minutes=30)
    order = Timeline(state=State.DISPATCHED, opened_at=OPENED, clock_from=after(60), pauses=[granted])

    assert replan(order, terms())[Stage.RESOLVE] == after(75)


def test_a_suspension_without_an_end_leaves_deadlines_alone():
    order = Timeline(state=State.SUSPENDED, opened_at=OPENED, accepted_at=after(1), pauses=[suspension(5, None)])

    assert replan(order, terms()) == {}


def test_each_state_runs_the_stages_that_somebody_still_owes():
    running = {
        state: {stage.value for stage in Stage if is_running(Timeline(state=state, opened_at=OPENED), stage)}
        for state in State
    }

    assert {state: stages for state, stages in running.items() if stages} == {
        State.OFFERED: {"respond", "arrive", "safe", "resolve"},
        State.DISPATCHED: {"respond", "arrive", "safe", "resolve"},
        State.ACCEPTED: {"arrive", "safe", "resolve"},
        State.ON_SITE: {"safe", "resolve"},
        State.HANDLED: {"verify"},
    }
