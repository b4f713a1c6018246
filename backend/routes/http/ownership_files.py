"""Ownership check files of WeChat and others: `/<name>.txt` and `/q/<name>.txt`, from one folder of the town's.

Below the other prefixes of the town's codes, too: `printed_paths.py` leads those here.

A code never contains a dot, so no code route can mean one of these; but the router cannot tell `{code}` from a name
with an ending. So the files are served in front of the router; everything else goes on to it untouched.
"""

import re
from pathlib import Path

import anyio
from litestar.types import ASGIApp, Receive, Scope, Send

# No dot but the last and no slash within: the folder cannot be left.
_FILE = re.compile(r"/(?:q/)?([A-Za-z0-9_-]{1,100}\.txt)")


def in_front_of(router: ASGIApp, folder: Path) -> ASGIApp:
    """Serve the folder's text files before the router is asked."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].endswith(".txt") and scope["method"] in ("GET", "HEAD"):
            content = await _find(folder, scope["path"])
            if content is not None:
                await _answer(send, content, with_body=scope["method"] == "GET")
                return
        await router(scope, receive, send)

    return serve


async def _find(folder: Path, path: str) -> bytes | None:
    match = _FILE.fullmatch(path)
    if match is None:
        return None
    try:
        return await anyio.Path(folder / match[1]).read_bytes()
    except OSError:
        return None


async def _answer(send: Send, content: bytes, *, with_body: bool) -> None:
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(content)).encode()),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": content if with_body else b"", "more_body": False})
