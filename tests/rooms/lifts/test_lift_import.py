"""Lifts from a file: seen before they are stored, whole or by line, known again by their number."""

import asyncio

import pytest

from backend import db
from backend.accounts.structs import Role
from backend.calendars.rules import shanghai_date
from backend.duty.loading.register_files import RegisterMode
from backend.lifts import queries
from backend.lifts.errors import LiftNotYours
from backend.lifts.importing import loading
from backend.places.kinds import PlaceKind
from qr import codes
from qr import service as qr
from tests.makers.places import make_place
from tests.makers.register_lines import changes_of, file_of, lift_line, reasons_of
from tests.makers.town import COMMITTEE, DEMO_SECRET, TOWN, make_actor, make_town, make_unit

PREVIEW, SELECTED, WHOLE = RegisterMode.PREVIEW, RegisterMode.SELECTED, RegisterMode.WHOLE
_LIFTS = "SELECT lift_no, label, maintain_days FROM lift ORDER BY id"


@pytest.fixture
async def scene(database, now):
    await make_town(now)
    unit_id = await make_unit("lift_maintenance")
    await db.execute("UPDATE org_unit SET name_zh = '维保公司', name_en = 'Lifts Ltd' WHERE id = $1", unit_id)
    admin = await make_actor("街镇", Role.STREET_ADMIN, TOWN)
    places = [
        await make_place(kind=PlaceKind.POINT, address=f"{nr}号楼东梯", area_code=COMMITTEE, key=f"lift-{nr}")
        for nr in range(2, 6)
    ]
    minted = await qr.mint_bound(places, keys=codes.keyring(DEMO_SECRET), now=now)
    return admin, dict(zip(range(2, 6), (minted[place] for place in places), strict=True))


async def load(lines, by, now, mode=SELECTED, only=None, area=TOWN):
    return await loading.load(file_of(lines, area, mode, only), by, codes.parse, now)


async def test_a_file_is_seen_first_stored_once_and_a_changed_line_is_a_change_with_its_history(scene, now):
    admin, code = scene
    lines = [lift_line(2, code[2], now), lift_line(3, "3号楼东梯", now, maintenance="lifts ltd")]

    seen = await load(lines, admin, now, PREVIEW)
    assert (changes_of(seen), seen.is_stored, await db.fetch(_LIFTS)) == ({2: "new", 3: "new"}, False, [])
    stored = await load(lines, admin, now)
    again = await load(lines, admin, now)
    other = await load([lift_line(2, code[2], now, label="西梯", maintain_days="30")], admin, now)

    assert changes_of(stored) == {2: "new", 3: "new"}
    assert changes_of(again) == {2: "unchanged", 3: "unchanged"}
    assert changes_of(other) == {2: "changed"}
    assert next(tuple(row) for row in await db.fetch(_LIFTS)) == ("梯11沪F00002", "西梯", 30)
    changes = await db.fetch("SELECT field, before, after FROM lift_change WHERE field <> 'lift_no' ORDER BY id")
    assert [tuple(row) for row in changes] == [("label", "东梯", "西梯"), ("maintain_days", "15", "30")]


async def test_every_line_that_stays_out_says_why_and_the_others_are_stored(scene, now):
    admin, code = scene
    await load([lift_line(5, code[5], now)], admin, now)
    lines = [
        lift_line(2, code[2], now),
        lift_line(3, "没有的楼", now),
        lift_line(4, code[4], now, maintenance="别家公司"),
        lift_line(6, code[4], now, inspect_by="明年"),
        lift_line(7, code[4], now, lift_no=""),
        lift_line(8, code[3], now, lift_no="梯11沪F00002"),
        lift_line(9, code[4], now, lift_no="梯11沪F00005"),
        lift_line(10, code[5], now),
        lift_line(11, code[3], now, maintained_on="2099-01-01"),
        lift_line(12, code[4], now, phone="打王师傅", maintain_days="99"),
        lift_line(13, code[2], now),
    ]

    report = await load(lines, admin, now)

    assert changes_of(report) == {2: "new"}
    assert reasons_of(report) == {
        3: "区域内没有叫这个名称或地址的点位",
        4: "维保单位:本区域没有叫这个名称的单位",
        6: "下次检验日期 不是日期,请填如 2026-11-01",
        7: "缺少 登记证编号",
        8: "与第 2 行重复",
        9: "这个编号已登记在别处",
        10: "这里已登记了另一台电梯",
        11: "日期不对:维保不能在以后,日期在 2000 至 2100 年之间",
        12: "维保电话 只能有数字、空格、+ 和 -",
        13: "同一点位在文件里出现两次",
    }
    assert len(await db.fetch(_LIFTS)) == 2


async def test_all_or_nothing_stores_nothing_where_a_line_is_refused_and_ticked_lines_alone_otherwise(scene, now):
    admin, code = scene
    lines = [lift_line(nr, code[nr], now) for nr in (2, 3, 4)]

    nothing = await load([*lines, lift_line(9, "没有", now)], admin, now, WHOLE)
    assert (nothing.is_stored, await db.fetch(_LIFTS)) == (False, [])
    some = await load(lines, admin, now, SELECTED, {2, 4})
    every = await load(lines, admin, now, WHOLE)

    today = shanghai_date(now)
    whole = await queries.list_lifts(admin, today, today)
    pages = [await queries.list_lifts(admin, today, today, after=each.id) for each in whole]
    assert [len(each) for each in pages] == [2, 1, 0]
    assert [each.lift_no for each in await queries.list_lifts(admin, today, today, text="f00003")] == ["梯11沪F00003"]
    assert [await queries.count_lifts(admin, today, today, text=text) for text in ("", "3号楼", "\\%_")] == [3, 1, 0]
    assert (some.read, changes_of(some)) == (2, {2: "new", 4: "new"})
    assert changes_of(every) == {2: "unchanged", 3: "new", 4: "unchanged"}


async def test_only_who_keeps_the_register_there_imports_and_two_at_once_store_it_once(scene, now):
    admin, code = scene
    lines = [lift_line(nr, code[nr], now) for nr in (2, 3)]
    near = await make_actor("居委", Role.COMMITTEE, COMMITTEE)
    far = await make_actor("别的街镇", Role.STREET_ADMIN, "310115106")

    for stranger in (near, far):
        with pytest.raises(LiftNotYours):
            await load(lines, stranger, now)
    theirs = [lift_line(2, code[2], now, maintenance="巡查队")]
    await make_unit("lift_maintenance", "310115106")
    elsewhere = await load(theirs, far, now, area="310115106")
    reports = await asyncio.gather(*(load(lines, admin, now) for _ in range(3)))

    assert set(reasons_of(elsewhere).values()) == {"这个码不在您的区域内"}
    assert sum(list(changes_of(each).values()).count("new") for each in reports) == 2
    assert len(await db.fetch(_LIFTS)) == 2
