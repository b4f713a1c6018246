"""Security headers: one set for pages, one for the API, one for what pages are made of.

A handler that sets one of them itself keeps its own.
"""

from collections.abc import Iterable

RawHeaders = Iterable[tuple[bytes, bytes]]
RawHeaderPairs = tuple[tuple[bytes, bytes], ...]

_PAGE_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' blob: data:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_EVERYWHERE = {"x-content-type-options": "nosniff"}
_ON_PAGES = {
    "content-security-policy": _PAGE_POLICY,
    "referrer-policy": "same-origin",
    "permissions-policy": "geolocation=(self), camera=(self), microphone=(), payment=(), usb=()",
    "cache-control": "no-store",
}
_ON_API = {
    "content-security-policy": "frame-ancestors 'none'",
    "cache-control": "no-store",
}
_ON_ASSETS = {
    "content-security-policy": "default-src 'none'",
    "cache-control": "no-store",
}
"""Few, since a first scan on a street's network pays for each byte; the page's own policy governs them."""
_ON_DECODER = {
    "content-security-policy": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
}
"""Of the one script that runs WebAssembly, in a thread of its own under its own policy: no page is loosened for it."""
_DECODER = "/static/plate_reader."
_ON_MAP_WORKER = {"content-security-policy": "default-src 'none'; script-src 'self'; connect-src 'self'"}
"""Of the thread that fetches and reads tiles."""
_MAP_WORKER = "/static/maplibre-gl-worker."
_WORKERS = ("/sw.js", "/share-worker.js")
_ON_SERVICE_WORKER = {"content-security-policy": "default-src 'self'"}
"""As few; but what a worker may fetch is governed by its own policy."""
_ON_HTTPS = {"strict-transport-security": "max-age=31536000"}


class SecurityHeaders:
    def __init__(self, *, is_https: bool) -> None:
        transport = _ON_HTTPS if is_https else {}
        self._pages = _raw(_EVERYWHERE | _ON_PAGES | transport)
        self._api = _raw(_EVERYWHERE | _ON_API | transport)
        self._assets = _raw(_EVERYWHERE | _ON_ASSETS | transport)
        self._map_worker = _raw(_EVERYWHERE | _ON_ASSETS | _ON_MAP_WORKER | transport)
        self._decoder = _raw(_EVERYWHERE | _ON_ASSETS | _ON_DECODER | transport)
        self._service_worker = _raw(_EVERYWHERE | _ON_SERVICE_WORKER | transport)

    def missing(self, path: str, own: RawHeaders) -> list[tuple[bytes, bytes]]:
        """The headers of the set for this path that the answer does not carry yet."""
        own_headers = self._pages
        if path.startswith("/api/"):
            own_headers = self._api
        elif path.startswith("/static/"):
            own_headers = self._of_asset(path)
        elif path.startswith("/tiles/"):
            own_headers = self._assets
        elif path in _WORKERS:
            own_headers = self._service_worker
        said = {name.lower() for name, _ in own}
        return [header for header in own_headers if header[0] not in said]

    def _of_asset(self, path: str) -> RawHeaderPairs:
        if path.startswith(_DECODER):
            return self._decoder
        return self._map_worker if path.startswith(_MAP_WORKER) else self._assets


def _raw(headers: dict[str, str]) -> tuple[tuple[bytes, bytes], ...]:
    return tuple((name.encode(), value.encode()) for name, value in headers.items())
