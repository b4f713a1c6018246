"""Check lists as a table, one point a line: what an operator edits, and what the export writes."""

import csv
from collections.abc import Sequence
from pathlib import Path

from backend.duty.loading.lines import FileLine, Wrong, read
from backend.duty.loading.runs import BadLine, LinesWrong
from backend.spreadsheets import as_meant, harmless
from shops.inspections.checklists import NewChecklist, NewPoint
from shops.inspections.structs import ChecklistView, Department

COLUMNS = (
    *("code", "department", "name_zh", "name_en", "words_zh", "words_en", "legal_basis", "points", "is_p0"),
    "fix_within_h",
)
_POINTS, _HOURS = range(101), range(1, 90 * 24 + 1)
_YES, _NO = ("yes", "1", "true", "是"), ("", "no", "0", "false", "否")
_MOST_POINTS = 60
_OF_LIST = ("department", "name_zh", "name_en")


def read_checklists(path: Path, area_code: str) -> list[NewChecklist]:
    """The lists of a file, each with its points in their order. Raises FileRefused; LinesWrong, naming each bad line.

    What a list is called stands in each of its lines.
    """
    by_code: dict[str, tuple[FileLine, list[NewPoint]]] = {}
    wrong: list[BadLine] = []
    for line in read(path, COLUMNS):
        try:
            first, points = by_code.setdefault(line.needed("code", 40), (line, []))
            _require_same(first, line)
            line.one_of("department", Department)
            line.needed("name_zh", 80)
            points.append(_point(line))
            if len(points) > _MOST_POINTS:
                raise Wrong("checklist-too-long", most=_MOST_POINTS)
        except Wrong as why:
            wrong.append(BadLine(line.number, why.why))
    if wrong:
        raise LinesWrong(path, wrong, {})
    return [_checklist(first, points, area_code) for first, points in by_code.values()]


def write_checklists(path: Path, lists: Sequence[ChecklistView]) -> int:
    """Write lists as `read_checklists` reads them. Returns how many points."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for each in lists:
            for point in each.points:
                about = (each.code, each.department.value, each.name_zh, each.name_en)
                said = (point.words_zh, point.words_en, point.legal_basis, point.points)
                cells = (*about, *said, "yes" if point.is_p0 else "no", point.fix_within_h)
                writer.writerow([harmless(str(cell)) for cell in cells])
                count += 1
    return count


def _require_same(first: FileLine, line: FileLine) -> None:
    """The lines of a list agree on what it is called."""
    for name in _OF_LIST:
        if line.text(name) != first.text(name):
            raise Wrong("checklist-line-differs", name=name, first=first.number)


def _point(line: FileLine) -> NewPoint:
    is_p0 = line.text("is_p0", 8).lower()
    if is_p0 not in (*_YES, *_NO):
        raise Wrong("value-not-a-choice", name="is_p0", value=is_p0, choices="yes, no")
    return NewPoint(
        words_zh=as_meant(line.needed("words_zh", 200)),
        words_en=as_meant(line.text("words_en", 300)),
        legal_basis=as_meant(line.needed("legal_basis", 300)),
        points=_number(line, "points", _POINTS),
        fix_within_h=_number(line, "fix_within_h", _HOURS),
        is_p0=is_p0 in _YES,
    )


def _number(line: FileLine, name: str, within: range) -> int:
    said = line.needed(name, 12).removesuffix(".0")
    if not (said.isascii() and said.isdecimal() and int(said) in within):
        raise Wrong("value-out-of-range", name=name, value=said, least=within[0], most=within[-1])
    return int(said)


def _checklist(first: FileLine, points: Sequence[NewPoint], area_code: str) -> NewChecklist:
    return NewChecklist(
        area_code=area_code,
        department=Department(first.values["department"]),
        code=first.values["code"],
        name_zh=as_meant(first.values["name_zh"]),
        name_en=as_meant(first.values.get("name_en", "")),
        points=points,
    )
