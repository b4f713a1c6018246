"""The file of people: taken whole or not at all, twice the same, and never with a password in it."""

import pytest

from backend import db
from backend.accounts import queries
from backend.accounts.structs import Grant, Role
from backend.duty import service as duty
from backend.duty.loading.kinds import FileKind
from backend.duty.loading.runs import LinesWrong, load
from tests.makers import refusals
from tests.makers.places import write_csv
from tests.makers.refusals import refused_with
from tests.makers.town import TOWN, make_town

STAFF = ("username", "display_name", "phone", "unit_code", "roles")
UNIT = f"chengguan_patrol-{TOWN}"
LI = ("Li", "李四", "021-1234567", UNIT, f"handler:{TOWN}|verifier:310115")
WANG = ("wang", "王五", "", "", f"dispatcher:{TOWN}")


@pytest.fixture(autouse=True)
async def town(database, now):
    return await make_town(now)


@pytest.fixture
def file(tmp_path):
    def write(*rows, columns=STAFF):
        return {FileKind.STAFF: write_csv(tmp_path / "staff.csv", columns, *rows)}

    return write


async def stored() -> list:
    tables = ("account", "role_grant", "duty_shift", "event_log")
    return [await db.fetch(f"SELECT * FROM {table} ORDER BY id") for table in tables]


async def actor(username):
    return await queries.get_actor(await queries.find_account_id(username))


async def test_people_join_with_unit_and_roles(file, town, now):
    assert await load(file(LI, WANG), now) == {"staff": 2}

    li, wang = await actor("li"), await actor("wang")
    assert (li.name, li.unit_id) == ("李四", town.unit_id)
    assert li.grants == (Grant(Role.HANDLER, TOWN), Grant(Role.VERIFIER, "310115"))
    assert (wang.unit_id, wang.grants) == (None, (Grant(Role.DISPATCHER, TOWN),))
    assert await db.fetchval("SELECT phone FROM account WHERE username = 'li'") == "021-1234567"


async def test_loading_people_again_changes_nothing(file, now):
    await load(file(LI, WANG), now)
    before = await stored()

    await load(file(LI, WANG), now)

    assert await stored() == before


async def test_another_load_brings_people_up_to_date_and_leaves_who_is_not_in_the_file(file, now):
    await load(file(LI, WANG), now)

    await load(file(("li", "李小四", "", UNIT, f"handler:{TOWN}")), now)

    assert (await actor("li")).name == "李小四"
    assert (await actor("li")).grants == (Grant(Role.HANDLER, TOWN),)
    assert (await actor("wang")).grants == (Grant(Role.DISPATCHER, TOWN),)
    assert await db.fetchval("SELECT count(*) FROM event_log WHERE name = 'StaffLeft'") == 1


async def test_people_are_there_for_the_files_behind(tmp_path, file, now):
    shifts = write_csv(
        tmp_path / "shifts.csv",
        ("username", "unit_code", "area_code", "starts_at", "ends_at"),
        ("li", UNIT, TOWN, "2021-07-18T08:00", ""),
    )

    assert await load({FileKind.SHIFTS: shifts, **file(LI)}, now) == {"staff": 1, "shifts": 1}


BAD = {
    "no username": (("", "甲", "", "", ""), "缺少 username", "username is missing"),
    "an odd username": (("李四", "甲", "", "", ""), "用户名须为", "lower case letters"),
    "no name": (("jia", "", "", "", ""), "缺少 display_name", "display_name is missing"),
    "a long name": (("jia", "甲" * 61, "", "", ""), "过长", "longer than 60"),
    "no such unit": (("jia", "甲", "", "nobody", ""), "没有单位 nobody", "no unit nobody"),
    "no such role": (("jia", "甲", "", "", f"boss:{TOWN}"), "没有角色 boss", "no role boss"),
    "a role nowhere": (("jia", "甲", "", "", "verifier"), "缺少区划代码", "say where"),
    "a role in no area": (("jia", "甲", "", "", "verifier:31011"), "缺少区划代码", "say where"),
    "a handler without a unit": (("jia", "甲", "", "", f"handler:{TOWN}"), "须有 unit_code", "needs a unit_code"),
    "no phone": (("jia", "甲", "ask me", "", ""), "不是电话号码", "no telephone number"),
    "the same in capitals": (("WANG", "甲", "", "", ""), "与第 2 行重复", "the same as line 2"),
    "too few cells": (("jia", "甲"), "列数与表头不一致", "not as many cells"),
}


@pytest.mark.parametrize(("line", "zh", "en"), BAD.values(), ids=BAD.keys())
async def test_a_bad_line_of_people_is_named_and_nobody_of_the_file_joins(file, now, line, zh, en):
    before = await stored()

    with pytest.raises(LinesWrong) as refused:
        await load(file(WANG, line), now)

    (bad,) = refused.value.bad_lines
    assert bad.line == 3
    assert zh in refusals.zh(bad.why) and en in refusals.en(bad.why)
    assert await stored() == before


async def test_nobody_comes_back_by_an_old_file(file, now):
    await load(file(LI), now)
    await duty.deactivate((await actor("li")).account_id, now)

    with refused_with(LinesWrong, "li 已离岗 / li has left"):
        await load(file(LI), now)
