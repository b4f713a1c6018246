"""The story of an order that lay at the centre does not say that a unit was reminded."""

from datetime import UTC, datetime, timedelta

from backend.orders.deadlines.escalation.reads import EscalationView
from backend.orders.reads.views import StepView
from backend.web.views.page import PageContext
from backend.web.views.timeline import entries_of

NOW = datetime(2026, 5, 1, 6, 0, tzinfo=UTC)
PAGE = PageContext(lang="zh", big=False, path="/", now=NOW, hotline="12345")


def step(minute: int, move: str, strength: str | None = None) -> StepView:
    return StepView(
        id=minute, move=move, from_state=None, to_state="dispatched", actor_name="", actor_role="system",
        at=NOW + timedelta(minutes=minute), captured_at=None, note="", distance_m=None, method=None, strength=strength,
    )  # fmt: skip


def told(minute: int, who: str = "unit") -> EscalationView:
    at = NOW + timedelta(minutes=minute)
    return EscalationView(stage="respond", at_percent=50, who=who, due_at=at, sent_at=at)


def test_only_while_no_unit_has_it_the_centre_is_said_to_be_told():
    steps = [step(0, "open", "centre"), step(10, "reassign"), step(30, "return", "centre"), step(50, "open", "pool")]

    entries = entries_of(steps, [told(5), told(15), told(35), told(36, "street"), told(55)], PAGE)

    said = [entry.by for entry in entries if entry.tone == "rang"]
    centre, unit = "已提醒城运中心派单员(当时还没有派给单位)", "已提醒责任单位"
    assert said == [centre, unit, centre, "已提醒街镇", unit]
