"""The timeline of an order: its steps, deadlines that moved and why, escalations that were sent."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from backend.duty.structs import Strength
from backend.orders.deadlines.escalation.levels import RecipientRole
from backend.orders.deadlines.escalation.reads import EscalationView
from backend.orders.model.states import Transition
from backend.orders.reads.views import StepView
from backend.web.views.page import PageContext

_GIVE = (Transition.ACCEPT, Transition.GRAB, Transition.REASSIGN)
"""Moves after which somebody has the order, though their steps do not say how firmly."""
_OF_UNIT = (RecipientRole.HANDLER, RecipientRole.UNIT)


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    at: datetime
    title: str
    by: str = ""
    note: str = ""
    tone: str = "done"
    """`done` for what people did, `clock` for what the clocks did, `rang` for an escalation."""
    moved: list[str] = field(default_factory=list)
    """The priority and each deadline that moved, from what to what."""


def entries_of(
    steps: Sequence[StepView], escalations: Sequence[EscalationView], page: PageContext
) -> list[TimelineEntry]:
    """Oldest first; what happened at the same instant stays in its own order, steps before escalations."""
    sent = [_escalation(each, page, is_at_centre=_is_at_centre(steps, each.sent_at)) for each in escalations]
    entries = [*(_step(step, page) for step in steps), *sent]
    return sorted(entries, key=lambda entry: entry.at)


def _step(step: StepView, page: PageContext) -> TimelineEntry:
    if step.cause is not None:
        name = "line.clock" if step.deadlines or step.priority is None else "line.priority_moved"
        title = page.t(name, cause=page.t(f"line.cause.{step.cause}"))
        return TimelineEntry(step.at, title, step.actor_name, step.reason, tone="clock", moved=_moved(step, page))
    return TimelineEntry(step.at, page.t(f"move.{step.move}"), _by(step, page), step.note, moved=_priority(step, page))


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
    """The priority, and stages with their old and new limits."""
    return [
        *_priority(step, page),
        *_deadlines(step, page),
    ]


def _priority(step: StepView, page: PageContext) -> list[str]:
    return [page.t("line.priority", old=step.priority.old, new=step.priority.new)] if step.priority else []


def _deadlines(step: StepView, page: PageContext) -> list[str]:
    return [
        page.t(
            "line.moved" if change.old_at else "line.set",
            stage=page.t(f"line.stage.{change.stage}"),
            old=page.moment(change.old_at) if change.old_at else "",
            new=page.moment(change.new_at),
        )
        for change in step.deadlines
    ]


def _escalation(escalation: EscalationView, page: PageContext, *, is_at_centre: bool) -> TimelineEntry:
    title = page.t("line.rang", n=escalation.at_percent, stage=page.t(f"line.stage.{escalation.stage}"))
    who = "centre" if is_at_centre and escalation.who in _OF_UNIT else escalation.who
    return TimelineEntry(escalation.sent_at, title, page.t("line.told", who=page.t(f"line.who.{who}")), tone="rang")


def _is_at_centre(steps: Sequence[StepView], at: datetime) -> bool:
    """Whether the order lay at the centre then, with no unit that could have been told."""
    given = [step for step in steps if step.at <= at and (step.strength or step.move in _GIVE)]
    return bool(given) and given[-1].strength == Strength.CENTRE
