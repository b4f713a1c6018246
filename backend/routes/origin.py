"""Another site may not act through a person's browser (CSRF): what the browser says of the sender is believed.

Asked of unsafe methods that carry no bearer token: on pages always, under /api when our cookies came along. Clients
that are no browsers send neither header and are let through: they hold no cookies that somebody else could borrow.
"""

from urllib.parse import urlsplit

from litestar.types import HTTPScope

from backend.errors import Forbidden

_SAFE = ("GET", "HEAD", "OPTIONS")
_OWN_SITE = (b"same-origin", b"none")


class ForeignOrigin(Forbidden):
    code = "foreign-origin"
    headline_zh, headline_en = "请求来自其他网站,已拒绝", "The request comes from another site and was refused"


def refuse_foreign(scope: HTTPScope, base_url: str, *, has_cookies: bool) -> None:
    """Raises ForeignOrigin when a browser says that another site is asking."""
    if scope["method"] in _SAFE or (not has_cookies and scope["path"].startswith("/api/")):
        return
    said = {name: value for name, value in scope["headers"] if name in (b"sec-fetch-site", b"origin", b"host")}
    site = said.get(b"sec-fetch-site")
    if site is not None:
        if site not in _OWN_SITE:
            raise ForeignOrigin
        return
    origin = said.get(b"origin")
    if origin is not None and not _is_ours(
        origin.decode("latin-1"), said.get(b"host", b"").decode("latin-1"), base_url
    ):
        raise ForeignOrigin


def _is_ours(origin: str, host: str, base_url: str) -> bool:
    asked = urlsplit(origin).netloc
    return bool(asked) and asked in (host, urlsplit(base_url).netloc)
