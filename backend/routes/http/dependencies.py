"""The values that a handler asks for by name and type, declared once for the app. Never a transaction.

Each stands on the one before, so that they are resolved in a row: litestar starts a task for each of two that do not,
which costs sixty microseconds a request. Middleware, guards and exception handlers, to which litestar gives no
dependencies, find the runtime in the app's state or ask `context_of`.
"""

from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.di import NamedDependency, Provide

from backend.orders.transitions.transition import TransitionContext
from backend.routes.http.parameters import IdempotencyKeyHeader, IfMatch, version_in
from backend.routes.http.request_context import RUNTIME, RequestContext, WebRuntime

Ctx = NamedDependency[RequestContext]
By = NamedDependency[TransitionContext]


def runtime_of(connection: ASGIConnection[Any, Any, Any, Any]) -> WebRuntime:
    return connection.app.state[RUNTIME]


def context_of(request: Request[Any, Any, Any]) -> RequestContext:
    return RequestContext(request, runtime_of(request))


def provide_ctx(request: Request) -> RequestContext:
    return context_of(request)


def provide_by(ctx: Ctx, idempotency_key: IdempotencyKeyHeader = None, if_match: IfMatch = None) -> TransitionContext:
    """Who moves an order, now, under which key, and which version of it they looked at."""
    return TransitionContext(actor=ctx.actor, now=ctx.now, idempotency_key=idempotency_key, seen=version_in(if_match))


PROVIDED = {
    "ctx": Provide(provide_ctx, sync_to_thread=False),
    "by": Provide(provide_by, sync_to_thread=False),
}
