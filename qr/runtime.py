"""What this room is given and talks to: signing keys, the town's payload, the scan log. A door opens it once."""

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
    """Open the room for the life of a door; scans are written behind the answers as long as it is open."""
    room = CodeRuntime(codes.keyring(secret, numbered_keys), payload, presence.presence_key(secret), ScanLog())
    async with room.scans.running():
        _open.append(room)
        try:
            yield room
        finally:
            _open.remove(room)


def current_runtime() -> CodeRuntime:
    """The open room."""
    return _open[-1]


def nonce(code: Code, now: datetime) -> str:
    """What proves for a quarter of an hour that the page of this code was opened now."""
    return presence.issue(current_runtime().presence_key, code, now)


def is_fresh(code: Code | None, nonce: str | None, now: datetime) -> bool:
    """Whether the page of this code was opened minutes ago; else it may have been read off a picture."""
    if not code or not nonce:
        return False
    return presence.opened_at(current_runtime().presence_key, code, nonce, now) is not None
