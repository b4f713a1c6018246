"""What Prometheus collects, for whoever holds the token."""

import asyncio
from hmac import compare_digest
from typing import Any

from litestar import Response, get
from litestar.connection import ASGIConnection
from prometheus_client import generate_latest

from backend import availability
from backend.errors import NotFound
from backend.events import pending
from backend.jobs.structs import QueueState
from backend.routes.http.current_access import NEVER_CHECKED
from backend.routes.http.dependencies import Ctx, runtime_of
from backend.routes.http.limits import address_of, is_loopback

_PATIENCE_S = 2.0
_TEXT = "text/plain; version=0.0.4; charset=utf-8"


async def may_measure(connection: ASGIConnection, _handler: Any) -> None:
    """Whoever holds the token; where none is set, in a demo only, this machine. Raises NotFound for others."""
    settings = runtime_of(connection).settings
    if settings.metrics_token:
        said = connection.headers.get("authorization", "").encode("latin-1")
        is_known = compare_digest(said, f"Bearer {settings.metrics_token}".encode())
    else:
        is_known = settings.is_demo and is_loopback(address_of(connection))
    if not is_known:
        raise NotFound


@get("/metrics", opt=NEVER_CHECKED, guards=[may_measure], operation_id="metrics", include_in_schema=False)
async def show_metrics(ctx: Ctx) -> Response[bytes]:
    metrics = ctx.runtime.metrics
    metrics.queue.state = await _look_at_queue()
    return Response(generate_latest(metrics.registry), media_type=_TEXT)


async def _look_at_queue() -> QueueState | None:
    """None where the database is away or does not answer in time; the question is then left to itself."""
    reading = asyncio.create_task(pending.get_state())
    await asyncio.wait([reading], timeout=_PATIENCE_S)
    if not reading.done():
        reading.cancel()
        return None
    error = reading.exception()
    if error is not None and not availability.is_passing(error):
        raise error
    return None if error else reading.result()
