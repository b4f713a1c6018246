"""Sign in behind the knock limits, the same for the API and for the page; and a device's first session."""

from datetime import datetime

from litestar import Request

from backend.accounts import service as accounts
from backend.accounts.errors import SignInRefused
from backend.accounts.structs import Credentials, Tokens
from backend.routes.limits import address_of, limits_of


async def sign_in(request: Request, credentials: Credentials, now: datetime) -> Tokens:
    """Exchange a username and a password for tokens. Raises SignInRefused, TooMany."""
    limits, address, name = limits_of(request), address_of(request), credentials.username.strip().lower()
    keys, agent = request.app.state.keyring, request.headers.get("user-agent", "")
    limits.sign_ins_by_address.take(address)
    limits.failures_by_address.check(address)
    limits.failures_by_name.check(name)
    try:
        return await accounts.sign_in(credentials, keys, now, agent)
    except SignInRefused:
        limits.failures_by_address.hit(address)
        limits.failures_by_name.hit(name)
        raise


async def open_device_session(request: Request, now: datetime) -> Tokens:
    """An identity for a phone that nobody has signed in on. Raises TooMany."""
    limits_of(request).devices_by_address.take(address_of(request))
    return await accounts.open_device_session(request.app.state.keyring, now, request.headers.get("user-agent", ""))
