"""What codes need while a process runs: signing keys, the town's payload, the scan log."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from qr import codes, presence
from qr.codes import Code, CodeKeyring
from qr.payload import Payload
from qr.scans import ScanLog

_open: list["CodeRuntime"] = []


@dataclass(frozen=True, slots=True)
class CodeRuntime:
    keys: CodeKeyring
    payload: Payload
    presence_key: bytes
    scans: ScanLog


@asynccontextmanager
async def start(secret: str, numbered_keys: str, payload: Payload) -> AsyncIterator[CodeRuntime]:
    """Start it for the life of a process; scans are written behind the answers as long as it is open."""
    runtime = CodeRuntime(codes.keyring(secret, numbered_keys), payload, presence.presence_key(secret), ScanLog())
    async with runtime.scans.running():
        _open.append(runtime)
        try:
            yield runtime
        finally:
            _open.remove(runtime)


def current_runtime() -> CodeRuntime:
    """What this process has started."""
    return _open[-1]


def nonce(code: Code, now: datetime) -> str:
    """What proves for a quarter of an hour that the page of this code was opened now."""
    return presence.issue(current_runtime().presence_key, code, now)


def is_fresh(code: Code | None, nonce: str | None, now: datetime) -> bool:
    """Whether the page of this code was opened minutes ago; else it may have been read off a picture."""
    if not code or not nonce:
        return False
    return presence.opened_at(current_runtime().presence_key, code, nonce, now) is not None
