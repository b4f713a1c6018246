"""The import from beginning to end: read, refuse, batch, store, report. Called by the command line."""

from collections.abc import Iterator, Sequence

from backend.places import queries as places
from backend.places.importing.csv_file import CsvFile
from backend.places.importing.headers import heading
from backend.places.importing.opening import open_file
from backend.places.importing.reasons import FileRefused, Rejected, RowRefused
from backend.places.importing.report import ErrorsFile, Progress
from backend.places.importing.source import Raw
from backend.places.importing.workbook import Workbook
from shops.register.importing.formulas import formula_cells
from shops.register.importing.loader import BATCH, Refused, ShopLoader
from shops.register.importing.options import ShopImport
from shops.register.importing.reasons import in_words
from shops.register.importing.report import ShopImportReport
from shops.register.importing.rows import KNOWN, ShopReader, ShopRow


async def import_shops(options: ShopImport) -> ShopImportReport:
    """Import shops from a CSV file or a workbook; what could be read of a broken one is stored. Raises FileRefused."""
    if options.within and not (await places.list_areas(options.within, limit=1)).items:
        raise FileRefused("areas-missing", area=options.within)
    source = _open(options)
    formulas = formula_cells(options.path, source.sheet) if isinstance(source, Workbook) else {}
    reader = ShopReader(source, options.columns, formulas)
    report, progress, loader = ShopImportReport(), Progress(options.say), ShopLoader(options)
    with ErrorsFile(options.errors_path, source.headings, in_words) as errors:
        for batch in _batches(source.rows()):
            read, refused = _read(reader, batch, report)
            stored = await loader.load(read)
            report.count(stored)
            _reject(errors, batch, [*refused, *stored.refused], source, report)
            progress.at(report.read)
    report.unused, report.seconds = reader.unused(), progress.elapsed_s()
    return report


def _open(options: ShopImport) -> CsvFile | Workbook:
    source = open_file(options.path, known=KNOWN | {heading(theirs) for theirs in options.columns.values()})
    if not isinstance(source, CsvFile | Workbook):
        raise FileRefused("shops-no-table", path=options.path)
    if isinstance(source, Workbook) and source.others:
        options.say(f"只读取第一个工作表,其余未读 / only the first sheet is read, not: {', '.join(source.others)}")
    return source


def _batches(rows: Iterator[Raw]) -> Iterator[list[Raw]]:
    batch: list[Raw] = []
    try:
        for raw in rows:
            batch.append(raw)
            if len(batch) == BATCH:
                yield batch
                batch = []
    except FileRefused:  # what could be read is stored all the same
        yield batch
        raise
    if batch:
        yield batch


def _read(
    reader: ShopReader, batch: Sequence[Raw], report: ShopImportReport
) -> tuple[list[tuple[int, ShopRow]], list[Refused]]:
    """The rows of a batch that can be read, with their lines, and why the others cannot."""
    read: list[tuple[int, ShopRow]] = []
    refused: list[Refused] = []
    for raw in batch:
        report.read += 1
        try:
            row = reader.read(raw)
        except RowRefused as why:
            refused.append((raw.line, why.reason, why.detail))
        else:
            report.notes.update(row.notes)
            read.append((raw.line, row))
    return read, refused


def _reject(
    errors: ErrorsFile, batch: Sequence[Raw], refused: Sequence[Refused], source: CsvFile | Workbook,
    report: ShopImportReport,
) -> None:  # fmt: skip
    by_line = {line: (reason, detail) for line, reason, detail in refused}
    for raw in batch if by_line else ():
        if raw.line in by_line:
            reason, detail = by_line[raw.line]
            errors.write(Rejected(raw.line, reason, detail, source.cells_of(raw)))
            report.rejected[reason] += 1
