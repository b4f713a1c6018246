"""The timeline of an order: its steps, deadlines that moved and why, escalations that were sent."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from backend.orders.deadlines.escalation.reads import EscalationView
from backend.orders.reads.views import StepView
from backend.web.views.page import PageContext


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    at: datetime
    title: str
    by: str = ""
    note: str = ""
    tone: str = "done"
    """`done` for what people did, `clock` for what the clocks did, `rang` for an escalation."""
    moved: list[str] = field(default_factory=list)
    """Each deadline that moved, from when to when."""


def entries_of(
    steps: Sequence[StepView], escalations: Sequence[EscalationView], page: PageContext
) -> list[TimelineEntry]:
    """Oldest first; what happened at the same instant stays in its own order, steps before escalations."""
    entries = [*(_step(step, page) for step in steps), *(_escalation(escalation, page) for escalation in escalations)]
    return sorted(entries, key=lambda entry: entry.at)


def _step(step: StepView, page: PageContext) -> TimelineEntry:
    if step.cause is not None:
        title = page.t("line.clock", cause=page.t(f"line.cause.{step.cause}"))
        return TimelineEntry(step.at, title, step.actor_name, tone="clock", moved=_moved(step, page))
    return TimelineEntry(step.at, page.t(f"move.{step.move}"), _by(step, page), step.note)


def _by(step: StepView, page: PageContext) -> str:
    proof = ""
    if step.is_fresh:
        proof = page.t("order.by_code")
    elif step.method == "code":
        proof = page.t("arrival.method.code")
    elif step.method == "appeal":
        proof = page.t("arrival.method.appeal")
    elif step.distance_m is not None:
        proof = page.t("order.by_gps", m=round(step.distance_m))
    strength = page.t(f"strength.{step.strength}") if step.strength else ""
    return " · ".join(filter(None, (step.actor_name, proof, strength)))


def _moved(step: StepView, page: PageContext) -> list[str]:
    """Stages with their old and new limits."""
    return [
        page.t(
            "line.moved" if change.old_at else "line.set",
            stage=page.t(f"line.stage.{change.stage}"),
            old=page.moment(change.old_at) if change.old_at else "",
            new=page.moment(change.new_at),
        )
        for change in step.deadlines
    ]


def _escalation(escalation: EscalationView, page: PageContext) -> TimelineEntry:
    title = page.t("line.rang", n=escalation.at_percent, stage=page.t(f"line.stage.{escalation.stage}"))
    return TimelineEntry(
        escalation.sent_at, title, page.t("line.told", who=page.t(f"line.who.{escalation.who}")), tone="rang"
    )
