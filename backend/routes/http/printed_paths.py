"""Plates say `/q/<code>` in the town's own spelling: in capitals, below a path of its own, old ones below others.

Whatever a plate on a wall says must open its page, and a check file lies beside the codes of its prefix. So a path
below a printed prefix is taken for the same one below /q/, before anybody else looks at it.
"""

from collections.abc import Iterable

from litestar.types import ASGIApp, Receive, Scope, Send

from qr import codes

_PAGES = "/q/"


def under_one_path(app: ASGIApp, prefixes: Iterable[str]) -> ASGIApp:
    """Lead the paths of these prefixes to /q/. Each begins and ends with a slash; their case does not matter."""
    longest_first = sorted({prefix.lower() for prefix in prefixes} | {_PAGES}, key=len, reverse=True)

    async def lead_on(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["path"] = _as_page(scope["path"], longest_first)
        await app(scope, receive, send)

    return lead_on


def _as_page(path: str, prefixes: list[str]) -> str:
    lowered = path.lower()
    for prefix in prefixes:
        if prefix == _PAGES and path.startswith(_PAGES):
            return path
        rest = path[len(prefix) :].rstrip("/")
        if lowered.startswith(prefix) and _may_be_meant(prefix, rest):
            return _PAGES + rest
    return path


def _may_be_meant(prefix: str, rest: str) -> bool:
    """A town's own path may lie among ours, or be the root: there, only what is a code or a check file is meant."""
    if prefix == _PAGES:
        return bool(rest)
    return codes.is_code(rest) or ("/" not in rest and rest.endswith(".txt"))
