"""Lifts of a file into the register, by whoever keeps it there. One transaction: nobody sees half of a file."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from backend import db, logs
from backend.accounts import queries as accounts
from backend.accounts.structs import Actor
from backend.duty.loading.lines import Wrong
from backend.duty.loading.named_lines import NamedLine
from backend.duty.loading.register_files import GoodLine, LineChange, LineNotTaken, RegisterFile, RegisterFileReport
from backend.errors import AppError, Phrase
from backend.lifts import access, queries, register
from backend.lifts.errors import LiftNotYours
from backend.lifts.importing import lines as lift_lines
from backend.lifts.structs import LiftDraft, LiftView
from backend.places.importing.headers import heading
from backend.sql import sql
from qr import place_lines
from qr.place_lines import LineReason, Parse, ResolvedLines

log = logs.get_logger()
# Nobody registers one while a file is stored: less than some seconds.
_ALONE = "LOCK TABLE lift IN SHARE ROW EXCLUSIVE MODE"
_THERE = f"{queries.VIEW} WHERE lift.place_id = ANY(:places::bigint[]) OR lift.lift_no = ANY(:numbers::text[])"


class _GoodLift(NamedTuple):
    line: int
    place_id: int
    draft: LiftDraft
    there: LiftView | None

    @property
    def change(self) -> LineChange:
        if self.there is None:
            return LineChange.NEW
        return LineChange.UNCHANGED if register.is_as(self.there, self.draft) else LineChange.CHANGED


async def load(file: RegisterFile, by: Actor, parse: Parse, now: datetime) -> RegisterFileReport:
    """Raises LiftNotYours. What stands in a line is in no log."""
    if not access.keeps(by, file.area_code):
        raise LiftNotYours
    meant = [line for line in file.lines if file.takes(line.number)]
    said = {line.number: line.values.get("place", "") for line in meant}
    named = {number: text for number, text in said.items() if text}
    places = await place_lines.resolve(named, file.area_code, parse, is_each_once=False)
    units = await _units(file.area_code)
    report = RegisterFileReport(read=len(meant))
    async with db.transaction():
        if report.stores(file.mode):
            await db.execute(_ALONE)
        good = await _look(meant, places, units, now, report)
        report.good = [GoodLine(line=each.line, label=each.draft.lift_no, change=each.change) for each in good]
        if report.stores(file.mode):
            for each in good:
                await _store(each, by, now)
            report.is_stored = True
    counts = {change.value: report.count(change) for change in LineChange}
    log.info("lifts_imported", account_id=by.account_id, refused=len(report.refused), mode=file.mode.value, **counts)
    return report


async def _look(
    meant: list[NamedLine], places: ResolvedLines, units: Mapping[str, int], now: datetime, report: RegisterFileReport
) -> list[_GoodLift]:
    numbers = [line.values.get("lift_no", "") for line in meant]
    found = await db.fetch(sql(_THERE, places=sorted(places.places.values()), numbers=numbers))
    there = [queries.view_of(row) for row in found]
    by_place, by_number = {each.place_id: each for each in there}, {each.lift_no: each for each in there}
    good, first, taken = list[_GoodLift](), dict[str, int](), set[int]()
    for line in meant:
        try:
            draft = lift_lines.read(line, units)
            register.check_days(draft, now)
            place_id = _place(line, places)
            if draft.lift_no in first:
                raise Wrong("line-twice", first=first[draft.lift_no])
            if place_id in taken:
                raise Wrong(f"place-line.{LineReason.TWICE}")
            lift = _same(by_number.get(draft.lift_no), by_place.get(place_id), place_id)
            good.append(_GoodLift(line.number, place_id, draft, lift))
            first[draft.lift_no] = line.number
            taken.add(place_id)
        except Wrong as wrong:
            report.refused.append(LineNotTaken(line=line.number, why=wrong.why))
        except AppError as error:
            report.refused.append(LineNotTaken(line=line.number, why=Phrase(error.key, error.values)))
    return good


def _place(line: NamedLine, places: ResolvedLines) -> int:
    if line.number in places.refused:
        raise Wrong(f"place-line.{places.refused[line.number]}")
    return places.places[line.number]


def _same(numbered: LiftView | None, here: LiftView | None, place_id: int) -> LiftView | None:
    """The lift that a line is about. Raises Wrong where number and place belong to two."""
    if numbered is not None and numbered.place_id != place_id:
        raise Wrong("lift-line-elsewhere")
    if numbered is None and here is not None:
        raise Wrong("lift-line-other-here")
    return numbered


async def _store(each: _GoodLift, by: Actor, now: datetime) -> None:
    match each.change:
        case LineChange.NEW:
            await register.insert(each.place_id, each.draft, by, now)
        case LineChange.CHANGED:
            assert each.there is not None
            await register.write(each.there, each.draft, by, now)


async def _units(area_code: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for unit in await accounts.list_units(area_code):
        for name in {heading(unit.name_zh), heading(unit.name_en or "")} - {""}:
            found[name] = 0 if name in found else unit.id
    return found
