"""Elders of a file into the register, by their committee. One transaction: nobody sees half of a file."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from backend import db, logs
from backend.accounts import queries as accounts
from backend.accounts.structs import Actor, Role
from backend.duty.loading.lines import Wrong
from backend.duty.loading.named_lines import NamedLine
from backend.duty.loading.register_files import GoodLine, LineChange, LineNotTaken, RegisterFile, RegisterFileReport
from backend.elder_care import access, register
from backend.elder_care.errors import CareNotYours
from backend.elder_care.importing import lines as elder_lines
from backend.elder_care.importing import stored
from backend.elder_care.importing.lines import SaidElder
from backend.elder_care.importing.stored import StoredElder
from backend.errors import AppError, Phrase
from backend.places import queries as places
from backend.privacy.seals import Seal
from qr import place_lines
from qr.place_lines import Parse, ResolvedLines

log = logs.get_logger()
_ALONE = "LOCK TABLE lone_elder IN SHARE ROW EXCLUSIVE MODE"


class _GoodElder(NamedTuple):
    line: int
    place_id: int
    area_code: str
    said: SaidElder
    visitor_id: int | None
    there: StoredElder | None
    change: LineChange


class _KnownPeople(NamedTuple):
    """What lines are held against. `areas`: of places; `people`: who may visit, by committee and id, `ids` by name."""

    places: ResolvedLines
    areas: Mapping[int, str]
    people: Mapping[str, frozenset[int]]
    ids: Mapping[str, int | None]


async def load(file: RegisterFile, by: Actor, parse: Parse, *, seal: Seal, now: datetime) -> RegisterFileReport:
    """Raises CareNotYours. What stands in a line is in no log."""
    if not access.keeps(by, file.area_code):
        raise CareNotYours
    meant = [line for line in file.lines if file.takes(line.number)]
    known = await _known(meant, file.area_code, parse)
    report = RegisterFileReport(read=len(meant))
    async with db.transaction():
        if report.stores(file.mode):
            await db.execute(_ALONE)
        labels = [line.values.get("label", "") for line in meant]
        there = await stored.find(sorted(set(known.areas.values())), labels, seal)
        good = _look(meant, known, there, now, report)
        report.good = [GoodLine(line=each.line, label=each.said.draft.label, change=each.change) for each in good]
        if report.stores(file.mode):
            for each in good:
                await _store(each, by, seal, now)
            report.is_stored = True
    counts = {change.value: report.count(change) for change in LineChange}
    log.info("elders_imported", account_id=by.account_id, refused=len(report.refused), mode=file.mode.value, **counts)
    return report


async def _known(meant: Sequence[NamedLine], area_code: str, parse: Parse) -> _KnownPeople:
    said = {line.number: text for line in meant if (text := line.values.get("place", ""))}
    resolved = await place_lines.resolve(said, area_code, parse, is_each_once=False)
    areas = await places.list_areas_of(sorted(set(resolved.places.values())))
    people: dict[str, frozenset[int]] = {}
    for area in set(areas.values()):
        found = await accounts.list_people_of(area, [Role.COMMITTEE, Role.VOLUNTEER])
        people[area] = frozenset(member.id for members in found.values() for member in members)
    names = {name for line in meant if (name := line.values.get("visitor", ""))}
    return _KnownPeople(resolved, areas, people, {name: await accounts.find_account_id(name) for name in sorted(names)})


def _look(
    meant: Sequence[NamedLine],
    known: _KnownPeople,
    there: Mapping[tuple[str, str], StoredElder],
    now: datetime,
    report: RegisterFileReport,
) -> list[_GoodElder]:
    good, first = list[_GoodElder](), dict[tuple[str, str], int]()
    for line in meant:
        try:
            each = _read(line, known, there, now)
            key = (each.area_code, each.said.draft.label)
            if key in first:
                raise Wrong("line-twice", first=first[key])
            good.append(each)
            first[key] = line.number
        except Wrong as wrong:
            report.refused.append(LineNotTaken(line=line.number, why=wrong.why))
        except AppError as error:
            report.refused.append(LineNotTaken(line=line.number, why=Phrase(error.key, error.values)))
    return good


def _read(
    line: NamedLine, known: _KnownPeople, there: Mapping[tuple[str, str], StoredElder], now: datetime
) -> _GoodElder:
    """Raises Wrong, TermUnfit."""
    said = elder_lines.read(line)
    register.check_term(said.draft, now)
    if line.number in known.places.refused:
        raise Wrong(f"place-line.{known.places.refused[line.number]}")
    place_id = known.places.places[line.number]
    area_code = known.areas.get(place_id)
    if area_code is None:
        raise Wrong("place-line.not-here")
    visitor_id = known.ids.get(said.visitor) if said.visitor else None
    if said.visitor and visitor_id not in known.people[area_code]:
        raise Wrong("visitor-unfit")
    before = there.get((area_code, said.draft.label))
    change = before.change_by(place_id, said, visitor_id) if before else LineChange.NEW
    return _GoodElder(line.number, place_id, area_code, said, visitor_id, before, change)


async def _store(each: _GoodElder, by: Actor, seal: Seal, now: datetime) -> None:
    if each.change is LineChange.UNCHANGED:
        return
    if each.there is None:
        elder_id = await register.insert(
            each.place_id, each.area_code, each.said.draft, each.said.data, by, seal=seal, now=now
        )
    else:
        elder_id = each.there.id
        await stored.write(elder_id, each.said.draft, each.said.data, seal)
    if each.visitor_id is not None:
        await register.put_visitor(elder_id, each.visitor_id, by, now)
