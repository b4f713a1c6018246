"""The cookies of a page's session: HttpOnly, SameSite=Lax, Secure under https.

Both go to every path: any page may be the one on which the access token has run out, also a form that is being sent.
"""

import msgspec
from litestar import Response
from litestar.datastructures import Cookie

from backend.accounts.structs import Tokens

PREFIX = "yima_"
ACCESS = "yima_access"
REFRESH = "yima_refresh"


class Jar(msgspec.Struct, frozen=True):
    access: str = ""
    refresh: str = ""


def read(header: bytes) -> Jar | None:
    """Our two cookies out of a Cookie header, or None when neither is there."""
    if PREFIX.encode() not in header:
        return None
    pairs = (part.strip().partition("=") for part in header.decode("latin-1").split(";"))
    found = {name: value for name, _, value in pairs}
    jar = Jar(found.get(ACCESS, ""), found.get(REFRESH, ""))
    return jar if jar.access or jar.refresh else None


def session_cookies(tokens: Tokens, *, is_https: bool) -> list[Cookie]:
    """Cookies for `Response(cookies=...)` that keep a page signed in."""
    return [
        _cookie(ACCESS, tokens.access_token, tokens.expires_in, is_https=is_https),
        _cookie(REFRESH, tokens.refresh_token, tokens.refresh_expires_in, is_https=is_https),
    ]


def clear(response: Response, *, is_https: bool) -> None:
    """Make the browser forget the session, and all that this site kept on the phone: pages, words, photos, marks."""
    for cookie in _gone(is_https=is_https):
        response.set_cookie(cookie)
    response.headers["clear-site-data"] = '"cache", "storage"'


def headers_for(tokens: Tokens | None, *, is_https: bool) -> list[str]:
    """The same cookies as raw Set-Cookie lines; without tokens, lines that make the browser forget."""
    to_set = session_cookies(tokens, is_https=is_https) if tokens else _gone(is_https=is_https)
    return [cookie.to_header(header="") for cookie in to_set]


def _gone(*, is_https: bool) -> list[Cookie]:
    return [_cookie(name, "", 0, is_https=is_https) for name in (ACCESS, REFRESH)]


def _cookie(name: str, value: str, max_age_s: int, *, is_https: bool) -> Cookie:
    return Cookie(key=name, value=value, max_age=max_age_s, path="/", httponly=True, samesite="lax", secure=is_https)
