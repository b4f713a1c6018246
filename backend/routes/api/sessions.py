"""Signing in, staying signed in, signing out; a device's session without an account; and who one is."""

from litestar import Controller, Response, delete, get, post
from litestar.params import JSONBody

from backend.account_merges import Merged, MergeWaiting
from backend.accounts import queries
from backend.accounts import service as accounts
from backend.accounts.structs import Credentials, Me, MergeLink, Refresh, SessionHandOver, Tokens
from backend.routes.actions import merging, signing_in
from backend.routes.actions.merging import MergeConfirmation, OpenedMergeLink
from backend.routes.actions.wechat import WechatCode
from backend.routes.http import cookies, quotas
from backend.routes.http.auth import PUBLIC
from backend.routes.http.dependencies import Ctx


class SessionController(Controller):
    path = "/sessions"
    tags = ("sessions",)

    @post(operation_id="sign_in", opt=PUBLIC, summary="Sign in as staff")
    async def sign_in(self, ctx: Ctx, data: JSONBody[Credentials]) -> Tokens:
        """Exchange a username and a password for tokens. After five failures each try from there waits longer."""
        return await signing_in.sign_in(ctx, data)

    @post("/device", operation_id="open_device_session", opt=PUBLIC, summary="Begin without an account")
    async def open_device_session(self, ctx: Ctx) -> Tokens:
        """Give a phone or a browser an identity of its own, so that it can report and follow its reports."""
        return await signing_in.open_device_session(ctx)

    @post("/wechat", operation_id="sign_in_by_wechat", opt=PUBLIC, summary="Sign in from the WeChat mini-program")
    async def sign_in_by_wechat(self, ctx: Ctx, data: JSONBody[WechatCode]) -> Tokens:
        """Exchange the code of wx.login for tokens; a stranger gets an account. 404 where WeChat is not set up."""
        return await signing_in.sign_in_by_wechat(ctx, data.code)

    @post("/refresh", operation_id="refresh_session", opt=PUBLIC, summary="Exchange a refresh token")
    async def refresh(self, ctx: Ctx, data: JSONBody[Refresh]) -> Tokens:
        """Each refresh token is used once; an older one of the same session ends the session."""
        return await accounts.refresh(data.refresh_token, ctx.runtime.keys, ctx.now)

    @post("/hand-over", operation_id="hand_over_session", summary="Open a page of this site in a web-view")
    async def hand_over(self, ctx: Ctx) -> SessionHandOver:
        """A link for the mini-program's web-view: `/session/hand-over?token=…&to=/path`, for a minute, once.

        What it opens ends with this session.
        """
        await quotas.take_by_address(ctx, "device-address")
        return await accounts.hand_over(ctx.request.auth.session_id, ctx.now)

    @post("/merge-links", operation_id="make_merge_link", summary="Begin to join another phone with this one")
    async def make_merge_link(self, ctx: Ctx) -> MergeLink:
        """A link for the same person's other phone, for ten minutes, once. Staff are not joined."""
        return await merging.make_link(ctx)

    @post("/merge-requests", operation_id="request_merge", status_code=200, summary="Wait to be joined by a link")
    async def request_merge(self, ctx: Ctx, data: JSONBody[OpenedMergeLink]) -> MergeWaiting:
        """Get the number that the person types on the phone that made the link. Sent again, it is the same.

        Nothing is joined by this alone. Once it was, `is_done` says so.
        """
        return await merging.request(ctx, ctx.actor, data.token)

    @post("/merge", operation_id="merge_accounts", status_code=200, summary="Agree to join the phone with this number")
    async def merge(self, ctx: Ctx, data: JSONBody[MergeConfirmation]) -> Merged:
        """Make one account of this one, which made a link, and the one that waits by it. Sent again, it is the same.

        Access tokens of the account that goes on as the other are refused from then on: refresh them.
        """
        return await merging.merge(ctx, data.number)

    @delete("/current", operation_id="sign_out", summary="Sign out")
    async def sign_out(self, ctx: Ctx) -> Response[None]:
        """End this session and forget its cookies."""
        await accounts.sign_out(ctx.request.auth.session_id, ctx.now, quotas.network_of(ctx.request))
        response = Response(None, status_code=204)
        cookies.clear(response, is_https=ctx.settings.is_https)
        return response


@get("/me", operation_id="get_me", tags=["sessions"], summary="Who am I")
async def get_me(ctx: Ctx) -> Me:
    """The account that is signed in, with its unit, roles and permissions as they are now."""
    return await queries.get_me(ctx.actor.account_id)
