"""The desk's pages that are measured, common ones and the worst that were thought of; and what each sends."""

import os
from contextlib import AsyncExitStack
from typing import Any, NamedTuple, cast
from urllib.parse import urlencode
from uuid import uuid4

import httpx

from backend import config, db
from backend.accounts import queries as accounts
from backend.app import create_app
from backend.clock import now
from bench.parts.stage import BenchFailed
from bench.parts.statements import listening

_SESSION = """
INSERT INTO session (id, account_id, refresh_hash, opened_at, rotated_at, expires_at)
VALUES ($1, $2, sha256(''), now(), now(), now() + interval '1 day')
"""


class Asked(NamedTuple):
    name: str
    path: str


def pages(known: dict[str, str]) -> list[Asked]:
    unit, hand, area, grid = known["unit"], known["hand"], known["area"], known["grid"]
    ended = {"tab": "ended"}
    year = {**ended, "from": "2025-01-01", "until": "2025-12-31"}
    day = {**ended, "from": "2025-06-01", "until": "2025-06-01"}
    lists = {
        "open": {},
        "overdue": {"due": "overdue"},
        "due within the hour": {"due": "soon"},
        "waiting for a decision": {"tab": "decision"},
        "at the centre": {"tab": "centre"},
        "unit, overdue": {"unit": unit, "due": "overdue"},
        "committee": {"area": area},
        "item A101, P2": {"item": "A101", "priority": "P2"},
        "address": {"q": "莲安东路1"},
        "a word of half the places": {"q": "路"},
        "ended": ended,
        "ended, committee": {**ended, "area": area},
        "ended, item A101": {**ended, "item": "A101"},
        "ended, item A101, committee": {**ended, "item": "A101", "area": area},
        "ended, unit": {**ended, "unit": unit},
        "ended, handler, item": {**ended, "handler": hand, "item": "A101"},
        "ended, unit beyond its area": {**ended, "unit": unit, "area": "310115110"},
        "ended, grid cell": {**ended, "grid": grid},
        "ended, P0 of B (none)": {**ended, "priority": "P0", "item": "B"},
        "ended, co-handling, C4": {**ended, "source": "co_handling", "item": "C4"},
        "ended, one day": day,
        "ended, one day, committee": {**day, "area": area},
        "ended, one year, handler": {**year, "handler": hand},
        "ended, address": {**ended, "q": "莲安东路1"},
        "ended, an address of nobody": {**ended, "q": "没有这里"},
        "ended, number": {**ended, "q": known["number"]},
        "ended, number's month": {**ended, "q": "YM2506"},
    }
    others = {"map": "/desk/map", "map, overdue": "/desk/map?due=overdue", "call-back list": "/desk/calls"}
    found = [Asked(name, f"/desk?{urlencode(query)}") for name, query in lists.items()]
    return found + [Asked(name, path) for name, path in others.items()]


async def count_statements(asked: list[Asked], username: str) -> dict[str, int]:
    """How many statements each page sends, asked of the app in this process."""
    app = create_app(config.from_environment(os.environ), owns_pool=False)
    counts: dict[str, int] = {}
    async with AsyncExitStack() as held:
        await held.enter_async_context(db.pool(2, 2))
        await held.enter_async_context(app.lifespan())
        actor = await accounts.get_actor(await accounts.find_account_id(username) or 0)
        session_id = uuid4()
        await db.execute(_SESSION, session_id, actor.account_id)
        transport = httpx.ASGITransport(app=cast(Any, app))
        web = await held.enter_async_context(httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1"))
        for each in asked:
            token = app.state.runtime.keys.seal(actor, session_id, now())
            headers = {"authorization": f"Bearer {token}", "accept": "text/html"}
            await web.get(each.path, headers=headers)
            async with listening() as heard:
                answer = await web.get(each.path, headers=headers)
            if answer.status_code != httpx.codes.OK:
                raise BenchFailed(f"{each.path}: {answer.status_code}")
            counts[each.name] = len(heard)
    return counts
