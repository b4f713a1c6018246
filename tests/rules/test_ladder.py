"""The escalation ladder: which rungs an order climbs, when, and when people may be told. Pure."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.items.structs import Clock
from backend.orders.deadlines import plan
from backend.orders.deadlines.counting import Counting
from backend.orders.deadlines.escalation.levels import (
    DEFAULT,
    DueEscalation,
    EscalationLevel,
    EscalationSubject,
    QuietHours,
    RecipientRole,
    due_escalations,
    first_look,
    levels_for,
    notify_at,
)
from backend.orders.deadlines.limits import StageLimits
from backend.orders.deadlines.plan import Terms
from backend.orders.deadlines.stages import Pause, PauseKind, Stage, Timeline
from backend.orders.model.states import State

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
A101 = EscalationSubject(area_code="310115105001", item_code="A101", priority="P2")


def rung(percent: int = 100, **changes) -> EscalationLevel:
    return EscalationLevel(
        **{"stage": Stage.RESOLVE, "at_percent": percent, "who": RecipientRole.SUPERVISOR, **changes}
    )


def accepted(start: datetime, limit_min: int, pauses: list[Pause] | None = None) -> Timeline:
    due = start + timedelta(minutes=limit_min)
    return Timeline(state=State.ACCEPTED, opened_at=start, accepted_at=start, resolve_by=due, pauses=pauses or [])


def reached(order: Timeline, percents: list[int], by: Counting) -> list[datetime]:
    return [ring.due_at for ring in due_escalations(order, [rung(percent) for percent in percents], by)]


def test_percent_are_counted_on_the_order_s_own_clock_beyond_the_deadline_too():
    evening = MORNING.replace(hour=21, minute=50)
    by = Counting(clock=Clock.SERVICE)

    order = accepted(evening, 10)

    assert reached(order, [50, 100, 150], by) == [
        evening + timedelta(minutes=5),
        evening + timedelta(minutes=10),
        MORNING.replace(hour=7, minute=5) + timedelta(days=1),
    ]


def test_a_pause_holds_the_ladder_back():
    stop = Pause(kind=PauseKind.SUSPENSION, starts_at=MORNING + timedelta(minutes=30), ends_at=None)
    by = Counting(clock=Clock.ALWAYS, pauses=[stop])

    assert reached(accepted(MORNING, 20, [stop]), [50, 100], by) == [
        MORNING + timedelta(minutes=10),
        MORNING + timedelta(minutes=20),
    ]
    assert reached(accepted(MORNING, 20, [stop]), [200], by) == []


@given(st.integers(1, 5000), st.lists(st.integers(1, 400), min_size=2, max_size=6, unique=True))
def test_higher_rungs_are_never_reached_earlier(limit_min, percents):
    by = Counting(clock=Clock.ALWAYS)

    assert reached(accepted(MORNING, limit_min), sorted(percents), by) == sorted(
        reached(accepted(MORNING, limit_min), percents, by)
    )


_MINUTES = st.integers(1, 5000)


@given(
    st.sampled_from(Clock),
    st.tuples(_MINUTES, _MINUTES, st.none() | _MINUTES, st.none() | _MINUTES),
    st.lists(st.integers(1, 400), min_size=1, max_size=4, unique=True),
    st.integers(0, 7 * 24 * 60),
)
def test_no_level_of_a_new_order_is_reached_before_its_first_look(clock, minutes, percents, later_min):
    begins_at = MORNING + timedelta(minutes=later_min)
    respond, resolve, arrive, safe = minutes
    limits = StageLimits(respond_min=respond, resolve_min=resolve, arrive_min=arrive, safe_min=safe)
    terms = Terms(clock=clock, limits=limits)
    due = {f"{stage}_by": at for stage, at in plan.replan(new(begins_at), terms).items()}
    order = msgspec.structs.replace(new(begins_at), **due)
    levels = [rung(percent, stage=stage) for percent in percents for stage in Stage]

    look_at = first_look(begins_at, plan.shortest_min(begins_at, terms), min(percents))

    assert look_at is not None
    assert min(each.due_at for each in due_escalations(order, levels, Counting(clock=clock))) >= look_at


def test_without_levels_a_new_order_is_not_looked_at():
    assert first_look(MORNING, 30, None) is None


def new(begins_at: datetime) -> Timeline:
    return Timeline(state=State.DISPATCHED, opened_at=begins_at)


def test_a_street_s_own_ladder_replaces_the_country_s_for_that_stage_only():
    own = rung(90, area_code="310115105")
    chosen = levels_for(A101, [*DEFAULT, own])

    assert [one for one in chosen if one.stage is Stage.RESOLVE] == [own]
    assert [one for one in chosen if one.stage is Stage.RESPOND] == [one for one in DEFAULT if one.stage == "respond"]


@pytest.mark.parametrize(
    "other", [{"area_code": "310115106"}, {"item_prefix": "B1"}, {"priorities": ["P0", "P1"]}], ids=str
)
def test_a_rung_for_others_is_not_climbed(other):
    assert levels_for(A101, [rung(**other)]) == []


def test_the_narrowest_item_wins_within_an_area():
    narrow = rung(70, item_prefix="A1")

    assert levels_for(A101, [rung(60), narrow, rung(80, item_prefix="B1")]) == [narrow]


@pytest.mark.parametrize(
    ("due", "priority", "quiet", "told"),
    [
        ("21:59", "P2", QuietHours.URGENT, "21:59"),
        ("22:00", "P2", QuietHours.URGENT, "+07:00"),
        ("02:00", "P4", QuietHours.URGENT, "07:00"),
        ("07:00", "P4", QuietHours.URGENT, "07:00"),
        ("02:00", "P0", QuietHours.URGENT, "02:00"),
        ("23:00", "P1", QuietHours.URGENT, "23:00"),
        ("23:00", "P1", QuietHours.ALWAYS, "+07:00"),
        ("02:00", "P4", QuietHours.NEVER, "02:00"),
    ],
)
def test_the_night_is_quiet_except_for_what_is_urgent(due, priority, quiet, told):
    def at(text: str) -> datetime:
        clock = datetime.strptime(text.removeprefix("+"), "%H:%M").time()  # noqa: DTZ007
        return datetime.combine(MORNING.date(), clock, SHANGHAI) + timedelta(days=text.startswith("+"))

    ring = DueEscalation(level=rung(quiet=quiet), round_at=MORNING, due_at=at(due))

    assert notify_at(ring, priority, at(due) - timedelta(minutes=1)) == at(told)


def test_what_was_due_by_day_but_is_looked_at_by_night_waits_too():
    ring = DueEscalation(level=rung(), round_at=MORNING, due_at=MORNING)
    night = MORNING.replace(hour=23)

    assert notify_at(ring, "P3", night) == MORNING.replace(hour=7) + timedelta(days=1)
