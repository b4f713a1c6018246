"""Kinds of devices from files, in the form of the shipped ones: all of it is taken, or, where a line is wrong, nothing.

What is left out stays as it is. A preview says the same and stores nothing. Taken again it changes nothing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from backend import db
from backend.duty.loading.lines import FileLine, Wrong, read
from backend.errors import Bilingual, Phrase
from backend.intake.sensors import kind_lines, town_kinds
from backend.intake.sensors import kinds as known
from backend.intake.sensors.kinds import Cause, SensorKind
from backend.items import queries as items
from backend.sql import sql

T = TypeVar("T")
_KIND_COLUMNS = ("code", "name_zh", "name_en", "silence_min")
_CAUSE_COLUMNS = ("kind", "code", "name_zh", "name_en", "trigger")
_PUT_KIND = """
    INSERT INTO sensor_kind AS there (code, name_zh, name_en, unit, low, high, silence_min, battery_floor, activity)
    VALUES (:code, :name_zh, :name_en, :unit, :low, :high, :silence_min, :battery_floor, :activity)
    ON CONFLICT (code) DO UPDATE SET name_zh = EXCLUDED.name_zh, name_en = EXCLUDED.name_en, unit = EXCLUDED.unit,
        low = EXCLUDED.low, high = EXCLUDED.high, silence_min = EXCLUDED.silence_min,
        battery_floor = EXCLUDED.battery_floor, activity = EXCLUDED.activity
"""
_PUT_CAUSE = """
    INSERT INTO sensor_cause AS there (kind, code, name_zh, name_en, trigger, item_id, is_by_place, fold_min, storm_min,
        is_always_visited, reason_zh, reason_en)
    VALUES (:kind, :code, :name_zh, :name_en, :trigger, :item_id, :is_by_place, :fold_min, :storm_min,
        :is_always_visited, :reason_zh, :reason_en)
    ON CONFLICT (kind, code) DO UPDATE SET name_zh = EXCLUDED.name_zh, name_en = EXCLUDED.name_en,
        trigger = EXCLUDED.trigger, item_id = EXCLUDED.item_id, is_by_place = EXCLUDED.is_by_place,
        fold_min = EXCLUDED.fold_min, storm_min = EXCLUDED.storm_min, is_always_visited = EXCLUDED.is_always_visited,
        reason_zh = EXCLUDED.reason_zh, reason_en = EXCLUDED.reason_en
"""
# Their limit may be another one now: the next look says when each is silent.
_LOOK_AGAIN = """
    UPDATE sensor_state st SET look_at = least(st.look_at, :now) FROM sensor s
    WHERE s.id = st.sensor_id AND s.is_on AND s.silence_min IS NULL AND s.kind = ANY(:kinds::text[])
      AND st.silent_since IS NULL
"""


class RefusedKindLine(msgspec.Struct, frozen=True):
    """`file`: its name; `line`: 0 for what no single line shows."""

    file: str
    line: int
    why: Phrase


class KindImportReport(msgspec.Struct, kw_only=True):
    """`kinds` and `causes`: lines that were read. Where one was refused, nothing was stored."""

    kinds: int = 0
    causes: int = 0
    is_stored: bool = False
    refused: list[RefusedKindLine] = []


async def load(
    kinds_file: Path | None, causes_file: Path | None, now: datetime, *, is_preview: bool = False
) -> KindImportReport:
    """Raises FileRefused where a file is none, or lacks a column."""
    report = KindImportReport()
    kinds = _lines(kinds_file, _KIND_COLUMNS, kind_lines.kind_of, lambda kind: kind.code, report)
    causes = _lines(causes_file, _CAUSE_COLUMNS, kind_lines.cause_of, lambda pair: "/".join(_key(pair)), report)
    report.kinds, report.causes = len(kinds), len(causes)
    await town_kinds.refresh()
    by_kind: dict[str, dict[str, Cause]] = {}
    for kind, cause in causes:
        by_kind.setdefault(kind, {})[cause.code] = cause
    merged = town_kinds.merge(known.kinds(), kinds, by_kind)
    codes = frozenset(await items.list_names())
    for code in {kind.code for kind in kinds} | by_kind.keys():
        report.refused += [RefusedKindLine("", 0, why) for why in kind_lines.faults_of(merged.get(code), code, codes)]
    if not report.refused and not is_preview:
        await _store(kinds, causes, now)
        report.is_stored = True
    return report


def _lines(
    path: Path | None,
    columns: Sequence[str],
    read_line: Callable[[FileLine], T],
    key_of: Callable[[T], str],
    report: KindImportReport,
) -> list[T]:
    found: dict[str, T] = {}
    first: dict[str, int] = {}
    for line in read(path, columns) if path else ():
        try:
            if line.fault:
                zh, _, en = line.fault.partition(" / ")
                raise Wrong("line-unreadable", why=Bilingual(zh, en))
            said = read_line(line)
            if (number := first.setdefault(key_of(said), line.number)) != line.number:
                raise Wrong("line-twice", first=number)
            found[key_of(said)] = said
        except Wrong as wrong:
            report.refused.append(RefusedKindLine(path.name if path else "", line.number, wrong.why))
    return list(found.values())


def _key(pair: tuple[str, Cause]) -> tuple[str, str]:
    return pair[0], pair[1].code


async def _store(kinds: Sequence[SensorKind], causes: Sequence[tuple[str, Cause]], now: datetime) -> None:
    async with db.transaction():
        for kind in kinds:
            await db.execute(sql(_PUT_KIND, **{name: getattr(kind, name) for name in _OF_KIND}))
        for code, cause in causes:
            await db.execute(sql(_PUT_CAUSE, **_columns(code, cause)))
        await db.execute(sql(_LOOK_AGAIN, kinds=[kind.code for kind in kinds], now=now))
        await town_kinds.refresh()


_OF_KIND = tuple(name for name in SensorKind._fields if name != "causes")


def _columns(kind: str, cause: Cause) -> dict[str, Any]:
    said = cause._asdict() | {"kind": kind, "trigger": cause.trigger.value, "item_id": cause.item_code or None}
    for name in ("fold", "storm"):
        said[f"{name}_min"] = int(said.pop(f"{name}_for").total_seconds() // 60)
    del said["item_code"]
    return said


def rows_of_kinds(kinds: Mapping[str, SensorKind]) -> Iterator[dict[str, str]]:
    """As lines of a file, to be changed and taken again."""
    for kind in kinds.values():
        yield {name: _written(getattr(kind, name)) for name in _OF_KIND}


def rows_of_causes(kinds: Mapping[str, SensorKind]) -> Iterator[dict[str, str]]:
    for kind in kinds.values():
        for cause in kind.causes.values():
            yield {"kind": kind.code, **kind_lines.written(cause)}


def _written(value: object) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
