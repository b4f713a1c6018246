"""What granted time does to every limit that follows it: a table of where an order stands and what came of it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backend.items.structs import Clock
from backend.orders.deadlines import plan
from backend.orders.deadlines.escalation.levels import EscalationLevel, RecipientRole, due_escalations
from backend.orders.deadlines.limits import StageLimits, completed
from backend.orders.deadlines.plan import Terms
from backend.orders.deadlines.stages import Pause, PauseKind, Stage, Timeline
from backend.orders.model.states import State

OPENED = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
LIMITS = completed(
    StageLimits(respond_min=3, arrive_min=20, safe_min=30, resolve_min=120), Clock.ALWAYS, has_arrival=True
)
TERMS = Terms(clock=Clock.ALWAYS, limits=LIMITS)


def at(minute: float) -> datetime:
    return OPENED + timedelta(minutes=minute)


def granted(minute: float, minutes: int = 60) -> Pause:
    return Pause(kind=PauseKind.EXTENSION, starts_at=at(minute), ends_at=at(minute), minutes=minutes)


def stood(kind: PauseKind, since: float, until: float | None) -> Pause:
    return Pause(kind=kind, starts_at=at(since), ends_at=None if until is None else at(until))


def order(state: State, *pauses: Pause, **instants: float) -> Timeline:
    known = {f"{name}_at" if name != "clock_from" else name: at(minute) for name, minute in instants.items()}
    return Timeline(state=state, opened_at=OPENED, pauses=list(pauses), **known)


HELD, LOOKED_AT = PauseKind.SUSPENSION, PauseKind.VERIFICATION
TABLE = {
    "nothing granted": (order(State.ACCEPTED, accepted=2), {"arrive": 20, "safe": 30, "resolve": 120}),
    "granted on the way": (order(State.ACCEPTED, granted(10), accepted=2), {"arrive": 80, "safe": 30, "resolve": 180}),
    "granted when the arrival was late": (
        order(State.ACCEPTED, granted(25), accepted=2),
        {"arrive": 80, "safe": 30, "resolve": 180},
    ),
    "granted twice": (
        order(State.ACCEPTED, granted(10), granted(70, 30), accepted=2),
        {"arrive": 110, "safe": 30, "resolve": 210},
    ),
    "granted on the spot": (order(State.ON_SITE, granted(10), accepted=2, arrived=8), {"safe": 30, "resolve": 180}),
    "granted when it was safe": (
        order(State.ON_SITE, granted(20), accepted=2, arrived=8, made_safe=12),
        {"resolve": 180},
    ),
    "granted, then held for half an hour": (
        order(State.ACCEPTED, granted(10), stood(HELD, 15, 45), accepted=2),
        {"arrive": 110, "safe": 60, "resolve": 210},
    ),
    "held, then granted": (
        order(State.ACCEPTED, stood(HELD, 4, 8), granted(10), accepted=2),
        {"arrive": 84, "safe": 34, "resolve": 184},
    ),
    "granted, and held still": (order(State.SUSPENDED, granted(10), stood(HELD, 15, None), accepted=2), {}),
    "granted, then given to somebody else": (
        order(State.DISPATCHED, granted(10), dispatched=40),
        {"respond": 43, "arrive": 60, "safe": 30, "resolve": 180},
    ),
    "granted to both": (
        order(State.ACCEPTED, granted(10), granted(50), dispatched=40, accepted=45),
        {"arrive": 120, "safe": 30, "resolve": 240},
    ),
    "granted, and then done again": (
        order(State.ACCEPTED, granted(10), stood(LOOKED_AT, 60, 90), accepted=2, arrived=8, made_safe=12),
        {"resolve": 210},
    ),
    "granted, closed and reopened": (
        order(State.DISPATCHED, granted(10), dispatched=200, clock_from=200),
        {"respond": 203, "arrive": 220, "safe": 230, "resolve": 320},
    ),
}


@pytest.mark.parametrize("case", TABLE)
def test_every_limit_that_follows_moves_and_what_is_over_or_dangerous_stays(case):
    timeline, limits = TABLE[case]

    assert plan.replan(timeline, TERMS) == {Stage(stage): at(minute) for stage, minute in limits.items()}


@pytest.mark.parametrize("case", TABLE)
def test_an_alarm_rings_at_the_limit_that_the_pages_show_and_not_before(case):
    timeline, limits = TABLE[case]
    shown = Timeline(
        **{name: getattr(timeline, name) for name in timeline.__struct_fields__ if not name.endswith("_by")},
        **{f"{stage}_by": at(minute) for stage, minute in limits.items()},
    )
    levels = [EscalationLevel(stage=Stage(stage), at_percent=100, who=RecipientRole.SUPERVISOR) for stage in limits]

    rung = list(due_escalations(shown, levels, plan.counting_of(shown, TERMS)))

    assert {(each.level.stage, each.due_at) for each in rung} == {
        (Stage(stage), at(minute)) for stage, minute in limits.items()
    }
    grants = [pause.starts_at for pause in timeline.pauses if pause.kind is PauseKind.EXTENSION]
    resolve = next((each for each in rung if each.level.stage is Stage.RESOLVE), None)
    assert resolve is None or not grants or resolve.round_at in (max(grants), timeline.clock_from)
