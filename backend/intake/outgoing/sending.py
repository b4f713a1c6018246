"""Send what waits for an endpoint, one after the other, in the order of each record; stop where it is away.

One worker at a time speaks with an endpoint: it holds a lease, and no transaction is open while it waits for an answer.
A worker that dies in between sends again, under the same webhook-id, by which a receiver knows it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import asyncpg

from backend import db, logs
from backend.intake.outgoing import addresses, retries
from backend.intake.outgoing.endpoints import secrets_of
from backend.intake.outgoing.errors import AddressRefused
from backend.intake.outgoing.posting import PostAnswer, Poster
from backend.intake.outgoing.retries import SendResult
from backend.intake.runtime import current_runtime
from backend.intake.sources import signatures
from backend.sql import sql

log = logs.get_logger()
LEASE = timedelta(seconds=60)
_MOST = 500
_LEASE = """
    UPDATE webhook_endpoint SET leased_until = :until
    WHERE id = :endpoint_id AND is_on AND (leased_until IS NULL OR leased_until < :now)
      AND (next_at IS NULL OR next_at <= :now)
    RETURNING id, source_id, url, secret, former_secret, former_until, failures
"""
_RENEW = "UPDATE webhook_endpoint SET leased_until = $3 WHERE id = $1 AND leased_until = $2 RETURNING id"
_RELEASE = "UPDATE webhook_endpoint SET leased_until = NULL WHERE id = $1 AND leased_until = $2"
_NEXT = """
    SELECT d.id, d.webhook_id, d.body, d.attempts FROM webhook_delivery d
    WHERE d.endpoint_id = $1 AND d.state = 'waiting' AND d.next_at <= $2 AND NOT EXISTS (
        SELECT FROM webhook_delivery earlier
        WHERE earlier.endpoint_id = d.endpoint_id AND earlier.record_id = d.record_id AND earlier.state = 'waiting'
          AND earlier.id < d.id)
    ORDER BY d.id LIMIT 1
"""
_ENDED = """
    UPDATE webhook_delivery SET state = :state, attempts = attempts + 1, ended_at = :now, last_status = :status,
        last_error = :error
    WHERE id = :id AND state = 'waiting'
"""
_AGAIN = """
    UPDATE webhook_delivery SET attempts = attempts + :cost, next_at = :next_at, last_status = :status,
        last_error = :error
    WHERE id = :id AND state = 'waiting'
"""
_WELL = "UPDATE webhook_endpoint SET failures = 0, next_at = NULL WHERE id = $1 AND failures > 0"
_AWAY = "UPDATE webhook_endpoint SET failures = failures + 1, next_at = $2 WHERE id = $1"
_STOP = "UPDATE webhook_endpoint SET is_on = false, stopped_for = $2 WHERE id = $1"


async def send(endpoint_id: int, clock: Callable[[], datetime]) -> int:
    """Send what waits for it now. Returns how many were delivered; 0 where another worker speaks with it."""
    now = clock()
    until = now + LEASE
    endpoint = await db.fetchrow(sql(_LEASE, endpoint_id=endpoint_id, now=now, until=until))
    if endpoint is None:
        return 0
    delivered = 0
    try:
        async with Poster() as poster:
            for _ in range(_MOST):
                result = await _send_next(endpoint, poster, clock())
                if result is SendResult.DELIVERED:
                    delivered += 1
                elif result is not SendResult.REFUSED:
                    break
                renewed = clock() + LEASE
                if await db.fetchval(_RENEW, endpoint_id, until, renewed) is None:
                    break
                until = renewed
    finally:
        await db.execute(_RELEASE, endpoint_id, until)
    return delivered


async def _send_next(endpoint: asyncpg.Record, poster: Poster, now: datetime) -> SendResult | None:
    """None where nothing waits that may go now."""
    delivery = await db.fetchrow(_NEXT, endpoint["id"], now)
    if delivery is None:
        return None
    answer = await _post(endpoint, delivery, poster, now)
    await _note(endpoint["id"], delivery, answer, now)
    return answer.result


async def _post(endpoint: asyncpg.Record, delivery: asyncpg.Record, poster: Poster, now: datetime) -> PostAnswer:
    runtime = current_runtime()
    try:
        target = await addresses.find_target(endpoint["url"], runtime.webhook_networks)
    except AddressRefused as refused:
        return PostAnswer(SendResult.AWAY, error=str(refused.extra["why"]))
    body: str = delivery["body"]
    signed: dict[str, str] = {}
    for secret in secrets_of(endpoint, runtime.seal, now):
        own = signatures.sign(secret, delivery["webhook_id"], now, body.encode())
        before = signed.get("webhook-signature")
        signed = own | ({"webhook-signature": f"{before} {own['webhook-signature']}"} if before else {})
    return await poster.post(target, body, signed)


async def _note(endpoint_id: int, delivery: asyncpg.Record, answer: PostAnswer, now: datetime) -> None:
    said = {"id": delivery["id"], "status": answer.status, "error": answer.error}
    attempts = delivery["attempts"] + 1
    async with db.transaction():
        match answer.result:
            case SendResult.DELIVERED:
                await db.execute(sql(_ENDED, state="delivered", now=now, **said))
                await db.execute(_WELL, endpoint_id)
            case SendResult.REFUSED if attempts >= retries.ATTEMPTS_MOST:
                await db.execute(sql(_ENDED, state="given_up", now=now, **said))
            case SendResult.REFUSED:
                await db.execute(sql(_AGAIN, cost=1, next_at=now + retries.pause(attempts), **said))
            case SendResult.AWAY:
                failures = await db.fetchval("SELECT failures FROM webhook_endpoint WHERE id = $1", endpoint_id)
                await db.execute(sql(_AGAIN, cost=0, next_at=now, **said))
                await db.execute(_AWAY, endpoint_id, now + retries.pause(failures + 1))
            case SendResult.GONE:
                await db.execute(_STOP, endpoint_id, "gone")
    if answer.result is not SendResult.DELIVERED:
        log.warning("webhook_not_delivered", endpoint=endpoint_id, result=answer.result.value, **_reason(answer))


def _reason(answer: PostAnswer) -> dict[str, object]:
    return {"status": answer.status, "error": answer.error}
