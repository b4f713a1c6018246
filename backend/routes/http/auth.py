"""Who are you: turns the bearer token, or the cookies of a page, into the Actor of the request, if the session stands.

When a page's access cookie has run out, the refresh cookie is exchanged; the person notices nothing. Under /api
everything needs an account unless its handler carries `opt=PUBLIC`.
"""

from typing import Any

from litestar.datastructures import MutableScopeHeaders
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from backend.accounts import service as accounts
from backend.accounts.errors import SessionEnded
from backend.accounts.service.sessions import REPEAT_GRACE
from backend.accounts.structs import Tokens
from backend.errors import Unauthorised
from backend.routes.http import cookies
from backend.routes.http.csrf import refuse_disguised, refuse_foreign_origin
from backend.routes.http.request_context import RUNTIME, WebRuntime

PUBLIC: dict[str, Any] = {"is_public": True}
"""`opt` of a handler under /api that anybody may call."""
SEALED: dict[str, Any] = {"is_sealed": True}
"""`opt` of a handler whose line in the log must not say who called it."""
_FOR_EVERYBODY = ("/static/", "/tiles/base/", "/tiles/service/")
"""The same for everybody, and cached by whoever passes it on: no session is read or renewed with it."""


class Identify:
    """Sets scope["user"] to the Actor and scope["auth"] to the opened token, or leaves both None."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(_FOR_EVERYBODY):
            await self.app(scope, receive, send)
            return
        runtime: WebRuntime = scope["app"].state[RUNTIME]
        bearer, jar = _credentials(scope)
        failure: Unauthorised | None = None
        if bearer:
            failure = await _admit(runtime, scope, bearer)
        else:
            refuse_foreign_origin(scope, runtime.settings.base_url, has_cookies=bool(jar))
            refuse_disguised(scope, has_cookies=bool(jar))
            if jar:
                send = await _admit_page(runtime, scope, jar, send)
        if scope["user"] is None and _needs_account(scope):
            raise failure or Unauthorised()
        await self.app(scope, receive, send)


async def _admit(runtime: WebRuntime, scope: HTTPScope, token: str) -> Unauthorised | None:
    try:
        opened = runtime.keys.open(token, runtime.clock())
        actor = await runtime.standings.of_request(scope, opened)
    except Unauthorised as failure:
        return failure
    scope["user"], scope["auth"] = actor, opened
    return None


async def _admit_page(runtime: WebRuntime, scope: HTTPScope, jar: cookies.Jar, send: Send) -> Send:
    if jar.access and await _admit(runtime, scope, jar.access) is None:
        return send
    if not jar.refresh:
        return send
    try:
        renewed: Tokens | None = await accounts.refresh(jar.refresh, runtime.keys, runtime.clock(), grace=REPEAT_GRACE)
    except SessionEnded:
        renewed = None
    if renewed:
        await _admit(runtime, scope, renewed.access_token)
    return _with_cookies(send, cookies.headers_for(renewed, is_https=runtime.settings.is_https))


def _credentials(scope: HTTPScope) -> tuple[str, cookies.Jar | None]:
    jar = None
    for name, value in scope["headers"]:
        if name == b"authorization" and value[:7].lower() == b"bearer ":
            return value[7:].strip().decode("latin-1"), None
        if name == b"cookie":
            jar = cookies.read(value) or jar
    return "", jar


def _needs_account(scope: HTTPScope) -> bool:
    is_needed = scope["path"].startswith("/api/") and scope["method"] != "OPTIONS"
    return is_needed and not scope["route_handler"].opt.get("is_public")


def _with_cookies(send: Send, lines: list[str]) -> Send:
    async def send_on(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableScopeHeaders.from_message(message)
            own = [line for line in headers.getall("set-cookie", []) if line.startswith(cookies.PREFIX)]
            for line in lines if not own else ():
                headers.add("set-cookie", line)
        await send(message)

    return send_on
