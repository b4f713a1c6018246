"""Tell the platform what waits, one message after the other: what could not be sent holds up those behind it.

The number of a message is the same with every try, so that a platform that has it already knows it again. Nothing is
lost by a process that dies: the row waits until the platform has said that it has it.
"""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

import httpx
import msgspec

from backend import db, http_client, logs
from backend.intake.hotline import endpoints, recording, tasks
from backend.intake.hotline.endpoints import SendingAddress
from backend.intake.hotline.events import ExchangeRefused
from backend.intake.hotline.messages import ActMessage, Outgoing, WireVerdict
from backend.intake.hotline.source_secrets import open_secrets
from backend.intake.runtime import IntakeRuntime
from backend.intake.sources import queries as sources
from backend.intake.sources import signatures
from backend.orders.reads.detail import list_steps
from media import queries as media
from media.structs import PhotoSubject, SubjectKind

_TIMEOUT = httpx.Timeout(15.0, connect=4.0)
_PATIENCE_S, _ANSWER_MOST = 30.0, 64_000
"""For the whole of an answer, well within `endpoints.HELD_FOR`; and its bytes, for it says a word."""
_ERROR_CHARS = 200
_HEAD = """
    SELECT id, task_id, exchange_no, body::text AS body FROM hotline_exchange
    WHERE source_id = $1 AND state = 'queued' ORDER BY id LIMIT 1
"""
_TAKEN = """
    UPDATE hotline_exchange SET state = $2, tries = tries + 1, error = $3, ended_at = $4
    WHERE id = $1 AND state = 'queued'
"""
_TRIED = "UPDATE hotline_exchange SET tries = tries + 1, error = $2 WHERE id = $1 AND state = 'queued'"
# An act that the platform would not even take is no act that it can decide.
_VOID = """
    UPDATE hotline_act SET decided_at = $2, is_granted = false, opinion = $3
    WHERE 'yima-act-' || id = $1 AND decided_at IS NULL
"""

log = logs.get_logger()


class _QueuedExchange(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    task_id: int
    exchange_no: str
    body: str


async def send_due(source_id: int, runtime: IntakeRuntime, now: Callable[[], datetime]) -> int:
    """Send what waits for this source until nothing does or it is away. Says how many it took."""
    address = await endpoints.claim(source_id, now())
    if address is None:
        return 0
    taken = 0
    async with httpx.AsyncClient(timeout=_TIMEOUT, follow_redirects=False) as client:
        while row := await db.fetchrow(_HEAD, source_id):
            if not await _send(client, address, _QueuedExchange(**row), runtime, now):
                return taken
            taken += 1
    await endpoints.let_go(source_id)
    return taken


async def _send(
    client: httpx.AsyncClient,
    address: SendingAddress,
    waiting: _QueuedExchange,
    runtime: IntakeRuntime,
    now: Callable[[], datetime],
) -> bool:
    """Whether the platform answered for it. Where it is away, everything behind waits, too."""
    verdict = await _ask(client, address, waiting, runtime, now())
    if not verdict.is_taken and not verdict.is_refused:
        await db.execute(_TRIED, waiting.id, verdict.why[:_ERROR_CHARS])
        await endpoints.failed(address, verdict.why[:_ERROR_CHARS], now())
        log.warning("hotline_away", source_id=address.source_id, why=verdict.why, waiting=waiting.exchange_no)
        return False
    async with db.transaction():
        state = "taken" if verdict.is_taken else "refused"
        await db.execute(_TAKEN, waiting.id, state, verdict.why[:_ERROR_CHARS], now())
        await endpoints.answered(address.source_id, now())
        if verdict.is_refused:
            await db.execute(_VOID, waiting.exchange_no, now(), verdict.why[:_ERROR_CHARS])
            task = await tasks.lock(waiting.task_id)
            await recording.record(ExchangeRefused, task, why=verdict.why[:_ERROR_CHARS])
    return True


async def _ask(
    client: httpx.AsyncClient, address: SendingAddress, waiting: _QueuedExchange, runtime: IntakeRuntime, now: datetime
) -> WireVerdict:
    message = msgspec.json.decode(waiting.body, type=Outgoing)
    wire = endpoints.WIRES[address.wire]
    links = await _links(waiting.task_id, message, runtime, now)
    body = msgspec.json.encode(wire.write(waiting.exchange_no, message, links))
    source = await sources.get_by_id(address.source_id)
    secret = (await open_secrets(source.name, runtime.seal, now))[0]
    headers = {"content-type": "application/json; charset=utf-8"}
    headers |= signatures.sign(secret, waiting.exchange_no, now, body)
    try:
        answer = await http_client.ask(
            client,
            "POST",
            address.url,
            patience_s=_PATIENCE_S,
            most=_ANSWER_MOST,
            content=body,
            headers=headers,
        )
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
        return WireVerdict(is_taken=False, why=type(error).__name__)
    return wire.judge(answer.status_code, answer.content)


async def _links(task_id: int, message: Outgoing, runtime: IntakeRuntime, now: datetime) -> dict[UUID, str]:
    """Where the platform fetches the evidence, made anew with every try, since links end."""
    if not isinstance(message, ActMessage) or not message.photo_ids:
        return {}
    order_id = await db.fetchval("SELECT order_id FROM hotline_task WHERE id = $1", task_id)
    steps = await list_steps(order_id) if order_id else []
    photos = await media.list_attached([PhotoSubject(SubjectKind.ORDER_STEP, step["id"]) for step in steps], now)
    ours = urlsplit(runtime.payload.prefix)
    return {photo.id: f"{ours.scheme}://{ours.netloc}{photo.large_url}" for photo in photos}
