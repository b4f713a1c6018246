"""The trunk's jobs: those that are enqueued, and those that the clock starts. The callers hand in the time."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import msgspec
import structlog

from backend.jobs.runner import Handler, Timed
from backend.orders.arrivals import retention
from backend.orders.assignment import handing_back, handing_over, passing_on, rezoning
from backend.orders.assignment.handing_back import HandBack
from backend.orders.deadlines import recount
from backend.orders.deadlines.escalation import escalating
from backend.orders.deadlines.recount import Recount
from backend.orders.pool import ending

log = structlog.get_logger(__name__)

EACH_MINUTE = "* * * * *"


def enqueued(now: Callable[[], datetime]) -> dict[str, Handler]:
    """Jobs by name."""

    async def run_recount(payload: Any) -> None:
        await recount.run(msgspec.convert(payload, Recount), now())

    async def hand_over_from(payload: Any) -> None:
        await handing_over.hand_over_from(msgspec.convert(payload, int), now())

    async def hand_back(payload: Any) -> None:
        await handing_back.run(msgspec.convert(payload, HandBack), now())

    async def wake_ladders(payload: Any) -> None:
        await escalating.wake(msgspec.convert(payload, str))

    return {
        recount.JOB: run_recount,
        handing_over.JOB: hand_over_from,
        handing_back.JOB: hand_back,
        escalating.WAKE_JOB: wake_ladders,
    }


def timed(fixes_for: timedelta, now: Callable[[], datetime]) -> dict[str, Timed]:
    """Jobs that the clock starts, cron in UTC. `fixes_for`: how long raw fixes are kept once an order has ended."""

    async def escalate() -> None:
        await escalating.escalate_due(now())

    async def fall_unaccepted() -> None:
        await passing_on.pass_on_unaccepted(now())

    async def end_offers() -> None:
        await ending.end_overdue(now())

    async def hand_over() -> None:
        await handing_over.hand_over(now())

    async def thin_fixes() -> None:
        done = await retention.prune_fixes(fixes_for, now(), is_dry_run=False)
        log.info("fixes_thinned", **msgspec.structs.asdict(done))

    async def rezone() -> None:
        await rezoning.rezone(now())

    return {
        "orders.end_offers": Timed(EACH_MINUTE, end_offers),
        "orders.escalate": Timed(EACH_MINUTE, escalate),
        "orders.fall_unaccepted": Timed(EACH_MINUTE, fall_unaccepted),
        "orders.hand_over": Timed(EACH_MINUTE, hand_over),
        "orders.rezone": Timed("20 18 * * *", rezone),
        "orders.thin_fixes": Timed("50 18 * * *", thin_fixes),
    }
