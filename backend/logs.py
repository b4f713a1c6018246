"""Logs: one JSON object a line on standard error, each with the id of the request that caused it.

Never log what a person typed, a token, a phone, a name, a query string or a body: ids and counts only. For a database
error the server's text is left out, because PostgreSQL quotes the offending values in it. Writing a line neither waits
nor fails: see `log_writer`.
"""

import logging
import re
import sys
import traceback
from contextvars import ContextVar
from datetime import datetime
from typing import Any, cast

import asyncpg
import msgspec

from backend import lazily
from backend.log_writer import STANDARD_ERROR

with lazily.missing("rich"):  # 5 MB of each process, for tracebacks in colour
    import structlog
    from structlog.typing import EventDict

request_id: ContextVar[str] = ContextVar("request_id", default="")
_MESSAGE_CHARS = 300
_QUERY = re.compile(rb"\?[A-Za-z0-9_.%~-]+=[^\s\"'\\]*")
"""What follows the path of an address: positions (`lng`, `lat`), signatures of links, what was searched for."""


def configure() -> None:
    """Send our own lines and those of the libraries through the same pipe."""
    shared = [structlog.stdlib.add_log_level, _add_request_id, structlog.processors.TimeStamper("iso", utc=True)]
    structlog.configure(
        processors=[*shared, _keep_exception_short, structlog.processors.JSONRenderer(serializer=_to_json)],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.BytesLoggerFactory(cast(Any, STANDARD_ERROR)),
        cache_logger_on_first_use=True,
    )
    handler = _Handler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _keep_exception_short,
                structlog.processors.JSONRenderer(serializer=lambda line, **_: _to_json(line).decode()),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


class _Handler(logging.Handler):
    """The libraries' lines, by the same way as ours."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            STANDARD_ERROR.write(self.format(record).encode() + b"\n")
        except Exception:
            STANDARD_ERROR.write(b'{"event":"unreadable","level":"warning"}\n')


def get_logger() -> Any:
    return structlog.get_logger()


class RequestLine(msgspec.Struct, frozen=True, kw_only=True):
    """The one line of a request. A struct of its own, as it is written for each of them."""

    event: str = "request"
    level: str = "info"
    timestamp: datetime
    request_id: str
    method: str
    path: str
    """The template, never the path itself: that may hold a token."""
    status: int
    ms: float
    account_id: int | None


def write(line: RequestLine) -> None:
    STANDARD_ERROR.write(msgspec.json.encode(line) + b"\n")


def drain() -> None:
    """Wait, not for long, until what was logged has been written."""
    STANDARD_ERROR.drain()


def dropped() -> int:
    """How many lines could not be written since the start."""
    return STANDARD_ERROR.dropped


def describe(error: BaseException) -> dict[str, Any]:
    """What we must know to mend it: kind, place in the code, and words that carry nobody's data."""
    return {
        "error": type(error).__qualname__,
        "message": _words(error),
        "frames": [f"{at.filename}:{at.lineno} {at.name}" for at in traceback.extract_tb(error.__traceback__)],
        "cause": type(error.__cause__).__qualname__ if error.__cause__ else None,
    }


def _words(error: BaseException) -> str:
    if isinstance(error, asyncpg.PostgresError):
        return f"{getattr(error, 'sqlstate', '')} {getattr(error, 'constraint_name', None) or ''}".strip()
    return str(error)[:_MESSAGE_CHARS]


def _add_request_id(_logger: Any, _method: str, line: EventDict) -> EventDict:
    if known := request_id.get():
        line.setdefault("request_id", known)
    return line


def _keep_exception_short(_logger: Any, _method: str, line: EventDict) -> EventDict:
    info = line.pop("exc_info", None)
    error = info[1] if isinstance(info, tuple) else sys.exc_info()[1] if info else None
    if error is not None:
        line.update(describe(error))
    return line


def _to_json(line: Any, **_: Any) -> bytes:
    """The line, without the query of any address in it: libraries and errors quote them."""
    return _QUERY.sub(rb"?...", msgspec.json.encode(line, enc_hook=str))
