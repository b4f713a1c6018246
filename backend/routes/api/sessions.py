"""Signing in, staying signed in, signing out; a device's session without an account; and who one is."""

from datetime import datetime

from litestar import Controller, Request, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from backend.accounts import queries
from backend.accounts import service as accounts
from backend.accounts.structs import Actor, Credentials, Me, Refresh, Tokens
from backend.accounts.tokens import TokenKeyring
from backend.routes.actions import signing_in
from backend.routes.http import cookies, quotas
from backend.routes.http.auth import PUBLIC

Now = NamedDependency[datetime]


class SessionController(Controller):
    path = "/sessions"
    tags = ("sessions",)

    @post(operation_id="sign_in", opt=PUBLIC, summary="Sign in as staff")
    async def sign_in(self, request: Request, data: JSONBody[Credentials], now: Now) -> Tokens:
        """Exchange a username and a password for tokens. After five failures each try from there waits longer."""
        return await signing_in.sign_in(request, data, now)

    @post("/device", operation_id="open_device_session", opt=PUBLIC, summary="Begin without an account")
    async def open_device_session(self, request: Request, now: Now) -> Tokens:
        """Give a phone or a browser an identity of its own, so that it can report and follow its reports."""
        return await signing_in.open_device_session(request, now)

    @post("/refresh", operation_id="refresh_session", opt=PUBLIC, summary="Exchange a refresh token")
    async def refresh(self, data: JSONBody[Refresh], keys: NamedDependency[TokenKeyring], now: Now) -> Tokens:
        """Each refresh token is used once; an older one of the same session ends the session."""
        return await accounts.refresh(data.refresh_token, keys, now)

    @delete("/current", operation_id="sign_out", summary="Sign out")
    async def sign_out(self, request: Request, now: Now) -> Response[None]:
        """End this session and forget its cookies."""
        await accounts.sign_out(request.auth.session_id, now, quotas.network_of(request))
        response = Response(None, status_code=204)
        cookies.clear(response, is_https=request.app.state.settings.is_https)
        return response


@get("/me", operation_id="get_me", tags=["sessions"], summary="Who am I")
async def get_me(actor: NamedDependency[Actor]) -> Me:
    """The account that is signed in, with its unit, roles and permissions as they are now."""
    return await queries.get_me(actor.account_id)
