"""Stopping the server while pages are open."""

import asyncio
import signal
import time

import httpx

from backend import clock
from tests.fixtures.server import running_server
from tests.makers.accounts import bearer
from tests.makers.listening import listening
from tests.makers.town import make_town

_NO_LONGER_THAN_S = 2.5
"""Less than the patience with requests that do not end by themselves."""


async def test_open_live_pages_do_not_hold_up_the_end(own_database, database, tmp_path):
    town = await make_town(clock.now())
    with running_server(own_database, tmp_path) as (url, process):
        async with httpx.AsyncClient(base_url=url, timeout=20) as web, listening(web, bearer(town.handlers[0])):
            began = time.monotonic()
            process.send_signal(signal.SIGINT)
            await asyncio.to_thread(process.wait, 10)

    assert time.monotonic() - began < _NO_LONGER_THAN_S
    assert '"level":"error"' not in (tmp_path / "server.log").read_text()
