"""Who stays silent: reminded half-way to the deadline, at the deadline the deputy hears of it, half as long after it
the heads of the area, and as long again the commander gets a list of numbers to call.

A step of a person is a row, written once: however often the job runs and by however many workers, nobody is reminded
twice and no head hears of it twice. Whoever answers meanwhile is on no step that comes later.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import asyncpg
import msgspec

from backend import db
from backend.emergencies.events import BroadcastUnanswered
from backend.emergencies.structs import LadderStep
from backend.events import service as events
from backend.sql import sql

SHARES: dict[LadderStep, float] = {
    LadderStep.REMIND: 0.5,
    LadderStep.DEPUTY: 1.0,
    LadderStep.HEAD: 1.5,
    LadderStep.CALL: 2.0,
}
"""Of the time to answer, when each step is reached."""
_ESCALATE = """
    INSERT INTO receipt_step (receipt_id, step, at)
    SELECT r.id, due.step, :now
    FROM emergency e JOIN broadcast b ON b.emergency_id = e.id
    JOIN broadcast_receipt r ON r.broadcast_id = b.id AND r.answered_at IS NULL
    CROSS JOIN unnest(:steps::text[], :shares::float8[]) AS due (step, share)
    WHERE e.ended_at IS NULL AND b.sent_at + (b.answer_by - b.sent_at) * due.share <= :now
      AND NOT EXISTS (SELECT FROM receipt_step s WHERE s.receipt_id = r.id AND s.step = due.step)
    ON CONFLICT ON CONSTRAINT receipt_step_once DO NOTHING RETURNING receipt_id, step
"""
_ABOUT = """
    SELECT r.id, r.account_id, b.id AS broadcast_id, b.emergency_id, b.text, b.answer_by, b.commander_id, b.deputy_id,
           b.sent_by_id, e.area_code, e.kind, coalesce(area.name, e.area_code) AS area_zh,
           (SELECT count(*) FROM broadcast_receipt x WHERE x.broadcast_id = b.id) AS people,
           (SELECT count(*) FROM broadcast_receipt x WHERE x.broadcast_id = b.id AND x.answered_at IS NULL) AS silent
    FROM broadcast_receipt r JOIN broadcast b ON b.id = r.broadcast_id JOIN emergency e ON e.id = b.emergency_id
    LEFT JOIN area ON area.code = e.area_code WHERE r.id = ANY($1::bigint[])
"""


def due_at(sent_at: datetime, answer_by: datetime, step: LadderStep) -> datetime:
    """When a step is reached by somebody who stays silent. Pure; the statement says the same, which a test holds."""
    return sent_at + (answer_by - sent_at) * SHARES[step]


async def escalate(now: datetime) -> int:
    """Take every step that is due. Returns how many persons took one. Several workers may do so at once."""
    async with db.transaction():
        steps = await db.fetch(
            sql(_ESCALATE, now=now, steps=[step.value for step in SHARES], shares=list(SHARES.values()))
        )
        if steps:
            await events.record(*await _facts(steps))
    return len(steps)


async def _facts(steps: Sequence[asyncpg.Record]) -> list[BroadcastUnanswered]:
    """One for each broadcast and step, of all who took it."""
    about = {row["id"]: row for row in await db.fetch(_ABOUT, [row["receipt_id"] for row in steps])}
    taken: dict[tuple[int, LadderStep], list[asyncpg.Record]] = defaultdict(list)
    for row in steps:
        receipt = about[row["receipt_id"]]
        taken[receipt["broadcast_id"], LadderStep(row["step"])].append(receipt)
    return [_fact(step, them) for (_, step), them in sorted(taken.items())]


def _fact(step: LadderStep, silent: Sequence[asyncpg.Record]) -> BroadcastUnanswered:
    first = silent[0]
    leaders = {
        LadderStep.DEPUTY: (first["deputy_id"] or first["sent_by_id"],),
        LadderStep.CALL: (first["commander_id"],),
    }
    named = {name: first[name] for name in ("emergency_id", "area_code", "kind", "area_zh", "text", "answer_by")}
    return msgspec.convert(
        {
            **named,
            "subject_id": first["broadcast_id"],
            "account_ids": tuple(sorted(row["account_id"] for row in silent)),
            "step": step.value,
            "silent": first["silent"],
            "people": first["people"],
            "leader_ids": leaders.get(step, ()),
            "is_urgent": True,
        },
        BroadcastUnanswered,
    )
