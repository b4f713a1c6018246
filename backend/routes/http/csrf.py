"""Another site may not act through a person's browser (CSRF): what the browser says of the sender is believed.

Asked of unsafe methods that carry no bearer token: on pages always, under /api when our cookies came along. Clients
that are no browsers send neither header and are let through: they hold no cookies that somebody else could borrow.
"""

from urllib.parse import urlsplit

from litestar.types import HTTPScope

from backend.errors import Forbidden, Unsupported

_SAFE = ("GET", "HEAD", "OPTIONS")
_OF_A_BODY = (b"content-type", b"content-length", b"transfer-encoding")
_ANYBODYS = (b"", b"text/plain", b"application/x-www-form-urlencoded")
_OF_FILES, _TAKES_FILES = b"multipart/form-data", "/api/v1/photos"
_OWN_SITE = (b"same-origin", b"none")


class ForeignOrigin(Forbidden):
    code = "foreign-origin"


class NotJson(Unsupported):
    code = "not-json"


def refuse_foreign_origin(scope: HTTPScope, base_url: str, *, has_cookies: bool) -> None:
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


def refuse_disguised(scope: HTTPScope, *, has_cookies: bool) -> None:
    """Raises NotJson for a body that any site's form could send, where a person's cookies would sign it.

    JSON and the types of resumable uploads need a question to us beforehand (CORS), which we never answer. Where files
    come as multipart it is let through: there, what the browser says of the sender has to do.
    """
    if not has_cookies or scope["method"] in _SAFE or not scope["path"].startswith("/api/"):
        return
    said = {name: value for name, value in scope["headers"] if name in _OF_A_BODY}
    if said.get(b"content-length", b"0") == b"0" and b"transfer-encoding" not in said:
        return
    kind = said.get(b"content-type", b"").split(b";")[0].strip().lower()
    if kind in _ANYBODYS or (kind == _OF_FILES and scope["path"].rstrip("/") != _TAKES_FILES):
        raise NotJson


def _is_ours(origin: str, host: str, base_url: str) -> bool:
    origin_host = urlsplit(origin).netloc
    return bool(origin_host) and origin_host in (host, urlsplit(base_url).netloc)
