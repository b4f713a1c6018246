"""The web server, with manners at the end: live pages are let go first, so that nobody waits for what never ends."""

import socket
import sys
from contextlib import suppress

import uvicorn

from backend.events.live import LiveHub

_STARTUP_FAILED = 3


class Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, live_hub: LiveHub) -> None:
        super().__init__(config)
        self._live_hub = live_hub

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._live_hub.close()
        await super().shutdown(sockets)


def serve(config: uvicorn.Config, live_hub: LiveHub) -> None:
    """Serve until SIGTERM or SIGINT; exit with 3 when it could not even start."""
    server = Server(config, live_hub)
    with suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        sys.exit(_STARTUP_FAILED)
