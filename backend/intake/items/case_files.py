"""Texts with their classes from a CSV file, plain or gzip: columns text, label, and if there are title, group."""

import csv
import gzip
from pathlib import Path
from typing import IO

from backend.intake.items.structs import Case

_NEEDED = ("text", "label")
_WIDEST = 1 << 20


class CasesUnreadable(ValueError):
    """The file is no CSV in UTF-8 with the columns that are needed."""


def read_cases(file: Path) -> list[Case]:
    """Every row that has a text and a label; a text that stands there twice counts once. Raises CasesUnreadable."""
    csv.field_size_limit(_WIDEST)
    found: dict[str, Case] = {}
    try:
        with _opened(file) as lines:
            reader = csv.DictReader(lines)
            if missing := set(_NEEDED) - set(reader.fieldnames or ()):
                raise CasesUnreadable(f"no column {', '.join(sorted(missing))}")
            for row in reader:
                text, label = (row["text"] or "").strip(), (row["label"] or "").strip()
                if text and label:
                    case = Case(title=row.get("title") or "", text=text, label=label, group=row.get("group") or "")
                    found.setdefault(text, case)
    except (UnicodeDecodeError, csv.Error, EOFError, gzip.BadGzipFile) as error:
        raise CasesUnreadable(str(error)) from error
    return list(found.values())


def _opened(file: Path) -> IO[str]:
    if file.suffix == ".gz":
        return gzip.open(file, "rt", encoding="utf-8-sig", newline="")
    return file.open(encoding="utf-8-sig", newline="")
