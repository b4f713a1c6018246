"""What each file says: its columns, how a line is read, what makes two lines the same, and how all are stored."""

import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from backend.accounts import service as accounts
from backend.accounts.structs import UnitDraft, UnitKind
from backend.duty import service as duty
from backend.duty.loading.known import References
from backend.duty.loading.lines import FileLine, Wrong
from backend.duty.loading.people import read_person, store_people
from backend.duty.structs import NamedDutyDraft, TeamDraft
from backend.items import service as items

ROSTER = re.compile("[a-z0-9-]*")
"""What a duty list is called; the usual one has no name."""


class FileKind(StrEnum):
    """The files, in the order in which one needs the other."""

    UNITS = "units"
    STAFF = "staff"
    RULES = "rules"
    TEAMS = "teams"
    BEATS = "beats"
    SHIFTS = "shifts"
    NAMED = "named"


class RuleLine(NamedTuple):
    item_code: str | None
    unit_type: str | None
    area_code: str
    unit_id: int


class TeamLine(NamedTuple):
    team: TeamDraft
    account_ids: list[int]


class BeatCell(NamedTuple):
    team_id: int
    grid_code: str


class ShiftLine(NamedTuple):
    account_id: int
    unit_id: int
    area_code: str
    starts_at: datetime
    ends_at: datetime | None
    roster: str = ""


class FileReader(NamedTuple):
    columns: tuple[str, ...]
    read: Callable[[FileLine, References], Any]
    key: Callable[[Any], object]
    store: Callable[[Sequence[Any], datetime], Awaitable[None]]


def _unit(line: FileLine, _: References) -> UnitDraft:
    unit_type = line.word("unit_type")
    if unit_type is None:
        raise Wrong("value-missing", name="unit_type")
    return UnitDraft(
        code=line.needed("code", 40),
        name_zh=line.needed("name_zh"),
        name_en=line.text("name_en") or None,
        kind=line.one_of("kind", UnitKind),
        unit_type=unit_type,
        area_code=line.area(),
    )


def _rule(line: FileLine, known: References) -> RuleLine:
    line.exactly_one("item_code", "unit_type")
    line.needed("area_code")
    return RuleLine(known.item(line), line.word("unit_type"), line.area(), known.unit(line))


def _team(line: FileLine, known: References) -> TeamLine:
    unit_id = known.unit(line)
    named = {"name_zh": line.needed("name_zh"), "name_en": line.text("name_en") or None}
    members = [known.person(name, unit_id) for name in line.text("members", 4_000).split("|") if name.strip()]
    return TeamLine(TeamDraft(unit_id=unit_id, code=line.needed("code", 40), **named), members)


def _cell(line: FileLine, known: References) -> BeatCell:
    return BeatCell(known.team(line, known.unit(line)), known.cell(line))


def _shift(line: FileLine, known: References) -> ShiftLine:
    unit_id, starts_at, ends_at = known.unit(line), line.instant("starts_at"), line.instant("ends_at")
    if starts_at is None:
        raise Wrong("value-missing", name="starts_at")
    if ends_at is not None and ends_at <= starts_at:
        raise Wrong("shift-ends-early")
    roster = line.text("roster", 20)
    if not ROSTER.fullmatch(roster):
        raise Wrong("value-not-plain", name="roster", value=roster)
    return ShiftLine(known.person(line.needed("username"), unit_id), unit_id, line.area(), starts_at, ends_at, roster)


def _named(line: FileLine, known: References) -> NamedDutyDraft:
    unit_id, where = known.unit(line), line.exactly_one("team_code", "area_code")
    account_id, supervisor = known.person(line.needed("username"), unit_id), line.text("supervisor")
    supervisor_id = known.person(supervisor) if supervisor else None
    if supervisor_id == account_id:
        raise Wrong("supervises-oneself")
    return NamedDutyDraft(
        unit_id=unit_id,
        item_code=known.item(line),
        team_id=known.team(line, unit_id) if where == "team_code" else None,
        area_code=line.area() or None,
        account_id=account_id,
        supervisor_id=supervisor_id,
    )


async def _store_units(units: Sequence[UnitDraft], _: datetime) -> None:
    for unit in units:
        await accounts.add_unit(unit)


async def _store_rules(rules: Sequence[RuleLine], _: datetime) -> None:
    for rule in rules:
        await items.set_rule(**rule._asdict())


async def _store_teams(crews: Sequence[TeamLine], _: datetime) -> None:
    for crew in crews:
        await duty.set_members(await duty.set_team(crew.team), crew.account_ids)


async def _store_beats(cells: Sequence[BeatCell], _: datetime) -> None:
    """The teams that the file names walk what it says, and nothing else."""
    for team_id in dict.fromkeys(cell.team_id for cell in cells):
        await duty.set_beat(team_id, [cell.grid_code for cell in cells if cell.team_id == team_id])


async def _store_shifts(shifts: Sequence[ShiftLine], _: datetime) -> None:
    for shift in shifts:
        await duty.start_shift(*shift)


async def _store_named(duties: Sequence[NamedDutyDraft], _: datetime) -> None:
    for named in duties:
        await duty.set_named_duty(named)


READERS: dict[FileKind, FileReader] = {
    FileKind.UNITS: FileReader(
        ("code", "name_zh", "kind", "unit_type", "area_code"), _unit, lambda unit: unit.code, _store_units
    ),
    FileKind.STAFF: FileReader(
        ("username", "display_name", "phone", "unit_code", "roles"), read_person, lambda one: one.username, store_people
    ),
    FileKind.RULES: FileReader(
        ("item_code", "unit_type", "area_code", "unit_code"), _rule, lambda rule: rule[:3], _store_rules
    ),
    FileKind.TEAMS: FileReader(
        ("unit_code", "code", "name_zh", "members"),
        _team,
        lambda crew: (crew.team.unit_id, crew.team.code),
        _store_teams,
    ),
    FileKind.BEATS: FileReader(("unit_code", "team_code", "grid_code"), _cell, lambda cell: cell, _store_beats),
    FileKind.SHIFTS: FileReader(
        ("username", "unit_code", "area_code", "starts_at", "ends_at"),
        _shift,
        lambda shift: (*shift[:4], shift.roster),
        _store_shifts,
    ),
    FileKind.NAMED: FileReader(
        ("unit_code", "item_code", "team_code", "area_code", "username", "supervisor"),
        _named,
        lambda one: (one.unit_id, one.item_code, one.team_id, one.area_code),
        _store_named,
    ),
}
