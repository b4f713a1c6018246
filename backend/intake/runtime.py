"""What intake needs while a process runs: the seal, how our codes are printed, and the model that reads texts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from backend.privacy.seals import Seal
from qr.payload import Payload

ACCEPTED_ERROR = 0.05
"""Of texts that go on their way without a person, so many may go to another item, unless a source says its own."""

_open: list["IntakeRuntime"] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeRuntime:
    """`seal` closes raw messages, contacts and secrets; `model`: what `items.suggesting` reads. `base_url`: our own.

    `webhook_networks`: of the town's own, where webhooks may go besides the internet.
    """

    seal: Seal
    payload: Payload
    model: Path
    base_url: str
    accepted_error: float = ACCEPTED_ERROR
    webhook_networks: tuple[str, ...] = ()


@asynccontextmanager
async def start(runtime: IntakeRuntime) -> AsyncIterator[IntakeRuntime]:
    """Hold it open for the life of a process."""
    _open.append(runtime)
    try:
        yield runtime
    finally:
        _open.remove(runtime)


def current_runtime() -> IntakeRuntime:
    """What this process has started."""
    return _open[-1]
