"""Sign in behind the rate limits, the same for the API and for the page; and a device's first session."""

from backend.accounts import service as accounts
from backend.accounts.errors import SignInRefused
from backend.accounts.structs import Credentials, Tokens
from backend.routes.actions import wechat
from backend.routes.http import quotas
from backend.routes.http.request_context import RequestContext


async def sign_in(ctx: RequestContext, credentials: Credentials) -> Tokens:
    """Exchange a username and a password for tokens. Raises SignInRefused, TooMany."""
    limits, network = ctx.runtime.limits, quotas.network_of(ctx.request)
    limits.barred.check(f"sign-in-failed-address:{network}")
    await quotas.take_by_address(ctx, "sign-in-address")
    try:
        return await accounts.sign_in(credentials, ctx.runtime.keys, ctx.now, _agent(ctx), network)
    except SignInRefused:
        with limits.barred.learning(f"sign-in-failed-address:{network}"):
            await quotas.take_by_address(ctx, "sign-in-failed-address")
        raise


async def sign_in_by_identity(ctx: RequestContext, vendor: str, subject: str) -> Tokens:
    """For somebody of whom another system says who it is. Raises IdentityUnknown."""
    network = quotas.network_of(ctx.request)
    return await accounts.sign_in_by_identity(vendor, subject, ctx.runtime.keys, ctx.now, _agent(ctx), network)


async def open_device_session(ctx: RequestContext) -> Tokens:
    """An identity for a phone that nobody has signed in on. Raises TooMany."""
    await quotas.take_by_address(ctx, "device-address")
    return await accounts.open_device_session(ctx.runtime.keys, ctx.now, _agent(ctx))


async def sign_in_by_wechat(ctx: RequestContext, code: str) -> Tokens:
    """A session for whoever holds this phone with the mini-program. Raises PasswordNeeded, WechatCodeRefused …"""
    await quotas.take_by_address(ctx, "device-address")
    openid = await wechat.openid_of(ctx, code)
    return await accounts.open_session_elsewhere(wechat.VENDOR, openid, ctx.runtime.keys, ctx.now, _agent(ctx))


def _agent(ctx: RequestContext) -> str:
    return ctx.request.headers.get("user-agent", "")
