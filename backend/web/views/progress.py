"""The tracking page's story: what has happened, what is awaited, what comes after; told without any person's name.

An order that was reopened has several rounds: of an earlier one its end is told, of the present one each stage. What
the reader said stands where it was said.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from backend.orders.model.states import State, Transition
from backend.orders.reads.views import OrderPhoto
from backend.reports.structs import TrackedStep, Tracking
from backend.web.views.page import PageContext

_CLOSING = (Transition.PASS, Transition.AUTO_PASS, Transition.CONFIRM, Transition.SELF_HANDLE, Transition.SOURCE_PASS)
_ORDER = (
    ("dispatched", (Transition.OPEN,), State.DISPATCHED),
    ("accepted", (Transition.ACCEPT, Transition.GRAB), State.ACCEPTED),
    ("arrived", (Transition.CHECK_IN,), State.ON_SITE),
    ("handled", (Transition.FINISH,), State.HANDLED),
    ("closed", _CLOSING, State.CLOSED),
)
_ENDS = (_ORDER[3], _ORDER[4])
_OWN = {
    Transition.URGE: "urged",
    Transition.RATE: "rated",
    Transition.OBJECT: "objected",
    Transition.DISPUTE: "disputed",
}
"""What a reporter says besides: one line of the story each."""


@dataclass(frozen=True, slots=True)
class ProgressStep:
    name: str
    standing: str
    """`done`, `now` for what is awaited, `next` for what comes after."""
    at: datetime | None = None
    words: str = ""
    said: str = ""
    """The reader's own words."""
    photos: tuple[OrderPhoto, ...] = ()


_STANDS_AT = {state: position for position, (_, _, state) in enumerate(_ORDER)} | {
    State.OFFERED: 0,
    State.SUSPENDED: 1,
    State.CANCELLED: 4,
}


def progress_of(tracked: Tracking, page: PageContext) -> list[ProgressStep]:
    """The stages in order; what was never needed, such as a check-in, is left out once it has been passed."""
    *earlier, present = _rounds(tracked.steps)
    past = [stage for steps in earlier for stage in _past_round(steps, tracked, page)]
    done, ahead = _present_round(present, tracked, page)
    own = [_said(step, page) for step in tracked.steps if step.is_own and step.move in _OWN]
    story = sorted([*past, *done, *own], key=lambda stage: stage.at or tracked.opened_at)
    photos = _photos(tracked, "report")
    received = ProgressStep("received", "done", tracked.received_at, said=tracked.description, photos=photos)
    return [received, *story, *ahead]


def _rounds(steps: list[TrackedStep]) -> list[list[TrackedStep]]:
    """The steps of each round; each but the last ends with the step that reopened the order."""
    rounds: list[list[TrackedStep]] = [[]]
    for step in steps:
        rounds[-1].append(step)
        if step.move == Transition.REOPEN:
            rounds.append([])
    return rounds


def _past_round(steps: list[TrackedStep], tracked: Tracking, page: PageContext) -> list[ProgressStep]:
    found = [(name, _last(steps, *moves)) for name, moves, _ in _ENDS]
    ends = [_stage_of(name, step, tracked, page) for name, step in found if step is not None]
    reopened = steps[-1]
    name = "reopened_own" if reopened.is_own else "reopened"
    return [*ends, ProgressStep(name, "done", reopened.at, said=reopened.note)]


def _present_round(
    steps: list[TrackedStep], tracked: Tracking, page: PageContext
) -> tuple[list[ProgressStep], list[ProgressStep]]:
    """What has been done, and what is awaited or comes after."""
    reached = _STANDS_AT.get(State(tracked.state), 0)
    done, ahead = list[ProgressStep](), list[ProgressStep]()
    for position, (name, moves, _) in enumerate(_ORDER):
        step = _last(steps, *moves)
        if position > reached:
            standing = "now" if position == reached + 1 else "next"
            ahead.append(ProgressStep(name, standing, words=_awaited(name, standing, tracked, page)))
        elif step is not None:
            done.append(_stage_of(name, step, tracked, page))
    cancelled = _last(steps, Transition.CANCEL)
    if cancelled:
        done.append(ProgressStep("cancelled", "done", cancelled.at, cancelled.note))
    return done, ahead


def _stage_of(name: str, step: TrackedStep, tracked: Tracking, page: PageContext) -> ProgressStep:
    words, photos = "", ()
    if name == "dispatched" and tracked.unit_zh:
        key = "track.offered" if tracked.state == State.OFFERED else "track.unit"
        words = page.t(key, unit=page.pick(tracked.unit_zh, tracked.unit_en))
    if name == "handled":
        words = (
            page.t("track.answer" if tracked.ends_with_answer else "track.note", note=step.note) if step.note else ""
        )
        photos = _photos(tracked, "before", step.id) + _photos(tracked, "after", step.id)
    return ProgressStep(name, "done", step.at, words, photos=photos)


def _said(step: TrackedStep, page: PageContext) -> ProgressStep:
    words = f"{step.score} {page.t('unit.points')} · {page.t(f'rate.{step.score}')}" if step.score else ""
    return ProgressStep(_OWN[Transition(step.move)], "done", step.at, words, step.note)


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
