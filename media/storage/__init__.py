"""Where the bytes lie: a small Protocol, `disk` for one machine, `s3` for a store on the network.

A key is a path of plain characters that we made. What is under a key is whole or absent, never half-written.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Stored:
    key: str
    size_bytes: int
    stored_at: datetime


class Storage(Protocol):
    async def put(self, key: str, source: Path, media_type: str) -> None:
        """Keep a copy of the file under the key, replacing what was there. Raises StoreFull, StoreUnavailable."""
        ...

    async def find(self, key: str) -> Stored | None: ...

    def read(self, key: str, start: int, length: int) -> AsyncIterator[bytes]:
        """The bytes from `start` on, in pieces. Raises PhotoNotFound when the key is gone."""
        ...

    async def fetch(self, key: str, target: Path) -> None:
        """Copy what is under the key to a local file. Raises PhotoNotFound."""
        ...

    async def delete(self, key: str) -> None:
        """Remove the key; one that is not there is no error."""
        ...

    def every(self) -> AsyncIterator[Stored]:
        """All that is kept, in no order, for sweeping."""
        ...
