#!/bin/sh
# litestar 2.25.0: a Stream whose generator has ended does not return before the server reports a disconnect.
#
# Expected: the application call ends when the last piece was sent (more_body false), as it does for a plain answer; ASGI
#   lets a server hold receive() until the client really goes.
# Seen: the whole body is out, and the call goes on until receive() answers http.disconnect. Behind uvicorn that comes by
#   itself; a test or middleware that drives the application by hand, with a receive() that waits as the specification
#   allows, hangs on every download of an export while the same handler with a plain Response returns at once.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check litestar==2.25.0
"$folder/venv/bin/python" - <<'PY'
import asyncio

from litestar import Litestar, Response, get
from litestar.response import Stream


async def rows():
    yield b"number\n"
    yield b"1\n"


@get("/stream")
async def stream() -> Stream:
    return Stream(rows())


@get("/plain")
async def plain() -> Response[bytes]:
    return Response(b"number\n1\n")


async def drive(app: Litestar, path: str, *, disconnects: bool) -> tuple[bytes, bool]:
    body, is_out, asked = [], asyncio.Event(), []

    async def receive():
        asked.append(None)
        if len(asked) == 1:
            return {"type": "http.request", "body": b"", "more_body": False}
        await (is_out.wait() if disconnects else asyncio.Event().wait())
        return {"type": "http.disconnect"}

    async def send(message):
        if message["type"] == "http.response.body":
            body.append(message.get("body", b""))
            if not message.get("more_body"):
                is_out.set()

    scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "path": path,
             "raw_path": path.encode(), "query_string": b"", "headers": [], "client": ("127.0.0.1", 1),
             "server": ("127.0.0.1", 80), "scheme": "http", "root_path": ""}
    try:
        await asyncio.wait_for(app(scope, receive, send), 3)
    except asyncio.TimeoutError:
        return b"".join(body), False
    return b"".join(body), True


async def main() -> None:
    app = Litestar([stream, plain])
    waits = await drive(app, "/stream", disconnects=False)
    ends = await drive(app, "/stream", disconnects=True)
    at_once = await drive(app, "/plain", disconnects=False)
    print("stream, no disconnect:", waits, " stream, disconnect:", ends, " plain:", at_once)
    assert waits == (b"number\n1\n", False), "changed: the call returns by itself"
    assert ends == (b"number\n1\n", True)
    assert at_once == (b"number\n1\n", True)


asyncio.run(main())
PY
