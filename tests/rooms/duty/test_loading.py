"""Files of duty: taken whole or not at all, a bad line named with its number and reason in both languages."""

from pathlib import Path

import pytest

from backend import db
from backend.accounts.structs import Role
from backend.duty.loading.kinds import FileKind
from backend.duty.loading.runs import LinesWrong, load
from backend.duty.structs import Strength
from backend.orders.assignment import responsibility
from backend.places.importing.reasons import FileRefused
from tests.fixtures.clock import SUNDAY_MORNING as NOW
from tests.makers import refusals
from tests.makers.accounts import make_staff
from tests.makers.duty import CELL, HERE, NEXT_CELL
from tests.makers.places import write_csv
from tests.makers.refusals import refused_with
from tests.makers.town import TOWN, make_town

UNITS = ("code", "name_zh", "name_en", "kind", "unit_type", "area_code")
RULES = ("item_code", "unit_type", "area_code", "unit_code")
TEAMS = ("unit_code", "code", "name_zh", "name_en", "members")
BEATS = ("unit_code", "team_code", "grid_code")
SHIFTS = ("username", "unit_code", "area_code", "starts_at", "ends_at")
NAMED = ("unit_code", "item_code", "team_code", "area_code", "username", "supervisor")
BIKES = ("bikes", "共享单车企业", "Bikes Ltd", "contractor", "bike_operator", TOWN)


@pytest.fixture
async def ground(database, now):
    await make_town(now)
    await make_staff(Role.DISPATCHER, username="duizhang", name="队长")


@pytest.fixture
async def people(ground, tmp_path):
    """The unit of the files, and two who work for it."""
    await load({FileKind.UNITS: write_csv(tmp_path / "units.csv", UNITS, BIKES)}, NOW)
    unit_id = await db.fetchval("SELECT id FROM org_unit WHERE code = 'bikes'")
    for name in ("wang", "li"):
        await make_staff(Role.HANDLER, username=name, name=name, unit_id=unit_id)


def whole(folder: Path, encoding: str = "utf-8") -> dict[FileKind, Path]:
    """All six files: bicycles go to the operator, whose first team walks two cells, and 王 is watched there."""
    rows = {
        FileKind.UNITS: (UNITS, BIKES),
        FileKind.RULES: (RULES, ("A101", "", TOWN, "bikes")),
        FileKind.TEAMS: (TEAMS, ("bikes", "north", "北班", "North", "wang|li")),
        FileKind.BEATS: (BEATS, ("bikes", "north", CELL), ("bikes", "north", NEXT_CELL)),
        FileKind.SHIFTS: (SHIFTS, ("li", "bikes", TOWN, "2021-07-18T08:00", "2021-07-18T20:00:00+08:00")),
        FileKind.NAMED: (NAMED, ("bikes", "A101", "north", "", "wang", "duizhang")),
    }
    return {kind: write_csv(folder / f"{kind}.csv", *lines, encoding=encoding) for kind, lines in rows.items()}


async def stored() -> list:
    tables = ("org_unit", "responsibility_rule", "team", "team_member", "team_beat", "duty_shift", "named_duty")
    return [await db.fetch(f"SELECT * FROM {table} ORDER BY id") for table in tables]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
async def test_six_files_make_a_unit_that_answers(people, tmp_path, now, encoding):
    taken = await load(whole(tmp_path, encoding), NOW)

    answer = await responsibility.explain(HERE, now)
    assert taken == {"units": 1, "rules": 1, "teams": 1, "beats": 2, "shifts": 1, "named": 1}
    assert (answer.unit, answer.strength) == ("共享单车企业", Strength.WATCHED)
    assert (answer.handler.name, answer.supervisor.name) == ("wang", "队长")
    assert [(one.name, one.team) for one in answer.ranking] == [("li", "北班")]


async def test_loading_again_changes_nothing(people, tmp_path):
    await load(whole(tmp_path), NOW)
    before = await stored()

    await load(whole(tmp_path), NOW)

    assert await stored() == before


async def test_a_file_says_the_whole_team_and_the_whole_beat(people, tmp_path):
    await load(whole(tmp_path), NOW)
    smaller = {
        FileKind.TEAMS: write_csv(tmp_path / "t.csv", TEAMS, ("bikes", "north", "北班", "", "li")),
        FileKind.BEATS: write_csv(tmp_path / "b.csv", BEATS, ("bikes", "north", CELL)),
    }

    await load(smaller, NOW)

    assert await db.fetchval(
        "SELECT array_agg(a.username) FROM team_member m JOIN account a ON a.id = m.account_id"
    ) == ["li"]
    assert await db.fetchval("SELECT array_agg(grid_cell_id) FROM team_beat") == [CELL]


BAD = {
    "no such kind": (
        FileKind.UNITS,
        UNITS,
        ("x", "某", "", "club", "patrol", TOWN),
        "kind 无法识别",
        "kind is none of",
    ),
    "no unit type": (FileKind.UNITS, UNITS, ("x", "某", "", "property", "", TOWN), "缺少 unit_type", "is missing"),
    "area": (FileKind.UNITS, UNITS, ("x", "某", "", "property", "property", "31011"), "不是区划代码", "no area code"),
    "too long": (FileKind.UNITS, UNITS, ("x" * 41, "某", "", "property", "property", ""), "过长", "longer than 40"),
    "both subjects": (FileKind.RULES, RULES, ("A101", "patrol", TOWN, "bikes"), "须填且只填一项", "exactly one of"),
    "no such item": (FileKind.RULES, RULES, ("Z999", "", TOWN, "bikes"), "没有事项 Z999", "no item Z999"),
    "no such unit": (FileKind.RULES, RULES, ("A101", "", TOWN, "nobody"), "没有单位 nobody", "no unit nobody"),
    "a stranger": (FileKind.TEAMS, TEAMS, ("bikes", "n", "班", "", "duizhang"), "不属于该单位", "does not work for"),
    "no such person": (FileKind.TEAMS, TEAMS, ("bikes", "n", "班", "", "zhao"), "没有在职人员 zhao", "no zhao among"),
    "no such team": (FileKind.BEATS, BEATS, ("bikes", "south", CELL), "没有班组 south", "no team south"),
    "no such cell": (FileKind.BEATS, BEATS, ("bikes", "north", "310115105001999"), "没有网格", "no grid cell"),
    "no instant": (FileKind.SHIFTS, SHIFTS, ("li", "bikes", TOWN, "morgen", ""), "不是时间", "no instant"),
    "no year": (FileKind.SHIFTS, SHIFTS, ("li", "bikes", TOWN, "0001-01-01", ""), "年份有误", "impossible year"),
    "backwards": (
        FileKind.SHIFTS,
        SHIFTS,
        ("li", "bikes", TOWN, "2021-07-18T08", "2021-07-18T07"),
        "不晚于",
        "before it",
    ),
    "nowhere": (FileKind.NAMED, NAMED, ("bikes", "", "", "", "li", ""), "须填且只填一项", "exactly one of"),
    "own supervisor": (FileKind.NAMED, NAMED, ("bikes", "", "", TOWN, "li", "li"), "不能是本人", "supervises oneself"),
    "too few cells": (FileKind.NAMED, NAMED, ("bikes", "", ""), "列数与表头不一致", "not as many cells"),
}


@pytest.mark.parametrize(("kind", "columns", "line", "zh", "en"), BAD.values(), ids=BAD.keys())
async def test_a_bad_line_is_named_and_nothing_of_its_file_is_taken(people, tmp_path, kind, columns, line, zh, en):
    files = whole(tmp_path)
    await load({each: file for each, file in files.items() if each in (FileKind.UNITS, FileKind.TEAMS)}, NOW)
    before = await stored()
    good = files[kind].read_text(encoding="utf-8").splitlines()[1].split(",")

    with pytest.raises(LinesWrong) as refused:
        await load({kind: write_csv(tmp_path / "bad.csv", columns, good, line)}, NOW)

    (bad,) = refused.value.bad_lines
    assert bad.line == 3
    assert zh in refusals.zh(bad.why) and en in refusals.en(bad.why)
    assert await stored() == before


async def test_the_same_thing_twice_in_a_file_is_a_bad_line(people, tmp_path):
    twice = write_csv(tmp_path / "u.csv", UNITS, BIKES, ("bikes", "另一个", "", "property", "property", ""))

    with refused_with(LinesWrong, r"u\.csv:3: 与第 2 行重复 / the same as line 2"):
        await load({FileKind.UNITS: twice}, NOW)


async def test_a_file_before_the_bad_one_stays_and_one_behind_it_is_not_looked_at(people, tmp_path):
    files = whole(tmp_path) | {FileKind.BEATS: write_csv(tmp_path / "b.csv", BEATS, ("bikes", "north", "nowhere"))}

    with refused_with(LinesWrong, "已导入 / taken: teams 1"):
        await load(files, NOW)

    assert await db.fetchval("SELECT count(*) FROM team") == 1
    assert await db.fetchval("SELECT count(*) FROM named_duty") == 0


async def test_a_file_without_a_column_is_refused(ground, tmp_path):
    with refused_with(FileRefused, "no column unit_type"):
        await load({FileKind.UNITS: write_csv(tmp_path / "u.csv", ("code", "name_zh", "kind", "area_code"))}, NOW)
