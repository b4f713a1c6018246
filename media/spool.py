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
    md5: bytes
    """What S3 calls the content by; proves nothing."""
    head: bytes


@asynccontextmanager
async def work_folder(spool_dir: Path) -> AsyncIterator[Path]:
    """A private folder that is removed at the end. Raises StoreFull."""
    folder = None
    try:
        folder = Path(await asyncio.to_thread(tempfile.mkdtemp, dir=spool_dir))
        yield folder
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StoreFull() from error
        raise
    finally:
        if folder is not None:
            await asyncio.shield(asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True))


@asynccontextmanager
async def spooled(source: AsyncIterable[bytes], spool_dir: Path, max_bytes: int) -> AsyncIterator[Upload]:
    """Write the stream to a file, hashing it. Raises PhotoTooLarge as soon as the limit is passed, StoreFull."""
    async with work_folder(spool_dir) as folder:
        path = folder / "upload"
        yield await _written(source, path, max_bytes)


@asynccontextmanager
async def adopted(path: Path, spool_dir: Path) -> AsyncIterator[Upload]:
    """A file that is here already, with a folder for what is made of it. The file itself stays."""
    async with work_folder(spool_dir) as folder:
        yield await asyncio.to_thread(_measured, path, folder)


def _measured(path: Path, folder: Path) -> Upload:
    digests, size, head = _Digests(), 0, b""
    with path.open("rb") as file:
        while piece := file.read(_BUFFER_BYTES):
            head, size = head or piece[:HEAD_BYTES], size + len(piece)
            digests.update(piece)
    return Upload(path, folder, size, digests.sha256.digest(), digests.md5.digest(), head)


async def _written(source: AsyncIterable[bytes], path: Path, max_bytes: int) -> Upload:
    digest, size, head, buffer = _Digests(), 0, b"", bytearray()
    with path.open("wb") as file:
        async for piece in source:
            size += len(piece)
            if size > max_bytes:
                raise PhotoTooLarge(max_bytes)
            if len(head) < HEAD_BYTES:
                head += piece[: HEAD_BYTES - len(head)]
            buffer += piece
            if len(buffer) >= _BUFFER_BYTES:
                await asyncio.to_thread(_consume, file, digest, bytes(buffer))
                buffer.clear()
        await asyncio.to_thread(_consume, file, digest, bytes(buffer))
    return Upload(path, path.parent, size, digest.sha256.digest(), digest.md5.digest(), head)


def _consume(file: BinaryIO, digests: "_Digests", piece: bytes) -> None:
    file.write(piece)
    digests.update(piece)


class _Digests:
    def __init__(self) -> None:
        self.sha256 = hashlib.sha256()
        self.md5 = hashlib.md5(usedforsecurity=False)

    def update(self, piece: bytes) -> None:
        self.sha256.update(piece)
        self.md5.update(piece)
