"""The reports that a bench sends: phones with fresh photos, bodies as a phone makes them, and one for the capture."""

import json
import time
from collections import deque
from typing import Any, NamedTuple, cast
from uuid import uuid4

import asyncpg
import httpx

from backend import config, db
from backend.app import create_app
from bench.parts import clients, filling, statements
from bench.parts.clients import Phone
from bench.parts.script import Script, script_of
from bench.parts.stage import BenchFailed, Stage

PATH = "/api/v1/reports"
ITEM = "A101"
CODES = 200
_PHOTOS_APART = 1_000_000
_FIX = {"lng": 121.5560, "lat": 31.1765, "accuracy_m": 12.5, "datum": "gcj02"}


class Captured(NamedTuple):
    script: Script
    statements: int
    owner_id: int
    """Whose photos the script attaches."""


async def codes_of(connection: asyncpg.Connection) -> list[str]:
    """Codes of doors all over the street."""
    rows = await connection.fetch("SELECT code FROM qr_code WHERE status = 'active' ORDER BY md5(code) LIMIT $1", CODES)
    return [row["code"] for row in rows]


def body_of(code: str, photo_number: int) -> bytes:
    """A report as the form of the landing page sends it."""
    report = {
        "client_id": uuid4().hex,
        "code": code,
        "item": ITEM,
        "description": "非机动车占道",
        "photo_ids": [str(filling.photo_id(photo_number))],
        "point": _FIX,
        "captured_at": "2026-11-20T02:00:00Z",
    }
    return json.dumps(report, ensure_ascii=False).encode()


async def add_photos(connection: asyncpg.Connection, owners: list[int], each: int) -> int:
    """So many fresh photos for each owner, in blocks of their own; returns the number of the first."""
    first = time.time_ns() // 1000 * 10
    for place, owner in enumerate(owners):
        await filling.add_photos(connection, owner, first + place * _PHOTOS_APART, each)
    return first


def requests_of(stage: Stage, phones: list[Phone], codes: list[str], first: int, each: int) -> list[deque[bytes]]:
    """The requests of each phone, made beforehand; phone p attaches the photos of block p."""
    return [
        deque(
            clients.request_bytes(
                stage, PATH, phone.token, body_of(codes[(place * each + n) % CODES], first + place * _PHOTOS_APART + n)
            )
            for n in range(1, each)
        )
        for place, phone in enumerate(phones)
    ]


async def capture(stage: Stage, connection: asyncpg.Connection, codes: list[str]) -> Captured:
    """Send three reports through the app in this process and listen to what the last one asks of PostgreSQL."""
    async with db.pool(1, 1):
        app = create_app(config.from_environment(stage.environment), owns_pool=False)
        async with app.lifespan():
            transport = httpx.ASGITransport(app=cast(Any, app))
            async with httpx.AsyncClient(transport=transport, base_url=stage.base_url) as client:
                return await _listen(client, connection, codes)


async def _listen(client: httpx.AsyncClient, connection: asyncpg.Connection, codes: list[str]) -> Captured:
    token = (await client.post("/api/v1/sessions/device")).json()["access_token"]
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    owner_id = (await client.get("/api/v1/me", headers=headers)).json()["id"]
    first = await add_photos(connection, [owner_id], 3)
    order_ids: list[int] = []

    async def send() -> None:
        answer = await client.post(PATH, content=body_of(codes[0], first + len(order_ids)), headers=headers)
        if answer.status_code != httpx.codes.CREATED:
            raise BenchFailed(f"a report was refused: {answer.text}")
        order_ids.append(answer.json()["order_id"])

    await send()
    await send()
    heard = await statements.sent_by(send)
    return Captured(script_of(heard, codes, order_ids[-1]), len(heard), owner_id)
