"""Load files of duty, each in one transaction: all of a file, or, when a line of it is wrong, nothing of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from backend import db
from backend.duty.loading.kinds import READERS, FileKind, FileReader
from backend.duty.loading.known import References, look_up
from backend.duty.loading.lines import FileLine, Wrong, read
from backend.errors import BadRequest, Bilingual, InBoth, Listing, Phrase

_SHOWN = 50


class BadLine(msgspec.Struct, frozen=True):
    line: int
    why: Phrase


class LinesWrong(BadRequest):
    """Nothing of this file was taken; what was taken of the files before it stays."""

    code = "lines-wrong"

    def __init__(self, path: Path, bad_lines: Sequence[BadLine], taken: Mapping[str, int]) -> None:
        listed: list[Any] = [
            Phrase("lines-wrong.line", {"path": path, "line": bad.line, "why": InBoth(bad.why)})
            for bad in bad_lines[:_SHOWN]
        ]
        listed += [f"  … +{len(bad_lines) - _SHOWN}"] if len(bad_lines) > _SHOWN else []
        listed += [f"  已导入 / taken: {name} {count}" for name, count in taken.items()]
        super().__init__(
            values={"path": path, "count": len(bad_lines), "listed": Listing(listed, "lines-wrong.between")}
        )
        self.bad_lines = list(bad_lines)


async def load(files: Mapping[FileKind, Path], now: datetime) -> dict[str, int]:
    """Load any of the files, in the order in which one needs the other. Returns how many lines of each were taken.

    Raises LinesWrong at the first file with a bad line, FileRefused where a file cannot be read; files before it stay.
    """
    taken: dict[str, int] = {}
    for kind in FileKind:
        if kind in files:
            taken[kind.value] = await _load_file(files[kind], READERS[kind], taken, now)
    return taken


async def _load_file(path: Path, reader: FileReader, taken: Mapping[str, int], now: datetime) -> int:
    lines = read(path, reader.columns)
    async with db.transaction():
        found, bad_lines = _read_all(lines, reader, await look_up(lines))
        if bad_lines:
            raise LinesWrong(path, bad_lines, taken)
        await reader.store(found, now)
    return len(found)


def _read_all(lines: Sequence[FileLine], reader: FileReader, known: References) -> tuple[list[Any], list[BadLine]]:
    found: dict[object, tuple[int, Any]] = {}
    bad_lines: list[BadLine] = []
    for line in lines:
        try:
            one = _read_one(line, reader, known)
            first, _ = found.setdefault(reader.key(one), (line.number, one))
            if first != line.number:
                raise Wrong("line-twice", first=first)
        except Wrong as wrong:
            bad_lines.append(BadLine(line.number, wrong.why))
    return [one for _, one in found.values()], bad_lines


def _read_one(line: FileLine, reader: FileReader, known: References) -> Any:
    if line.fault:
        zh, _, en = line.fault.partition(" / ")
        raise Wrong("line-unreadable", why=Bilingual(zh, en))
    return reader.read(line, known)
