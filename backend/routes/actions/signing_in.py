"""Sign in behind the knock limits, the same for the API and for the page; and a device's first session."""

from datetime import datetime

from litestar import Request

from backend.accounts import service as accounts
from backend.accounts.errors import SignInRefused
from backend.accounts.structs import Credentials, Tokens
from backend.routes.http import quotas
from backend.routes.http.limits import limits_of


async def sign_in(request: Request, credentials: Credentials, now: datetime) -> Tokens:
    """Exchange a username and a password for tokens. Raises SignInRefused, TooMany."""
    limits, network = limits_of(request), quotas.network_of(request)
    keys, agent = request.app.state.keyring, request.headers.get("user-agent", "")
    limits.barred.check(f"sign-in-failed-address:{network}")
    await quotas.take_by_address(request, "sign-in-address")
    try:
        return await accounts.sign_in(credentials, keys, now, agent, network)
    except SignInRefused:
        with limits.barred.learning(f"sign-in-failed-address:{network}"):
            await quotas.take_by_address(request, "sign-in-failed-address")
        raise


async def open_device_session(request: Request, now: datetime) -> Tokens:
    """An identity for a phone that nobody has signed in on. Raises TooMany."""
    await quotas.take_by_address(request, "device-address")
    return await accounts.open_device_session(request.app.state.keyring, now, request.headers.get("user-agent", ""))
