"""The access token: fetched by the call that gives every process the same one while it is valid."""

from collections.abc import Awaitable, Callable
from typing import Any

from push.gateways.vendor_tokens import Lent
from push.gateways.wechat.answers import VendorSilent

Ask = Callable[..., Awaitable[dict[str, Any]]]


async def fetch(ask: Ask, appid: str, secret: str) -> Lent:
    """Ask for the token that is valid now; never by force, which would end it for all others. Raises as `ask` does."""
    request = {"grant_type": "client_credential", "appid": appid, "secret": secret, "force_refresh": False}
    return lent(await ask("POST", "/cgi-bin/stable_token", {}, request), "access_token")


def lent(answer: dict[str, Any], field: str) -> Lent:
    """What an answer lends under this field. Raises VendorSilent where nothing is there."""
    value, expires_in_s = answer.get(field), answer.get("expires_in")
    if not isinstance(value, str) or not value or not isinstance(expires_in_s, int):
        raise VendorSilent(f"no {field}", may_have_acted=False)
    return Lent(value=value, expires_in_s=expires_in_s)
