"""What ties a browser that went to WeCom to the one that comes back: a sealed cookie and the state that it names.

A state without an account is for signing in. One with an account is for linking: it was given to somebody who had just
typed that account's password.
"""

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta
from typing import NamedTuple

from litestar.datastructures import Cookie

from backend.errors import Unauthorised

COOKIE = "wecom_state"
LIFE = timedelta(minutes=10)
_NOBODY = 0
_BACK_CHARS = 1000


class WecomStateLost(Unauthorised):
    """The browser that comes back is not the one that left, or was away for too long."""

    code = "wecom-state-lost"


class WecomState(NamedTuple):
    state: str
    account_id: int
    """0: to sign in."""
    back: str = ""
    """The page that was asked for, a path of ours; empty for the usual one."""


def give(
    secret: str, now: datetime, *, is_https: bool, account_id: int = _NOBODY, back: str = ""
) -> tuple[str, Cookie]:
    """A new state, and the cookie that goes with it. `back`: left out where it is too long for a cookie."""
    state, ends_at = secrets.token_urlsafe(24), int((now + LIFE).timestamp())
    page = urlsafe_b64encode(back.encode() if len(back) <= _BACK_CHARS else b"").decode().rstrip("=")
    value = f"{state}.{account_id}.{ends_at}.{page}"
    cookie = Cookie(
        key=COOKIE,
        value=f"{value}.{_seal(secret, value)}",
        max_age=int(LIFE.total_seconds()),
        path="/sign-in/wecom",
        httponly=True,
        samesite="lax",
        secure=is_https,
    )
    return state, cookie


def read(secret: str, cookie: str, state: str, now: datetime) -> WecomState:
    """What the cookie says. Raises WecomStateLost unless it is ours, young, and about this state."""
    value, _, seal = cookie.rpartition(".")
    given, _, rest = value.partition(".")
    account_id, ends_at, page = rest.split(".") if rest.count(".") == 2 else ("", "0", "")
    is_ours = hmac.compare_digest(seal.encode(), _seal(secret, value).encode())
    if not is_ours or not hmac.compare_digest(given.encode(), state.encode()) or int(ends_at) < now.timestamp():
        raise WecomStateLost
    return WecomState(given, int(account_id), urlsafe_b64decode(page + "=" * (-len(page) % 4)).decode())


def spent(*, is_https: bool) -> Cookie:
    """The cookie that makes the browser forget it."""
    return Cookie(
        key=COOKIE, value="", max_age=0, path="/sign-in/wecom", httponly=True, samesite="lax", secure=is_https
    )


def _seal(secret: str, value: str) -> str:
    key = hmac.digest(secret.encode(), b"yima wecom state", "sha256")
    return hmac.digest(key, value.encode(), "sha256").hex()
