"""Uploads that are not whole yet: one file each, whose length is the truth about how much has arrived."""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterable, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from media.errors import PhotoTooLarge, UploadBusy

_BUFFER_BYTES = 256 * 1024


def path(folder: Path, upload_id: UUID) -> Path:
    return folder / str(upload_id)


async def size(folder: Path, upload_id: UUID) -> int:
    try:
        return (await asyncio.to_thread(path(folder, upload_id).stat)).st_size
    except FileNotFoundError:
        return 0


@dataclass(frozen=True, slots=True)
class Partial:
    """An upload that nobody else can write to or finish while we hold it."""

    file: BinaryIO
    size_bytes: int

    async def append(self, source: AsyncIterable[bytes], whole_bytes: int) -> int:
        """Write what comes, synced; what was written before the stream broke stays. Returns the new length.

        Raises PhotoTooLarge beyond the announced length.
        """
        return await _write(self.file, self.size_bytes, source, whole_bytes)


@asynccontextmanager
async def held(folder: Path, upload_id: UUID) -> AsyncIterator[Partial]:
    """Hold an upload across all processes of this machine; the system lets go when a process dies.

    Raises UploadBusy while somebody else holds it.
    """
    file = await asyncio.to_thread(_open_locked, path(folder, upload_id))
    try:
        yield Partial(file, file.tell())
    finally:
        await asyncio.shield(asyncio.to_thread(file.close))


def _open_locked(target: Path) -> BinaryIO:
    file = target.open("ab", buffering=0)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise UploadBusy() from None
    return file  # type: ignore[return-value]


async def _write(file: BinaryIO, offset: int, source: AsyncIterable[bytes], whole_bytes: int) -> int:
    buffer = bytearray()
    try:
        async for piece in source:
            if offset + len(buffer) + len(piece) > whole_bytes:
                raise PhotoTooLarge(whole_bytes)
            buffer += piece
            if len(buffer) >= _BUFFER_BYTES:
                offset += await _flush(file, buffer)
    finally:
        offset += await asyncio.shield(_flush(file, buffer))
        await asyncio.shield(asyncio.to_thread(os.fsync, file.fileno()))
    return offset


async def _flush(file: BinaryIO, buffer: bytearray) -> int:
    data = bytes(buffer)
    buffer.clear()
    written = 0
    while written < len(data):
        written += await asyncio.to_thread(file.write, data[written:])
    return written
