"""The tracking page's story: what has happened, what is awaited, what comes after; told without any person's name."""

from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from backend.orders.states import Move, State
from backend.orders.structs import PhotoView
from backend.reports.structs import TrackedStep, Tracking
from backend.web.page import Page

_ORDER = (
    ("dispatched", (Move.OPEN,), State.DISPATCHED),
    ("accepted", (Move.ACCEPT,), State.ACCEPTED),
    ("arrived", (Move.CHECK_IN,), State.ON_SITE),
    ("handled", (Move.FINISH,), State.HANDLED),
    ("closed", (Move.PASS, Move.AUTO_PASS, Move.CONFIRM, Move.SELF_HANDLE), State.CLOSED),
)


@dataclass(frozen=True, slots=True)
class Stage:
    name: str
    standing: str
    """`done`, `now` for what is awaited, `next` for what comes after."""
    at: datetime | None = None
    words: str = ""
    photos: tuple[PhotoView, ...] = ()


_STANDS_AT = {state: position for position, (_, _, state) in enumerate(_ORDER)} | {
    State.SUSPENDED: 1,
    State.CANCELLED: 4,
}


def stages_of(tracked: Tracking, page: Page) -> list[Stage]:
    """The stages in order; what was never needed, such as a check-in, is left out once it has been passed."""
    reached = _STANDS_AT.get(State(tracked.state), 0)
    stages = [Stage("received", "done", tracked.received_at, photos=_photos(tracked, "report"))]
    for position, (name, moves, _) in enumerate(_ORDER):
        step = _last(tracked.steps, *moves)
        if position > reached:
            standing = "now" if position == reached + 1 else "next"
            stages.append(Stage(name, standing, words=_awaited(name, standing, tracked, page)))
        elif step is not None:
            stages.append(_told(name, step, tracked, page))
    cancelled = _last(tracked.steps, Move.CANCEL)
    return [*stages, Stage("cancelled", "done", cancelled.at, cancelled.note)] if cancelled else stages


def _told(name: str, step: TrackedStep, tracked: Tracking, page: Page) -> Stage:
    words, photos = "", ()
    if name == "dispatched" and tracked.unit_zh:
        words = page.t("track.unit", unit=page.pick(tracked.unit_zh, tracked.unit_en))
    if name == "handled":
        words = page.t("track.note", note=step.note) if step.note else ""
        photos = _photos(tracked, "before", step.id) + _photos(tracked, "after", step.id)
    return Stage(name, "done", step.at, words, photos)


def _awaited(name: str, standing: str, tracked: Tracking, page: Page) -> str:
    if standing == "now" and tracked.state == State.SUSPENDED:
        return page.t("track.suspended")
    if name == "closed" and tracked.may_confirm:
        return page.t("confirm.awaited")
    return page.t("track.rework") if name == "handled" and tracked.rework_count else ""


def _last(steps: list[TrackedStep], *moves: Move) -> TrackedStep | None:
    """The latest step of these moves."""
    later = list(takewhile(lambda step: step.move not in moves, reversed(steps)))
    return steps[-len(later) - 1] if len(later) < len(steps) else None


def _photos(tracked: Tracking, role: str, step_id: int | None = None) -> tuple[PhotoView, ...]:
    return tuple(photo for photo in tracked.photos if photo.role == role and step_id in (None, photo.step_id))
