"""对照表: the class table of a source, from its own classes to sub-items of our dictionary; a CSV file is all of it."""

import csv
from collections.abc import Sequence
from pathlib import Path

from backend import db
from backend.intake.sources.errors import ClassTableWrong
from backend.intake.sources.structs import ClassRow
from backend.intake.structs import CLASS_MOST
from backend.items import queries as items

HEADER = ("class_code", "class_name", "item_code")
_NAME_MOST = 120
_ITEM = "SELECT item_id FROM source_class WHERE source_id = $1 AND class_code = $2"
_CLASS = "SELECT min(class_code) FROM source_class WHERE source_id = $1 AND item_id = $2"
_ALL = "SELECT class_code, class_name, item_id AS item_code FROM source_class WHERE source_id = $1 ORDER BY class_code"
_LOCK = "SELECT id FROM intake_source WHERE id = $1 FOR NO KEY UPDATE"
_CLEAR = "DELETE FROM source_class WHERE source_id = $1"
_ADD = """
    INSERT INTO source_class (source_id, class_code, class_name, item_id)
    SELECT $1, row.* FROM unnest($2::text[], $3::text[], $4::text[]) AS row
"""


async def item_of(source_id: int, class_code: str) -> str | None:
    """The sub-item of a class of this source; None where its table does not have it."""
    return await db.fetchval(_ITEM, source_id, class_code) if class_code else None


async def find_class(source_id: int, item_code: str) -> str | None:
    """The other way round: the first class of this source that is this sub-item."""
    return await db.fetchval(_CLASS, source_id, item_code)


async def list_classes(source_id: int) -> list[ClassRow]:
    """The table of a source, by its classes."""
    return [ClassRow(**row) for row in await db.fetch(_ALL, source_id)]


async def set_classes(source_id: int, rows: Sequence[ClassRow]) -> int:
    """Put these in place of the table of a source. Returns how many. Raises ClassTableWrong, with nothing changed."""
    known = await items.list_codes()
    for line, row in enumerate(rows, start=1):
        _require(row, line, known)
    if repeated := _first_repeated([row.class_code for row in rows]):
        raise ClassTableWrong(line=0, fault="repeated", value=repeated)
    async with db.transaction():
        await db.execute(_LOCK, source_id)
        await db.execute(_CLEAR, source_id)
        columns = [[getattr(row, name) for row in rows] for name in HEADER]
        await db.execute(_ADD, source_id, *columns)
    return len(rows)


def read_classes(file: Path) -> list[ClassRow]:
    """The rows of a CSV file with HEADER in its first line. Raises ClassTableWrong, OSError."""
    with file.open(encoding="utf-8-sig", newline="") as opened:
        reader = csv.DictReader(opened)
        if tuple(reader.fieldnames or ()) != HEADER:
            raise ClassTableWrong(line=1, fault="header", value=",".join(HEADER))
        try:
            return [ClassRow(**{name: (row[name] or "").strip() for name in HEADER}) for row in reader]
        except (UnicodeDecodeError, csv.Error) as error:
            raise ClassTableWrong(line=reader.line_num, fault="unreadable", value="") from error


def _require(row: ClassRow, line: int, known: set[str]) -> None:
    faults = {
        "class": not 0 < len(row.class_code) <= CLASS_MOST,
        "name": len(row.class_name) > _NAME_MOST,
        "item": row.item_code not in known,
    }
    for fault, is_so in faults.items():
        if is_so:
            raise ClassTableWrong(line=line, fault=fault, value=row.item_code if fault == "item" else row.class_code)


def _first_repeated(codes: Sequence[str]) -> str:
    seen: set[str] = set()
    return next((code for code in codes if code in seen or seen.add(code)), "")
