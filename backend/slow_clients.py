"""Who sends a head or a body too slowly is cut off: a connection is held for whoever uses it.

The server's own time limit covers only the pause between two requests. Answers may take as long as they do: a reader
of a stream is no slow sender.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_S = 15.0
"""From the first byte, or from the connection, to the end of the head."""
BODY_EVERY_S = 30.0
BODY_LEAST_BYTES = 4096
"""So much of a body arrives in each such time: a phone on the edge of a network sends ten times as much."""
BODY_LONGEST_S = 1800.0
_TOO_SLOW = (
    b"HTTP/1.1 408 Request Timeout\r\ncontent-type: text/plain; charset=utf-8\r\n"
    b"content-length: 0\r\nconnection: close\r\n\r\n"
)


class TimedHttp(HttpToolsProtocol):
    """uvicorn's protocol with time limits on what the client sends."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._timer: asyncio.TimerHandle | None = None
        self._is_in_head = False
        self._arrived = 0
        self._body_ends_at = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._arrived += len(data)
        super().data_received(data)

    def on_message_begin(self) -> None:
        if self._timer is None:
            self._await_head()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._stop()
        self._is_in_head = False
        super().on_headers_complete()
        self._arrived = 0
        self._body_ends_at = self.loop.time() + BODY_LONGEST_S
        self._timer = self.loop.call_later(BODY_EVERY_S, self._look_at_body)

    def on_message_complete(self) -> None:
        self._stop()
        super().on_message_complete()

    def _await_head(self) -> None:
        self._is_in_head = True
        self._timer = self.loop.call_later(HEAD_S, self._cut)

    def _look_at_body(self) -> None:
        is_waiting_for_us = self.flow.read_paused
        is_slow = self._arrived < BODY_LEAST_BYTES or self.loop.time() > self._body_ends_at
        if is_slow and not is_waiting_for_us:
            self._cut()
            return
        self._arrived = 0
        self._timer = self.loop.call_later(BODY_EVERY_S, self._look_at_body)

    def _cut(self) -> None:
        self._timer = None
        if self.transport.is_closing():
            return
        if self._is_in_head:
            self.transport.write(_TOO_SLOW)
        self.transport.close()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
