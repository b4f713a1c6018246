"""Uploads on their way in: streamed to a private folder that is gone on every way out, whatever happens."""

import asyncio
import errno
import hashlib
import shutil
import tempfile
from collections.abc import AsyncIterable, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from media.errors import PhotoTooLarge, StoreFull
from media.kinds import HEAD_BYTES

_BUFFER_BYTES = 512 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    path: Path
    folder: Path
    """For what is made of it; removed together with it."""
    size_bytes: int
    sha256: bytes
    head: bytes


@asynccontextmanager
async def work_folder(spool_dir: Path) -> AsyncIterator[Path]:
    """A private folder that is removed at the end. Raises StoreFull."""
    folder = Path(await asyncio.to_thread(tempfile.mkdtemp, dir=spool_dir))
    try:
        yield folder
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StoreFull() from error
        raise
    finally:
        await asyncio.shield(asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True))


@asynccontextmanager
async def spooled(source: AsyncIterable[bytes], spool_dir: Path, max_bytes: int) -> AsyncIterator[Upload]:
    """Write the stream to a file, hashing it. Raises PhotoTooLarge as soon as the limit is passed, StoreFull."""
    async with work_folder(spool_dir) as folder:
        path = folder / "upload"
        yield await _written(source, path, max_bytes)


async def _written(source: AsyncIterable[bytes], path: Path, max_bytes: int) -> Upload:
    digest, size, head, buffer = hashlib.sha256(), 0, b"", bytearray()
    with path.open("wb") as file:
        async for piece in source:
            size += len(piece)
            if size > max_bytes:
                raise PhotoTooLarge(max_bytes)
            if len(head) < HEAD_BYTES:
                head += piece[: HEAD_BYTES - len(head)]
            buffer += piece
            if len(buffer) >= _BUFFER_BYTES:
                await asyncio.to_thread(_take_in, file, digest, bytes(buffer))
                buffer.clear()
        await asyncio.to_thread(_take_in, file, digest, bytes(buffer))
    return Upload(path, path.parent, size, digest.digest(), head)


def _take_in(file: BinaryIO, digest: "hashlib._Hash", piece: bytes) -> None:
    file.write(piece)
    digest.update(piece)
