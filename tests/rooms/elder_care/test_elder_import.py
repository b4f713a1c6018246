"""Elders from a file: sealed as they are stored, by their committee alone, and nothing of a line in any log."""

import pytest

from backend import db
from backend.accounts.structs import Role
from backend.duty.loading.register_files import RegisterMode
from backend.elder_care import queries, register
from backend.elder_care.errors import CareNotYours
from backend.elder_care.importing import loading
from qr import codes
from tests.makers.elders import make_care
from tests.makers.register_lines import changes_of, elder_line, file_of, reasons_of
from tests.makers.shops import SEAL
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_town

PREVIEW, SELECTED, WHOLE = RegisterMode.PREVIEW, RegisterMode.SELECTED, RegisterMode.WHOLE
_COUNT = "SELECT count(*) FROM lone_elder"


@pytest.fixture
async def scene(database, now):
    return await make_town(now), await make_care(now)


async def load(lines, by, now, mode=SELECTED, only=None, area=COMMITTEE):
    return await loading.load(file_of(lines, area, mode, only), by, codes.parse, seal=SEAL, now=now)


async def test_a_file_is_sealed_stored_once_and_changed_by_its_number(scene, now, capfd):
    town, care = scene
    name = await db.fetchval("SELECT username FROM account WHERE id = $1", care.volunteer.account_id)
    lines = [elder_line(2, town.code, now, visitor=name), elder_line(3, town.code, now, risk="low", way="电话")]

    seen = await load(lines, care.committee, now, PREVIEW)
    assert (changes_of(seen), await db.fetchval(_COUNT)) == ({2: "new", 3: "new"}, 0)
    await load(lines, care.committee, now)
    again = await load(lines, care.committee, now)
    changed = await load([elder_line(3, town.code, now, risk="低", way="电话", phone="139")], care.committee, now)

    assert changes_of(again) == {2: "unchanged", 3: "unchanged"}
    assert changes_of(changed) == {3: "changed"}
    first, second = await queries.list_elders(care.committee)
    assert (first.every_days, second.every_days, first.visitors) == (1, 7, 1)
    opened = await register.open_data(second.id, care.committee, seal=SEAL, now=now)
    assert (opened.name, opened.door, opened.phone) == ("王阿婆3", "3室", "139")
    dump = str(
        [tuple(row) for table in ("lone_elder", "event_log") for row in await db.fetch(f"SELECT * FROM {table}")]
    )
    said = dump + "".join(capfd.readouterr())
    assert all(secret not in said for secret in ("王阿婆", "3室", "13800002222"))


async def test_every_line_that_stays_out_says_why_without_what_stands_in_it(scene, now):
    town, care = scene
    await load([elder_line(2, town.code, now), elder_line(4, town.code, now)], care.committee, now)
    await register.end((await queries.list_elders(care.committee, "L-0004"))[0].id, care.committee, now)
    lines = [
        elder_line(2, town.code, now, name="李老伯"),
        elder_line(3, "没有的楼", now),
        elder_line(4, town.code, now),
        elder_line(5, town.code, now, label="王阿婆"),
        elder_line(6, town.code, now, risk="很高"),
        elder_line(7, town.code, now, until="2099-01-01"),
        elder_line(8, town.code, now, consent_on="昨天"),
        elder_line(9, town.code, now, door=""),
        elder_line(10, town.code, now, visitor="nobody"),
        elder_line(11, town.code, now, every_days="0"),
        elder_line(12, town.code, now, door="长" * 201),
        elder_line(13, town.code, now, label="L-0014"),
        elder_line(14, town.code, now),
    ]

    report = await load(lines, care.committee, now)

    reasons = reasons_of(report)
    assert changes_of(report) == {13: "new"}
    assert [line for line in reasons] == [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14]
    assert reasons[2] == "这个编号已登记给另一位老人" and reasons[14] == "与第 13 行重复"
    assert not any(secret in " ".join(reasons.values()) for secret in ("李老伯", "王阿婆", "很高", "昨天", "长长"))


async def test_all_or_nothing_and_nobody_but_the_committee(scene, now):
    town, care = scene
    lines = [elder_line(2, town.code, now), elder_line(3, "没有", now)]
    street = await make_actor("街镇", Role.STREET_ADMIN, TOWN)

    whole = await load(lines, care.committee, now, WHOLE)
    for stranger in (street, care.volunteer, town.dispatcher):
        with pytest.raises(CareNotYours):
            await load(lines, stranger, now)

    assert (whole.is_stored, await db.fetchval(_COUNT)) == (False, 0)
