"""Runs inside a checkout of the product, by that checkout's Python: fills its database, records what it sends.

    PYTHONPATH=CHECKOUT CHECKOUT/.venv/bin/python -P …/inside.py WORDS

    fill SUPERUSER_URL                a hundred thousand orders, by the checkout's own bench.parts.filling
    fill-many SUPERUSER_URL ORDERS    so many, by its own bench.parts.many_orders
    record FILE                       what the requests on stdin ask of PostgreSQL, into the file

The checkout may be of any revision, so this file imports nothing of ours: only the `backend` and `bench` that it finds
there. DATABASE_URL names the database. Requests and recordings are JSON:

    in    [{"method": "POST", "path": "/…", "headers": {…}, "body": "…"}, …]
    out   [{"status": 201, "statements": [{"sql": "…", "types": ["bigint"], "values": [V], "rows": [{"id": V}]}]}, …]

A value V is null, the text form that PostgreSQL reads, a list of values for an array, or {"hex": "…"} for bytes.
"""

import asyncio
import functools
import json
import sys
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg
from asyncpg.connection import Connection
from asyncpg.prepared_stmt import PreparedStatement

_OF_THE_DRIVER = ("SELECT pg_advisory_unlock_all", "LISTEN ", "UNLISTEN ")
"""How texts begin that the driver sends for itself."""
_BIND = "_PreparedStatement__bind_execute"


@dataclass(slots=True)
class Heard:
    """One statement with its values as Python has them, and its rows, None where none were asked for."""

    sql: str
    values: tuple[Any, ...]
    rows: list[Any] | None


_of_request: ContextVar[list[Heard] | None] = ContextVar("_of_request", default=None)
"""What the request has sent within which we run; None in tasks that belong to none, such as that of the live pages."""


def listen() -> None:
    """From now on note every statement of every connection that a request sends."""

    def note(sql: str, values: Sequence[Any], rows: list[Any] | None) -> None:
        heard = _of_request.get()
        if heard is not None and not sql.startswith(_OF_THE_DRIVER):
            heard.append(Heard(sql, tuple(values), rows))

    execute, run, bind = Connection.execute, Connection._execute, getattr(PreparedStatement, _BIND)

    @functools.wraps(execute)
    async def plain(self: Any, query: str, *args: Any, timeout: float | None = None) -> Any:  # noqa: ASYNC109
        answer = await execute(self, query, *args, timeout=timeout)
        if not args:
            note(query, (), None)
        return answer

    @functools.wraps(run)
    async def extended(self: Any, query: str, args: Any, *rest: Any, **more: Any) -> Any:
        answer = await run(self, query, args, *rest, **more)
        note(query, args, answer[0] if more.get("return_status") else answer)
        return answer

    @functools.wraps(bind)
    async def prepared(self: Any, args: Any, *rest: Any) -> Any:
        answer = await bind(self, args, *rest)
        note(self.get_query(), args, answer)
        return answer

    Connection.execute, Connection._execute = plain, extended
    setattr(PreparedStatement, _BIND, prepared)


async def record(requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Send the requests to the app, in this process and one after the other, and say what each made of PostgreSQL."""
    from backend import config, db
    from backend.app import create_app

    app = create_app(config.from_environment(), owns_pool=False)
    answered: list[tuple[int, list[Heard]]] = []
    async with AsyncExitStack() as opened:
        await opened.enter_async_context(db.pool(2, 2))
        await opened.enter_async_context(app.lifespan())
        listen()
        for request in requests:
            heard: list[Heard] = []
            _of_request.set(heard)
            status = await _ask(app, request)
            answered.append((status, list(heard)))  # a copy: tasks that the request left behind go on
    types = await _types_of({each.sql for _, statements in answered for each in statements if each.values})
    return [
        {"status": status, "statements": [_as_json(each, types.get(each.sql, [])) for each in statements]}
        for status, statements in answered
    ]


async def _ask(app: Callable[..., Any], request: dict[str, Any]) -> int:
    """One request as an ASGI server hands it on; returns the status when the whole answer has been sent."""
    url, body = urlsplit(request["path"]), request.get("body", "").encode()
    headers = {"host": "127.0.0.1:8000", "content-length": str(len(body)), **request.get("headers", {})}
    scope = {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "http_version": "1.1", "scheme": "http",
        "method": request["method"], "path": url.path, "raw_path": url.path.encode(), "root_path": "",
        "query_string": url.query.encode(), "client": ("127.0.0.1", 50000), "server": ("127.0.0.1", 8000),
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip
    waiting = [{"type": "http.request", "body": body, "more_body": False}]
    status = 0

    async def receive() -> dict[str, Any]:
        if not waiting:
            await asyncio.Event().wait()
        return waiting.pop()

    async def send(message: dict[str, Any]) -> None:
        nonlocal status
        status = message.get("status", status)

    await app(scope, receive, send)
    return status


async def _types_of(texts: set[str]) -> dict[str, list[str]]:
    """The types of the placeholders of each statement, as PostgreSQL names them."""
    from backend import config

    connection = await asyncpg.connect(config.database_url_from_environment())
    found = {}
    try:
        for text in texts:
            parameters = (await connection.prepare(text)).get_parameters()
            names = [await connection.fetchval("SELECT format_type($1, NULL)", each.oid) for each in parameters]
            found[text] = names
    finally:
        await connection.close()
    return found


def _as_json(statement: Heard, types: list[str]) -> dict[str, Any]:
    values = [text_form(value, kind) for value, kind in zip(statement.values, types, strict=True)]
    rows = statement.rows
    told = None if rows is None else [{name: text_form(value) for name, value in row.items()} for row in rows]
    return {"sql": statement.sql, "types": types, "values": values, "rows": told}


def text_form(value: Any, kind: str = "") -> Any:
    """A value as JSON, see above. `kind` is its type in PostgreSQL, where it is known."""
    if kind in ("json", "jsonb") and not isinstance(value, str | None):
        return json.dumps(value, ensure_ascii=False, default=str)
    match value:
        case None:
            return None
        case Enum():
            return text_form(value.value)
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return f"{value.total_seconds()} seconds"
        case bytes():
            return {"hex": value.hex()}
        case list() | tuple():
            return [text_form(each) for each in value]
        case dict():
            return json.dumps(value, ensure_ascii=False, default=str)
        case _:
            return str(value)


async def _fill(superuser_url: str, orders: int | None) -> None:
    """By the filling that the checkout brings along, which knows its own columns."""
    from bench.parts import filling, many_orders

    connection = await asyncpg.connect(superuser_url)
    try:
        if orders is None:
            await filling.fill(connection, datetime.now(UTC))
        else:
            await many_orders.fill(connection, orders)
    finally:
        await connection.close()


def main(words: list[str]) -> None:
    match words:
        case ["fill", superuser_url]:
            asyncio.run(_fill(superuser_url, None))
        case ["fill-many", superuser_url, orders]:
            asyncio.run(_fill(superuser_url, int(orders)))
        case ["record", file]:
            Path(file).write_text(json.dumps(asyncio.run(record(json.load(sys.stdin)))), "utf-8")
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
