"""The two imports from beginning to end: read, refuse, batch, store, report. Called by the command line."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from enum import StrEnum
from typing import TypeVar

from backend import db
from backend.places import queries, service, sql
from backend.places.importing import area_loader, place_loader
from backend.places.importing.area_rows import AreaReader, AreaRow
from backend.places.importing.fields import USUAL_HEADINGS
from backend.places.importing.headers import heading
from backend.places.importing.opening import open_file
from backend.places.importing.options import ImportOptions
from backend.places.importing.place_loader import BatchResult
from backend.places.importing.place_rows import PlaceReader, PlaceRow
from backend.places.importing.reasons import FileRefused, Rejected, RowReason, RowRefused
from backend.places.importing.report import ErrorsFile, ImportReport, Progress
from backend.places.importing.source import ImportSource, Raw

Row = TypeVar("Row", AreaRow, PlaceRow)
Refusals = dict[int, tuple[StrEnum, str]]
"""By line, within a batch."""
Read = Callable[[Raw], Row]
Identify = Callable[[Sequence[Row]], Awaitable[list[Row]]]
Store = Callable[[Sequence[tuple[int, Row]]], Awaitable[BatchResult]]


async def import_places(options: ImportOptions) -> ImportReport:
    """Import doorplates, storefronts and points from a file. Raises FileRefused."""
    source = open_source(options)
    reader = PlaceReader(source, options)
    await _check_within(options.within)
    if await place_loader.holds_demo_data(options.dataset):
        raise FileRefused("dataset-of-demo", dataset=options.dataset)

    async def store(batch: Sequence[tuple[int, PlaceRow]]) -> BatchResult:
        return await place_loader.load(batch, options.dataset, options.within)

    report = await _Run(source, options, place_loader.BATCH).go(reader.read, place_loader.identify, store)
    report.unused = reader.unused()
    return report


async def import_areas(options: ImportOptions) -> ImportReport:
    """Import areas and grid cells from a file, then put the places of those districts in order. Raises FileRefused."""
    source = open_source(options)
    reader = AreaReader(source, options)
    districts: set[str] = set()

    async def store(batch: Sequence[tuple[int, AreaRow]]) -> BatchResult:
        districts.update(row.code[:6] for _, row in batch)
        return await area_loader.load(batch)

    report = await _Run(source, options, area_loader.BATCH).go(reader.read, area_loader.identify, store)
    report.unused = reader.unused()
    for district in sorted(districts):
        report.moved += await service.relocate(district)
    return report


def open_source(options: ImportOptions) -> ImportSource:
    """The reader that the file needs. Raises FileRefused."""
    source = open_file(
        options.path, options.datum, USUAL_HEADINGS | {heading(name) for name in options.columns.values()}
    )
    others = getattr(source, "others", ())
    if others:
        options.say(f"只读取第一个工作表,其余未读 / only the first sheet is read, not: {', '.join(others)}")
    return source


async def _check_within(code: str) -> None:
    if code and not (await queries.list_areas(code, limit=1)).items:
        raise FileRefused("areas-missing", area=code)


class _Run:
    """The loop that both imports share."""

    def __init__(self, source: ImportSource, options: ImportOptions, batch_size: int) -> None:
        self._source, self._options, self._batch_size = source, options, batch_size
        self._report, self._progress = ImportReport(), Progress(options.say)
        self._first_line: dict[str, int] = {}

    async def go(self, read: Read[Row], identify: Identify[Row], store: Store[Row]) -> ImportReport:
        with ErrorsFile(self._options.errors_path, self._source.headings) as errors:
            for batch in self._batches():
                refused: Refusals = {}
                taken = [(raw.line, row) for raw in batch if (row := self._take(raw, read, refused)) is not None]
                known = await identify([row for _, row in taken])
                lines = (line for line, _ in taken)
                good = [each for each in zip(lines, known, strict=True) if self._is_first(*each, refused)]
                outcome = await store(good)
                refused |= {line: (reason, detail) for line, reason, detail in outcome.refused}
                self._reject(errors, batch, refused)
                self._count(outcome, [row for line, row in good if line not in refused])
                self._progress.at(self._report.read)
        if self._report.new:
            await db.execute(sql.REFRESH_STATISTICS)
        self._report.seconds = self._progress.elapsed_s()
        return self._report

    def _batches(self) -> Iterator[list[Raw]]:
        batch: list[Raw] = []
        try:
            for raw in self._source.rows():
                batch.append(raw)
                if len(batch) == self._batch_size:
                    yield batch
                    batch = []
        except FileRefused:  # what could be read is stored all the same
            yield batch
            raise
        if batch:
            yield batch

    def _take(self, raw: Raw, read: Read[Row], refused: Refusals) -> Row | None:
        try:
            return read(raw)
        except RowRefused as why:
            refused[raw.line] = (why.reason, why.detail)
            return None

    def _is_first(self, line: int, row: AreaRow | PlaceRow, refused: Refusals) -> bool:
        first = self._first_line.setdefault(row.key, line)
        if first != line:
            refused[line] = (RowReason.DUPLICATE, f"{first}")
        return first == line

    def _count(self, outcome: BatchResult, stored: Sequence[Row]) -> None:
        self._report.new += outcome.new
        self._report.changed += outcome.changed
        self._report.unchanged += outcome.unchanged
        self._report.read += len(stored)
        self._report.overlaps += outcome.overlaps
        for row in stored:
            self._report.notes.update(row.notes)

    def _reject(self, errors: ErrorsFile, batch: Sequence[Raw], refused: Refusals) -> None:
        for raw in batch if refused else ():
            if raw.line in refused:
                reason, detail = refused[raw.line]
                errors.write(Rejected(raw.line, reason, detail, self._source.cells_of(raw)))
                self._report.rejected[reason] += 1
                self._report.read += 1
