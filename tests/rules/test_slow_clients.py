"""A real server on a real socket: who sends too slowly is cut off, who takes long to read is not."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
import uvicorn

from backend import slow_clients
from backend.slow_clients import TimedHttp


async def echo(scope, receive, send) -> None:
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size, more = size + len(message.get("body", b"")), message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


@pytest.fixture
async def port(monkeypatch) -> AsyncIterator[int]:
    monkeypatch.setattr(slow_clients, "HEAD_S", 0.3)
    monkeypatch.setattr(slow_clients, "BODY_EVERY_S", 0.3)
    config = uvicorn.Config(echo, http=TimedHttp, lifespan="off", log_config=None, timeout_keep_alive=5)
    config.load()
    state = uvicorn.server.ServerState()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: TimedHttp(config=config, server_state=state, app_state={}, _loop=loop), "127.0.0.1", 0
    )
    yield server.sockets[0].getsockname()[1]
    server.close()


async def heard(port: int, *pieces: bytes) -> bytes:
    """All that comes back until the server hangs up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for piece in pieces:
        writer.write(piece)
        await writer.drain()
    try:
        return await asyncio.wait_for(reader.read(), 10)
    finally:
        writer.close()


HEAD = b"POST / HTTP/1.1\r\nhost: here\r\n"
WHOLE = HEAD + b"content-length: 5\r\n\r\nhello"


@pytest.mark.parametrize("sent", [b"", b"GET / HT", HEAD, WHOLE + b"GET / HTTP/1.1\r\nx: "])
async def test_a_head_that_does_not_end_is_cut_off(port, sent):
    told = await heard(port, sent)

    assert told.endswith(b"connection: close\r\n\r\n")
    assert b"408" in told
    assert told.startswith(b"HTTP/1.1 200") is sent.startswith(WHOLE)


@pytest.mark.parametrize(
    "framing", [b"content-length: 100000\r\n\r\nbegun", b"transfer-encoding: chunked\r\n\r\n5\r\nb"]
)
async def test_a_body_that_does_not_come_is_cut_off(port, framing):
    assert await heard(port, HEAD + framing) == b""


async def test_a_trickle_does_not_hold_a_connection(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(HEAD)

    async def trickle() -> None:
        while True:
            writer.write(b"x: y\r\n")
            await asyncio.sleep(0.02)

    trickling = asyncio.create_task(trickle())
    with suppress(ConnectionResetError):  # it hangs up on what is still on its way
        await asyncio.wait_for(reader.read(), 10)
    trickling.cancel()
    writer.close()


async def test_a_whole_request_is_answered_and_the_next_one_too(port):
    told = await heard(port, WHOLE, HEAD + b"connection: close\r\ncontent-length: 0\r\n\r\n")

    assert told.count(b"HTTP/1.1 200") == 2
