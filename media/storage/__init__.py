"""Where the bytes lie: a small Protocol, `disk` for one machine, `s3` for a store on the network.

A key is a path of plain characters that we made. What is under a key is whole or absent, never half-written.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Stored:
    key: str
    size_bytes: int
    stored_at: datetime


@dataclass(frozen=True, slots=True)
class S3Settings:
    endpoint_url: str
    bucket: str
    access_key: str
    secret_key: str
    region: str = "us-east-1"
    threads: int = 8
    connect_timeout_s: float = 3.0
    read_timeout_s: float = 20.0


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


class DirectStorage(Storage, Protocol):
    """A store into which a phone may put a photo itself, and which checks what it puts."""

    async def presign_put(
        self, key: str, media_type: str, size_bytes: int, md5: bytes, lifetime: timedelta
    ) -> tuple[str, dict[str, str]]:
        """A link under which exactly these bytes may be put, and the headers to send with them."""
        ...
