"""Files of archived rows: CSV with a line of column names, gzip, readable by their owner alone.

Beside each stands its checksum as `sha256sum -c` reads it.
"""

import gzip
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

_CHUNK = 1 << 20
_OWNER_ONLY = 0o600


class FileDamaged(ValueError):
    """The file is not what its checksum says, or there is none."""


class Writer:
    """Takes the rows of one file. It gets its name when it is whole; until then it is `….part`."""

    def __init__(self, path: Path) -> None:
        self._path, self._unfinished = path, path.with_name(f"{path.name}.part")
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(self._unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY)
        self._raw = os.fdopen(self._file, "wb")
        self._packed = cast(IO[bytes], gzip.GzipFile(fileobj=self._raw, mode="wb", filename="", mtime=0))

    def write(self, rows: bytes) -> None:
        self._packed.write(rows)

    def finish(self) -> str:
        """Put the file on the disk under its name, with its checksum beside it. Returns the checksum."""
        self._packed.close()
        self._raw.flush()
        os.fsync(self._file)
        self._raw.close()
        checksum = checksum_of(self._unfinished)
        beside = checksum_file(self._path)
        beside.write_text(f"{checksum}  {self._path.name}\n", "utf-8")
        self._unfinished.replace(self._path)
        return checksum

    def abandon(self) -> None:
        self._raw.close()
        self._unfinished.unlink(missing_ok=True)


def checksum_file(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")


def read(path: Path) -> Iterator[bytes]:
    """The rows of a file, once it agrees with its checksum. Raises FileDamaged."""
    try:
        written = checksum_file(path).read_text("utf-8").split()[0]
        if checksum_of(path) != written:
            raise FileDamaged(path.name)
    except (OSError, IndexError) as error:
        raise FileDamaged(path.name) from error
    with gzip.open(path) as packed:
        while chunk := packed.read(_CHUNK):
            yield chunk


def digest_of(path: Path) -> str:
    """What the rows in a file come to, read back from the disk. Raises FileDamaged."""
    digest = hashlib.sha256()
    for chunk in read(path):
        digest.update(chunk)
    return digest.hexdigest()


def checksum_of(path: Path) -> str:
    """The SHA-256 of a file as it lies on the disk, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
