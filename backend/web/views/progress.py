"""The tracking page's story: what has happened, what is awaited, what comes after; told without any person's name."""

from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from backend.orders.model.states import State, Transition
from backend.orders.reads.views import OrderPhoto
from backend.reports.structs import TrackedStep, Tracking
from backend.web.views.page import PageContext

_ORDER = (
    ("dispatched", (Transition.OPEN,), State.DISPATCHED),
    ("accepted", (Transition.ACCEPT, Transition.GRAB), State.ACCEPTED),
    ("arrived", (Transition.CHECK_IN,), State.ON_SITE),
    ("handled", (Transition.FINISH,), State.HANDLED),
    ("closed", (Transition.PASS, Transition.AUTO_PASS, Transition.CONFIRM, Transition.SELF_HANDLE), State.CLOSED),
)


@dataclass(frozen=True, slots=True)
class ProgressStep:
    name: str
    standing: str
    """`done`, `now` for what is awaited, `next` for what comes after."""
    at: datetime | None = None
    words: str = ""
    photos: tuple[OrderPhoto, ...] = ()


_STANDS_AT = {state: position for position, (_, _, state) in enumerate(_ORDER)} | {
    State.OFFERED: 0,
    State.SUSPENDED: 1,
    State.CANCELLED: 4,
}


def progress_of(tracked: Tracking, page: PageContext) -> list[ProgressStep]:
    """The stages in order; what was never needed, such as a check-in, is left out once it has been passed."""
    reached = _STANDS_AT.get(State(tracked.state), 0)
    stages = [ProgressStep("received", "done", tracked.received_at, photos=_photos(tracked, "report"))]
    for position, (name, moves, _) in enumerate(_ORDER):
        step = _last(tracked.steps, *moves)
        if position > reached:
            standing = "now" if position == reached + 1 else "next"
            stages.append(ProgressStep(name, standing, words=_awaited(name, standing, tracked, page)))
        elif step is not None:
            stages.append(_stage_of(name, step, tracked, page))
    cancelled = _last(tracked.steps, Transition.CANCEL)
    return [*stages, ProgressStep("cancelled", "done", cancelled.at, cancelled.note)] if cancelled else stages


def _stage_of(name: str, step: TrackedStep, tracked: Tracking, page: PageContext) -> ProgressStep:
    words, photos = "", ()
    if name == "dispatched" and tracked.unit_zh:
        key = "track.offered" if tracked.state == State.OFFERED else "track.unit"
        words = page.t(key, unit=page.pick(tracked.unit_zh, tracked.unit_en))
    if name == "handled":
        words = page.t("track.note", note=step.note) if step.note else ""
        photos = _photos(tracked, "before", step.id) + _photos(tracked, "after", step.id)
    return ProgressStep(name, "done", step.at, words, photos)


def _awaited(name: str, standing: str, tracked: Tracking, page: PageContext) -> str:
    if standing == "now" and tracked.state == State.SUSPENDED:
        return page.t("track.suspended")
    if name == "closed" and tracked.may_confirm:
        return page.t("confirm.awaited")
    return page.t("track.rework") if name == "handled" and tracked.rework_count else ""


def _last(steps: list[TrackedStep], *moves: Transition) -> TrackedStep | None:
    """The latest step of these moves."""
    later = list(takewhile(lambda step: step.move not in moves, reversed(steps)))
    return steps[-len(later) - 1] if len(later) < len(steps) else None


def _photos(tracked: Tracking, role: str, step_id: int | None = None) -> tuple[OrderPhoto, ...]:
    return tuple(photo for photo in tracked.photos if photo.role == role and step_id in (None, photo.step_id))
