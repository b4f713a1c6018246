"""An order and what became of it, move by move, by the table of transitions and the clocks of its terms. Pure."""

from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from backend.events.facts import Fact
from backend.orders.deadlines import plan
from backend.orders.deadlines.effects import CLOCK_STEP
from backend.orders.deadlines.plan import Terms
from backend.orders.deadlines.stages import Pause, PauseKind, Stage, Timeline
from backend.orders.model import rules
from backend.orders.model.sources import WITH_LAST_WORD
from backend.orders.model.states import State, Transition
from backend.orders.model.transition_table import rule_of
from backend.orders.past.news import fact_of

_DISPATCHES = (Transition.RETURN, Transition.REASSIGN, Transition.PASS_ON, Transition.HAND_OVER)
_FAILS = (Transition.REWORK, Transition.SOURCE_REWORK)
_TIMES = frozenset(Timeline.__struct_fields__) - {"pauses"}


class LifeActor(NamedTuple):
    """Who made a move, in which role. No account: the system."""

    account_id: int | None
    role: str = rules.SYSTEM


class LifeBeginning(msgspec.Struct, frozen=True, kw_only=True):
    """An order as it was opened. WGS-84. `label`: what its place is called."""

    id: int
    number: str
    item_code: str
    item_zh: str
    item_en: str
    priority: str
    place_id: int | None
    area_code: str
    grid_code: str
    lng: float
    lat: float
    label: str
    description: str
    source_kind: str
    opened_by: LifeActor
    unit_id: int | None
    opened_at: datetime
    terms: Terms
    radius_m: int
    is_invented: bool = False


class LifeStep(msgspec.Struct, kw_only=True):
    """A row of the order's steps. `id` is drawn when it is written."""

    order_id: int
    move: str
    from_state: str | None
    to_state: str
    actor_id: int | None
    actor_role: str
    at: datetime
    note: str = ""
    detail: dict[str, Any] = {}
    id: int = 0


class OrderLife:
    """What an order is now, and every row that its life left. Raises ValueError for a move that its state forbids."""

    def __init__(self, beginning: LifeBeginning) -> None:
        self.beginning = beginning
        due = plan.at_opening(beginning.opened_at, beginning.terms)
        self.values: dict[str, Any] = dict.fromkeys(COLUMNS) | {
            "state": State.DISPATCHED,
            "version": 1,
            "changed_version": 1,
            "rework_count": 0,
            "hop_count": 0,
            "reopen_count": 0,
            "unit_id": beginning.unit_id,
            "opened_at": beginning.opened_at,
            **msgspec.structs.asdict(due),
        }
        self.steps: list[LifeStep] = []
        self.facts: list[tuple[datetime, Fact]] = []
        self.pauses: list[tuple[Pause, int | None, str]] = []
        """With who granted them, and why."""
        self.check_ins: list[tuple[LifeStep, float]] = []
        self.requests: list[dict[str, Any]] = []
        self.verdicts: list[tuple[LifeStep, str, int | None, int]] = []
        """The step, what was said, the stars, and in which round."""
        self.calls: list[dict[str, Any]] = []
        self.followers: list[dict[str, Any]] = []
        detail = {"is_invented": True} if beginning.is_invented else {}
        opener, at = beginning.opened_by, beginning.opened_at
        self._append(Transition.OPEN, None, opener, at, "", detail)
        self._record("open", at, opener, respond_by=due.respond_by, resolve_by=due.resolve_by)

    @property
    def state(self) -> State:
        return self.values["state"]

    @property
    def source_cases(self) -> int:
        return int(self.beginning.source_kind in WITH_LAST_WORD)

    def move(
        self,
        move: Transition,
        at: datetime,
        by: LifeActor,
        *,
        note: str = "",
        detail: dict[str, Any] | None = None,
        changes: dict[str, Any] | None = None,
        **said: Any,
    ) -> LifeStep:
        """Make a move. `changes`: of the order's columns; `said`: what the fact says besides."""
        rule, before = rule_of(move), self.state
        if before not in rule.sources:
            raise ValueError(f"{move} from {before}")
        self.values |= dict.fromkeys(rule.clears) | dict.fromkeys(rule.stamps, at) | (changes or {})
        self.values["state"] = rule.target or before
        self.values["version"] += 1
        if not rule.is_aside:
            self.values["changed_version"] = self.values["version"]
        step = self._append(move, before, by, at, note, detail or {})
        self._follow(move, at, by, note, said)
        if move is Transition.URGE:
            said["note"] = note
        self._record(move, at, by, **said)
        return step

    def _follow(self, move: Transition, at: datetime, by: LifeActor, note: str, said: dict[str, Any]) -> None:
        """The clocks follow the move."""
        if move is Transition.FINISH:
            self.values["verify_by"] = self._planned().get(Stage.VERIFY)
        elif move in _FAILS:
            self._pause(PauseKind.VERIFICATION, self._finished_at(), at, by)
            self.values["verify_by"] = None
            self._recount("rework", at, by)
        elif move in _DISPATCHES:
            self.values["dispatched_at"] = at
            self._recount("redispatch", at, by)
        elif move is Transition.GRANT_EXTENSION:
            self._pause(PauseKind.EXTENSION, at, at, by, note, minutes=said.pop("minutes"))
            self._recount("extension", at, by)
        elif move in (Transition.GRANT_SUSPENSION, Transition.MERGE):
            self._pause(PauseKind.SUSPENSION, at, None, by, note)
        elif move is Transition.RESUME:
            pause, granted_by, why = self.pauses.pop()
            self.pauses.append((msgspec.structs.replace(pause, ends_at=at), granted_by, why))
            self._recount("suspension", at, by)
        elif move is Transition.REOPEN:
            self.values |= {"clock_from": at, "verify_by": None}
            self._recount("reopen", at, by)
        elif move is Transition.FIRST_PASS and self.source_cases:
            self.values |= {"referred_at": at, "verify_by": None}

    def _finished_at(self) -> datetime:
        return max(step.at for step in self.steps if step.move == Transition.FINISH)

    def _pause(
        self, kind: PauseKind, start: datetime, end: datetime | None, by: LifeActor, why: str = "", **more: int
    ) -> None:
        self.pauses.append((Pause(kind=kind, starts_at=start, ends_at=end, **more), by.account_id, why))

    def _planned(self) -> dict[Stage, datetime]:
        times = {name: self.values[name] for name in _TIMES}
        line = Timeline(**times, pauses=[pause for pause, _, _ in self.pauses])
        return plan.replan(line, self.beginning.terms)

    def _recount(self, cause: str, at: datetime, by: LifeActor) -> None:
        """Deadlines of stages that go on are counted anew; what changed leaves a step."""
        planned = {f"{stage}_by": due for stage, due in self._planned().items()}
        changed = {name: due for name, due in planned.items() if self.values[name] != due}
        if not changed:
            return
        deadlines = {name.removesuffix("_by"): (self.values[name], due) for name, due in changed.items()}
        self.values |= changed
        detail = {"cause": cause, "deadlines": deadlines}
        self._append(CLOCK_STEP, self.state, by._replace(role=rules.SYSTEM), at, "", detail)

    def _append(
        self, move: str, before: State | None, by: LifeActor, at: datetime, note: str, detail: dict[str, Any]
    ) -> LifeStep:
        step = LifeStep(
            order_id=self.beginning.id,
            move=move,
            from_state=before,
            to_state=self.state,
            actor_id=by.account_id,
            actor_role=by.role,
            at=at,
            note=note,
            detail=detail,
        )
        self.steps.append(step)
        return step

    def _record(self, move: str, at: datetime, by: LifeActor, **said: Any) -> None:
        if (fact := fact_of(move, self.beginning, self.values, by.account_id, said)) is not None:
            self.facts.append((at, fact))


COLUMNS = (
    *("state", "version", "changed_version", "unit_id", "handler_id", "opened_at", "respond_by", "resolve_by"),
    *("arrive_by", "safe_by", "verify_by", "clock_from", "dispatched_at", "accepted_at", "arrived_at", "finished_at"),
    *("closed_at", "made_safe_at", "cancelled_at", "rework_count", "hop_count", "reopen_count", "merged_into_id"),
    *("rating", "referred_at", "source_agreed_at"),
)
"""What changes in the life of an order."""
