"""Scans as a bench asks for them, as JSON and as page, and what they ask of PostgreSQL."""

from collections.abc import Sequence

import asyncpg

from bench.parts import cpu, recording
from bench.parts.recording import Request
from bench.parts.script import Inputs, Script, script_of
from bench.parts.stage import Stage

ASKED = {"JSON": "/api/v1/codes/{code}", "page": "/q/{code}"}
_RECORDED_CODES = 50
_PASSES = 4
"""The first one of a page finds out what stands beside its place from then on, and sends more than the others."""
_EXPRESSIONS = {"code": "(:keys::text[])[:pick::int]"}
_HEAD = f"\\set pick random(1, {_RECORDED_CODES})\n"


async def postmaster_of(database_url: str) -> int:
    connection = await asyncpg.connect(database_url)
    try:
        return cpu.parent_of(connection.get_server_pid())
    finally:
        await connection.close()


def script(here: Stage, what: str, codes: Sequence[str]) -> Script:
    """What one scan sends, its code drawn from some of these."""
    keys = codes[:_RECORDED_CODES]
    asked = [keys[number % len(keys)] for number in range(_PASSES * len(keys) + recording.WARM_UP)]
    headers = {"accept": "application/json" if what == "JSON" else "text/html"}
    requests = [Request({"code": code}, ASKED[what].format(code=code), headers) for code in asked]
    return script_of(recording.record(here, requests), Inputs(_HEAD, _EXPRESSIONS, "code", keys))
