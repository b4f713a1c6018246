"""The stages that have a limit, when each begins, and which of them run. Pure.

Respond and arrive begin when the order is dispatched, again when it is dispatched again; made-safe and resolve begin
when it is opened, again when it is reopened; verify begins when the handler has finished, and ends where the source of
the case is asked, which has the last word and no limit of ours.
"""

from datetime import datetime
from enum import StrEnum

import msgspec

from backend.orders.model.states import State


class Stage(StrEnum):
    RESPOND = "respond"
    ARRIVE = "arrive"
    SAFE = "safe"
    RESOLVE = "resolve"
    VERIFY = "verify"


class PauseKind(StrEnum):
    SUSPENSION = "suspension"
    """挂账: nothing counts until it is resumed."""
    VERIFICATION = "verification"
    """The time in which somebody else looked at the fix, when the fix then failed."""
    EXTENSION = "extension"
    """延期: minutes on top of what is left to arrive and to resolve; it stops no clock."""


class Pause(msgspec.Struct, frozen=True, kw_only=True):
    kind: PauseKind
    starts_at: datetime
    ends_at: datetime | None = None
    minutes: int | None = None


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """What the clocks look at in an order."""

    state: State
    opened_at: datetime
    clock_from: datetime | None = None
    dispatched_at: datetime | None = None
    accepted_at: datetime | None = None
    arrived_at: datetime | None = None
    made_safe_at: datetime | None = None
    finished_at: datetime | None = None
    referred_at: datetime | None = None
    respond_by: datetime | None = None
    arrive_by: datetime | None = None
    safe_by: datetime | None = None
    resolve_by: datetime | None = None
    verify_by: datetime | None = None
    pauses: list[Pause] = []

    def due_by(self, stage: Stage) -> datetime | None:
        return getattr(self, f"{stage}_by")

    @property
    def stopping(self) -> list[Pause]:
        """The pauses in which nothing counts."""
        return [pause for pause in self.pauses if pause.kind is not PauseKind.EXTENSION]

    def extensions_of(self, stage: "Stage") -> list[Pause]:
        """The extensions that count for a stage: those granted since it last began, for the limits that they move."""
        begun = start_of(self, stage)
        if begun is None or stage not in EXTENDED:
            return []
        return [pause for pause in self.pauses if pause.kind is PauseKind.EXTENSION and pause.starts_at >= begun]


EXTENDED = (Stage.ARRIVE, Stage.RESOLVE)
"""Whoever is granted more time before being there has it for getting there, too. Danger waits for nobody.

What is over keeps its deadline, so that of an order on which somebody has arrived only the end moves.
"""
_UNTAKEN = (State.OFFERED, State.DISPATCHED)
_BEFORE_ARRIVAL = (*_UNTAKEN, State.ACCEPTED)
_BEFORE_DONE = (*_BEFORE_ARRIVAL, State.ON_SITE)


def start_of(order: Timeline, stage: Stage) -> datetime | None:
    """When a stage began; None while it has not."""
    if stage is Stage.VERIFY:
        return order.finished_at
    begun = order.clock_from or order.opened_at
    if stage in (Stage.SAFE, Stage.RESOLVE):
        return begun
    return max(begun, order.dispatched_at or begun)


def ended_at(order: Timeline, stage: Stage) -> datetime | None:
    """When a stage was reached; None while it runs. A stage that is over keeps its deadline."""
    reached = {
        Stage.RESPOND: order.accepted_at,
        Stage.ARRIVE: order.arrived_at,
        Stage.SAFE: order.made_safe_at,
        Stage.RESOLVE: order.finished_at,
        Stage.VERIFY: order.referred_at,
    }
    return reached.get(stage)


def is_running(order: Timeline, stage: Stage) -> bool:
    """Whether somebody is still to keep this limit."""
    if stage is Stage.VERIFY:
        return order.state is State.HANDLED and order.referred_at is None
    states = {Stage.RESPOND: _UNTAKEN, Stage.ARRIVE: _BEFORE_ARRIVAL}.get(stage, _BEFORE_DONE)
    return order.state in states and ended_at(order, stage) is None


def round_of(order: Timeline, stage: Stage) -> datetime | None:
    """The instant that tells one round of the escalation from the next: a new beginning, or time granted on top."""
    begun = start_of(order, stage)
    if begun is None:
        return begun
    return max([begun, *(extension.starts_at for extension in order.extensions_of(stage))])
