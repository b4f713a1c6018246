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
from backend.errors import BadRequest

_SHOWN = 50


class BadLine(msgspec.Struct, frozen=True):
    line: int
    zh: str
    en: str


class LinesWrong(BadRequest):
    """Nothing of this file was taken; what was taken of the files before it stays."""

    code = "lines-wrong"

    def __init__(self, path: Path, bad_lines: Sequence[BadLine], taken: Mapping[str, int]) -> None:
        listed = [f"  {path}:{bad.line}: {bad.zh} / {bad.en}" for bad in bad_lines[:_SHOWN]]
        listed += [f"  … +{len(bad_lines) - _SHOWN}"] if len(bad_lines) > _SHOWN else []
        listed += [f"  已导入 / taken: {name} {count}" for name, count in taken.items()]
        super().__init__(
            f"{path} 有 {len(bad_lines)} 行有误,该文件未导入",
            f"{len(bad_lines)} bad line(s) in {path}: nothing of it was taken\n" + "\n".join(listed),
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
                raise Wrong(f"与第 {first} 行重复", f"the same as line {first}")
        except Wrong as wrong:
            bad_lines.append(BadLine(line.number, wrong.zh, wrong.en))
    return [one for _, one in found.values()], bad_lines


def _read_one(line: FileLine, reader: FileReader, known: References) -> Any:
    if line.fault:
        zh, _, en = line.fault.partition(" / ")
        raise Wrong(zh, en)
    return reader.read(line, known)
