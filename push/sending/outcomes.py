"""Write down what came of attempts: the next attempt, the next way, or the end of a delivery."""

from collections.abc import Sequence
from datetime import datetime

import asyncpg
import msgspec

from backend import db
from backend.sql import sql
from push.channels import Channel
from push.gateways import Outcome, Result
from push.sending import retries
from push.sending.claims import Claim

_WRITE = """
    UPDATE message_delivery d
       SET state = w.state, next_at = w.next_at, claimed_until = NULL, outcome = w.outcome, code = left(w.code, 60),
           detail = left(w.detail, 500), vendor_id = left(w.vendor_id, 128), carried_by_id = w.carried_by_id,
           attempts = d.attempts - CASE WHEN w.outcome = 'broken' THEN 1 ELSE 0 END,
           sent_at = CASE WHEN w.state = 'sent' THEN :now ELSE d.sent_at END,
           ended_at = CASE WHEN w.state IN ('seen', 'failed', 'gave_up') THEN :now END
      FROM jsonb_to_recordset(:rows::jsonb) AS w
           (id bigint, state text, next_at timestamptz, outcome text, code text, detail text, vendor_id text,
            carried_by_id bigint)
     WHERE d.id = w.id AND d.state = 'queued'
    RETURNING d.id, d.message_id, d.stage,
              w.state IN ('failed', 'gave_up') OR (w.outcome = 'broken' AND d.is_urgent) AS is_lost
"""
# The next way of messages that did not get through on this one, unless another phone of this stage has them.
_NEXT_WAY = """
    UPDATE message_delivery d SET next_at = least(d.next_at, $3) WHERE d.id IN (
        SELECT next.id FROM unnest($1::bigint[], $2::smallint[]) AS lost (message_id, stage)
         CROSS JOIN LATERAL (
            SELECT o.id FROM message_delivery o
             WHERE o.message_id = lost.message_id AND o.stage >= lost.stage AND o.state = 'queued'
               AND o.claimed_until IS NULL AND o.id <> ALL($4::bigint[])
             ORDER BY o.stage, o.position, o.id LIMIT 1) next
         WHERE NOT EXISTS (SELECT FROM message_delivery taken
             WHERE taken.message_id = lost.message_id AND taken.stage >= lost.stage
               AND (taken.state IN ('sent', 'delivered', 'seen') OR taken.claimed_until IS NOT NULL)))
    RETURNING d.message_id
"""
# What rests with its channel stands by, once the message goes another way: else it would come twice.
_STAND_BY = """
    UPDATE message_delivery SET next_at = 'infinity'
    WHERE id = ANY($1::bigint[]) AND message_id = ANY($2::bigint[]) AND state = 'queued'
"""
_FORGET = "DELETE FROM device WHERE id = ANY($1::bigint[])"
_PAUSE = """
    UPDATE gateway SET paused_until = $2, paused_for = left($3, 200)
    WHERE channel = $1 AND (paused_until IS NULL OR paused_until <= $4)
    RETURNING true
"""
_RESUME = "UPDATE gateway SET paused_until = NULL, paused_for = '' WHERE channel = $1 AND paused_until IS NOT NULL"


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """What a delivery becomes."""

    id: int
    state: str
    next_at: datetime | None = None
    outcome: str = ""
    code: str = ""
    detail: str = ""
    vendor_id: str = ""
    carried_by_id: int | None = None


async def write(channel: Channel, sent: Sequence[tuple[Sequence[Claim], Row]], now: datetime) -> bool:
    """Write what became of groups of claims, in one transaction. Whether the channel was paused by it."""
    rows = [msgspec.to_builtins(_of_group(row, claim, group)) for group, row in sent for claim in group]
    dead = [claim.device_id for group, row in sent if row.outcome == Outcome.UNREACHABLE for claim in group]
    broken = next((row for _, row in sent if row.outcome == Outcome.BROKEN), None)
    async with db.transaction():
        written = await db.fetch(sql(_WRITE, rows=msgspec.json.encode(rows).decode(), now=now))
        if lost := [row for row in written if row["is_lost"]]:
            await go_another_way(lost, now)
        if devices := [device for device in dead if device is not None]:
            await db.execute(_FORGET, devices)
        if broken is None:
            if any(row.outcome == Outcome.SENT for _, row in sent):
                await db.execute(_RESUME, channel)
            return False
        words = f"{broken.code} {broken.detail}".strip()
        return bool(await db.fetchval(_PAUSE, channel, now + retries.PAUSE, words, now))


async def go_another_way(lost: Sequence[asyncpg.Record], now: datetime) -> None:
    """Let what was lost on one way go by the next. Rows of `id`, `message_id`, `stage`; within a transaction."""
    ways = sorted({(row["message_id"], row["stage"]) for row in lost})
    ids = [row["id"] for row in lost]
    found = await db.fetch(_NEXT_WAY, *map(list, zip(*ways, strict=True)), now, ids)
    await db.execute(_STAND_BY, ids, [row["message_id"] for row in found])


def judge(claim: Claim, result: Result, now: datetime, *, repeats_safely: bool) -> Row:
    """What a claim becomes by what the gateway answered. Pure."""
    match result.outcome:
        case Outcome.SENT:
            return _row(claim, result, "sent")
        case Outcome.BROKEN:
            return _row(claim, result, "queued", now + retries.PAUSE)
        case Outcome.REFUSED | Outcome.UNREACHABLE | Outcome.NO_CREDIT:
            return _row(claim, result, "failed")
        case Outcome.UNKNOWN if not repeats_safely:
            return _row(claim, result, "failed")
    if retries.is_last(claim.attempts):
        return _row(claim, result, "gave_up")
    return _row(claim, result, "queued", now + retries.retry_in(claim.attempts, result.retry_after_s))


def before_sending(claim: Claim, now: datetime, *, repeats_safely: bool) -> Row | None:
    """What a claim becomes without being sent; None when it is to be sent. Pure."""
    if claim.is_seen:
        return Row(id=claim.id, state="seen", outcome="seen")
    if claim.address is None:
        return Row(id=claim.id, state="failed", outcome="no_address")
    if claim.valid_until is not None and claim.valid_until <= now:
        return Row(id=claim.id, state="failed", outcome="too_late")
    if claim.is_taken_over and not repeats_safely:
        return Row(id=claim.id, state="failed", outcome=Outcome.UNKNOWN.value, code="worker-lost")
    if claim.attempts > retries.ATTEMPTS_MAX:
        return Row(id=claim.id, state="gave_up", outcome="poison", code="worker-lost")
    return None


def _row(claim: Claim, result: Result, state: str, next_at: datetime | None = None) -> Row:
    return Row(
        id=claim.id,
        state=state,
        next_at=next_at,
        outcome=result.outcome.value,
        code=result.code,
        detail=result.detail,
        vendor_id=result.vendor_id,
    )


def _of_group(row: Row, claim: Claim, group: Sequence[Claim]) -> Row:
    """The row of one of a group: what the one that was sent became, and by which it was carried."""
    carrier = group[-1].id
    return msgspec.structs.replace(row, id=claim.id, carried_by_id=None if claim.id == carrier else carrier)
