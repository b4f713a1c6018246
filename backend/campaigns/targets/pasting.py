"""A list of targets as text: a target a line, or a table as a spreadsheet copies it, with its headings or without.

Without headings a cell that names a kind of targets is the kind, one of Latin letters and digits the code, and of the
others the first is the name and the second the address. Pure.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from backend.campaigns.forms.fields import TargetKind
from backend.campaigns.targets.files import HEADINGS, NAMES, clues_of
from backend.campaigns.targets.structs import SaidTarget, TargetClues
from backend.places.importing.fields import clean
from backend.places.importing.headers import heading

_TAB = "\t"
_CELL_MOST = 200
_NUMBER = "行"
"""The last column of what is written, so that no blank at the end of a line is lost on its way through a form."""
_COLUMNS = ("code", "name", "address", "kind", "lng", "lat", "contact", "phone", "remark", "assignee")


def as_table(text: str) -> bytes | None:
    """The text as a file of CSV where its first line has headings; None where it is no table."""
    first, _, _ = text.partition("\n")
    cells = first.split(_delimiter(first))
    if not any(heading(cell.strip().strip('"')) in HEADINGS for cell in cells):
        return None
    out = io.StringIO()
    try:
        csv.writer(out).writerows(csv.reader(io.StringIO(text), delimiter=_delimiter(first)))
    except csv.Error:
        return None
    return out.getvalue().encode()


def read_lines(text: str, kind: str, kinds: Iterable[TargetKind], most: int) -> list[SaidTarget]:
    """What was typed, scanned or copied without headings, a line a target. `kind`: of those that name none."""
    known = {said: each.code for each in kinds for said in (each.code, each.zh, each.en) if said}
    lines = enumerate(text.splitlines()[:most], 1)
    return [_read(number, line, kind, known) for number, line in lines if clean(line)]


def write(targets: Sequence[SaidTarget]) -> str:
    """Targets as a table that `as_table` knows again, so that what was looked at can be taken."""
    out = io.StringIO()
    table = csv.writer(out, delimiter=_TAB, lineterminator="\n")
    table.writerow([*(NAMES[name][0] for name in _COLUMNS), _NUMBER])
    table.writerows(_cells(each) for each in targets)
    return out.getvalue()


def _read(number: int, line: str, kind: str, known: Mapping[str, str]) -> SaidTarget:
    cells = [clean(cell)[:_CELL_MOST] for cell in line.split(_TAB)]
    cells = [cell for cell in cells if cell]
    if len(cells) == 1:
        return SaidTarget(line=number, clues=clues_of(cells[0]), kind=kind)
    own = next((cell for cell in cells if cell in known), None)
    code = next((cell for cell in cells if cell != own and cell.isascii() and " " not in cell), "")
    words = [cell for cell in cells if cell not in (own, code)]
    name, address = (*words, "", "")[:2]
    clues = TargetClues(code=code, name=name, address=address)
    return SaidTarget(line=number, clues=clues, kind=known[own] if own else kind)


def _cells(each: SaidTarget) -> list[str]:
    clues, contact = each.clues, each.contact
    at = (f"{clues.point.lng:.6f}", f"{clues.point.lat:.6f}") if clues.point else ("", "")
    where = (clues.code, clues.name, clues.address, each.kind, *at)
    return [*where, contact.name, contact.phone, contact.remark, each.assignee, str(each.line)]


def _delimiter(line: str) -> str:
    return _TAB if _TAB in line else ","
