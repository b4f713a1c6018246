"""Devices from a file, CSV or Excel: what is good is registered, and of each other line it is said why not.

A preview says the same and stores nothing. Repeating an import changes nothing.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from backend.duty.loading.lines import FileLine, Wrong, read
from backend.errors import Bilingual, Phrase
from backend.intake.sensors import drafts, registry, town_kinds
from backend.intake.sensors.registry import LocatedSensor
from backend.intake.sources.structs import Source
from backend.places import queries as places

COLUMNS = ("device_no", "kind")
_AT_ONCE = 1_000


class SensorFile(msgspec.Struct, frozen=True, kw_only=True):
    """`places`: the dataset whose keys stand in the column `place`."""

    path: Path
    places: str = ""
    is_preview: bool = False


class RefusedLine(msgspec.Struct, frozen=True):
    line: int
    why: Phrase


class SensorImportReport(msgspec.Struct, kw_only=True):
    """Of a preview `new` and `changed` are 0, and `good` says how many lines would be taken."""

    read: int = 0
    good: int = 0
    new: int = 0
    changed: int = 0
    refused: list[RefusedLine] = []


async def load(file: SensorFile, source: Source, now: datetime) -> SensorImportReport:
    """Register the devices of a file. Raises FileRefused where it is none or lacks a column."""
    await town_kinds.refresh()
    report = SensorImportReport()
    first_line: dict[str, int] = {}
    for lines in _batches(read(file.path, COLUMNS)):
        located = [each for each in await _read(lines, file, source, first_line, report)]
        report.read += len(lines)
        report.good += len(located)
        if located and not file.is_preview:
            registered = await registry.register(located, source, now)
            report.new += registered.new
            report.changed += registered.changed
    return report


def _batches(lines: Sequence[FileLine]) -> Iterator[Sequence[FileLine]]:
    for start in range(0, len(lines), _AT_ONCE):
        yield lines[start : start + _AT_ONCE]


async def _read(
    lines: Sequence[FileLine],
    file: SensorFile,
    source: Source,
    first_line: dict[str, int],
    report: SensorImportReport,
) -> list[LocatedSensor]:
    keys = [key for line in lines if (key := line.values.get("place", ""))]
    there = await places.find_by_source_keys(file.places, keys) if keys else {}
    located: list[LocatedSensor] = []
    for line in lines:
        try:
            located.append(await _one(line, there, source, first_line))
        except Wrong as wrong:
            report.refused.append(RefusedLine(line.number, wrong.why))
    return located


async def _one(
    line: FileLine, there: dict[str, tuple[int, str]], source: Source, first_line: dict[str, int]
) -> LocatedSensor:
    if line.fault:
        zh, _, en = line.fault.partition(" / ")
        raise Wrong("line-unreadable", why=Bilingual(zh, en))
    key = line.text("place", 200)
    if key and key not in there:
        raise Wrong("sensor-place-unknown", value=key)
    place_id, area_code = there.get(key, (None, None))
    draft = drafts.read_line(line, place_id)
    first = first_line.setdefault(draft.device_no, line.number)
    if first != line.number:
        raise Wrong("line-twice", first=first)
    return await registry.locate(draft, source, area_code)
