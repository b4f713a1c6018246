"""Files in sharded folders on this machine. Written beside, synced, then renamed: whole or absent after any crash."""

import asyncio
import errno
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from media.errors import PhotoNotFound, StoreFull
from media.storage import Stored

_PIECE_BYTES = 256 * 1024
_HALF = ".half-"


class DiskStorage:
    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._root = root.resolve()

    async def put(self, key: str, source: Path, media_type: str) -> None:
        try:
            await asyncio.to_thread(_put, self._path(key), source)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise StoreFull() from error
            raise

    async def find(self, key: str) -> Stored | None:
        try:
            stat = await asyncio.to_thread(self._path(key).stat)
        except (FileNotFoundError, NotADirectoryError):
            return None
        return Stored(key, stat.st_size, datetime.fromtimestamp(stat.st_mtime, UTC))

    async def read(self, key: str, start: int, length: int) -> AsyncIterator[bytes]:
        path = self._path(key)
        while length > 0:
            piece = await asyncio.to_thread(_read, path, start, min(length, _PIECE_BYTES))
            if not piece:
                return
            start, length = start + len(piece), length - len(piece)
            yield piece

    async def fetch(self, key: str, target: Path) -> None:
        try:
            await asyncio.to_thread(shutil.copyfile, self._path(key), target)
        except FileNotFoundError:
            raise PhotoNotFound() from None

    async def delete(self, key: str) -> None:
        await asyncio.to_thread(self._path(key).unlink, missing_ok=True)

    async def every(self) -> AsyncIterator[Stored]:
        files = await asyncio.to_thread(lambda: list(_walk(self._root)))
        for stored in files:
            yield stored

    def _path(self, key: str) -> Path:
        path = (self._root / key).resolve()
        if not path.is_relative_to(self._root):
            raise PhotoNotFound()
        return path


def _put(path: Path, source: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = path.with_name(f"{_HALF}{uuid4().hex}")
    try:
        shutil.copyfile(source, half)
        with half.open("rb+") as written:
            os.fsync(written.fileno())
        half.replace(path)
        _sync_folder(path.parent)
    except BaseException:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read(path: Path, start: int, length: int) -> bytes:
    try:
        with path.open("rb") as file:
            file.seek(start)
            return file.read(length)
    except FileNotFoundError:
        raise PhotoNotFound() from None


def _walk(root: Path) -> Iterator[Stored]:
    for path in root.rglob("*"):
        with suppress(FileNotFoundError):
            if path.is_file():
                stat = path.stat()
                yield Stored(str(path.relative_to(root)), stat.st_size, datetime.fromtimestamp(stat.st_mtime, UTC))
