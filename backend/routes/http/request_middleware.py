"""Request middleware: the one layer around every answer. Request id, security headers, one log line, one measurement.

It is on the path of every request, so it is plain ASGI with a single wrapper around `send`.
"""

import re
from itertools import count
from secrets import token_hex
from time import perf_counter

from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from backend import logs
from backend.routes.http.head_requests import answer_by_get
from backend.routes.http.request_context import WebRuntime
from backend.routes.http.security_headers import RawHeaders, SecurityHeaders

_SANE_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}").fullmatch
_QUIET = ("/health", "/ready", "/metrics", "/static", "/tiles")
_CLIENT_LEFT = 499
_PROCESS = token_hex(4)
"""Request ids are this and a number: unique, and without asking the kernel for chance each time."""
_numbers = count()


class RequestMiddleware:
    def __init__(self, app: ASGIApp, runtime: WebRuntime) -> None:
        self.app = app
        self.metrics, self.clock = runtime.metrics, runtime.clock
        self.security = SecurityHeaders(is_https=runtime.settings.is_https)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["method"] == "HEAD":
            scope, send = answer_by_get(scope, send, scope["litestar_app"].asgi_router)
        request_id = _inbound_id(scope["headers"]) or f"{_PROCESS}{next(_numbers):08x}"
        logs.request_id.set(request_id)
        scope["user"] = scope["auth"] = None
        started, status = perf_counter(), _CLIENT_LEFT
        security, path = self.security, scope["path"]

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                own = list(message["headers"])
                message["headers"] = [*own, *security.missing(path, own), (b"x-request-id", request_id.encode())]
            await send(message)

        try:
            await self.app(scope, receive, send_on)
        finally:
            self._note(scope, status, perf_counter() - started)

    def _note(self, scope: HTTPScope, status: int, seconds: float) -> None:
        template = scope.get("path_template") or "unmatched"
        self.metrics.observe(scope["method"], template, status, seconds)
        if template.startswith(_QUIET):
            return
        user = None if _is_sealed(scope) else scope["user"]
        logs.write(
            logs.RequestLine(
                timestamp=self.clock(),
                request_id=logs.request_id.get(),
                method=scope["method"],
                path=template,
                status=status,
                ms=round(seconds * 1000, 2),
                account_id=user.account_id if user else None,
            )
        )


def _is_sealed(scope: HTTPScope) -> bool:
    """Whether nobody may learn from the log who called."""
    handler = scope.get("route_handler")
    return handler is not None and bool(handler.opt.get("is_sealed"))


def _inbound_id(headers: RawHeaders) -> str | None:
    for name, value in headers:
        if name == b"x-request-id":
            return value.decode("ascii") if _SANE_ID(value) else None
    return None
