"""The reports that a bench sends: phones with fresh photos, bodies as a phone makes them, and some to be recorded."""

import json
import time
from collections import deque
from typing import NamedTuple
from uuid import uuid4

import asyncpg

from bench.parts import clients, filling, recording, stage
from bench.parts.clients import Phone
from bench.parts.recording import Request
from bench.parts.script import Inputs, Script, script_of
from bench.parts.stage import Stage

PATH = "/api/v1/reports"
ITEM = "A101"
CODES = 200
RECORDED_CODES = 50
PHOTOS_APART = 1_000_000
_FIX = {"lng": 121.5560, "lat": 31.1765, "accuracy_m": 12.5, "datum": "gcj02"}
_HEAD = f"""\\set pick random(1, {RECORDED_CODES})
\\set n :n + 1
\\set photo :first_photo + :client_id * {PHOTOS_APART} + :n
"""
_EXPRESSIONS = {
    "code": "(:keys::text[])[:pick::int]",
    "photo": "md5(:photo::text)::uuid::text",
    "client_id": "md5('client' || :photo::text)",
}


class Captured(NamedTuple):
    script: Script
    owner_id: int
    """Whose photos the script attaches."""


async def codes_of(connection: asyncpg.Connection) -> list[str]:
    """Codes of doors all over the street."""
    rows = await connection.fetch("SELECT code FROM qr_code WHERE status = 'active' ORDER BY md5(code) LIMIT $1", CODES)
    return [row["code"] for row in rows]


def body_of(code: str, photo_number: int, client_id: str = "") -> bytes:
    """A report as the form of the landing page sends it."""
    report = {
        "client_id": client_id or uuid4().hex,
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
        await filling.add_photos(connection, owner, first + place * PHOTOS_APART, each)
    await connection.execute("ANALYZE photo")  # else a phone with thousands is taken for one with few: another plan
    return first


def requests_of(stage: Stage, phones: list[Phone], codes: list[str], first: int, each: int) -> list[deque[bytes]]:
    """The requests of each phone, made beforehand; phone p attaches the photos of block p."""
    return [
        deque(
            clients.request_bytes(
                stage, PATH, phone.token, body_of(codes[(place * each + n) % CODES], first + place * PHOTOS_APART + n)
            )
            for n in range(1, each)
        )
        for place, phone in enumerate(phones)
    ]


async def capture(here: Stage, connection: asyncpg.Connection, codes: list[str]) -> Captured:
    """Let the build record two reports for each of some codes, and make a script of what they ask of PostgreSQL."""
    with stage.web(here):
        phone = clients.open_phones(here, 1)[0]
    keys = codes[:RECORDED_CODES]
    first = await add_photos(connection, [phone.account_id], 2 * len(keys) + recording.WARM_UP)
    headers = {"authorization": f"Bearer {phone.token}", "content-type": "application/json"}
    requests = []
    for number in range(2 * len(keys) + recording.WARM_UP):
        made_of = {
            "code": keys[number % len(keys)],
            "photo": str(filling.photo_id(first + number)),
            "client_id": uuid4().hex,
        }
        body = body_of(made_of["code"], first + number, made_of["client_id"])
        requests.append(Request(made_of, PATH, headers, body.decode()))
    recorded = recording.record(here, requests)
    return Captured(script_of(recorded, Inputs(_HEAD, _EXPRESSIONS, "code", keys)), phone.account_id)
