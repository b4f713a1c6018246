"""The register filled from a sheet: what is new, what differs, what stays out and why."""

import csv
from datetime import timedelta

from backend import db
from backend.places.importing.reasons import FileRefused
from backend.places.kinds import PlaceKind
from qr import codes
from qr import service as qr
from shops.register import contacts
from shops.register.contacts import OF_SHOP, SealedContact
from shops.register.importing.options import ShopImport
from shops.register.importing.runs import import_shops
from tests.makers.commands import type_all
from tests.makers.places import HOME, TOWN, make_area, make_place, write_csv
from tests.makers.refusals import refused_with
from tests.makers.shops import LICENCE, SEAL
from tests.makers.town import DEMO_SECRET
from tests.makers.workbooks import Formula, write_workbook

OTHER = "91440300708461136T"
HEADER = ("编号", "门牌码", "店名", "地址", "统一社会信用代码", "行业", "经营状态", "负责人", "电话")


async def make_storefronts(count):
    await make_area(TOWN)
    return [
        await make_place(HOME, kind=PlaceKind.STOREFRONT, address=f"莲安东路{number}号", key=f"shop-{number}")
        for number in range(1, count + 1)
    ]


async def run_import(path, now, **told):
    said = {"dataset": "street", "errors_path": path.with_name("errors.csv"), "seal": SEAL, "now": now, **told}
    return await import_shops(ShopImport(path=path, **said))


def reasons_in(path):
    with path.with_name("errors.csv").open(encoding="utf-8-sig") as file:
        return [(int(row["line"]), row["reason"]) for row in csv.DictReader(file)]


async def test_shops_are_found_by_code_key_or_address_and_the_same_file_again_changes_nothing(database, tmp_path, now):
    place_ids = await make_storefronts(4)
    code = (await qr.mint_bound([place_ids[0]], keys=codes.keyring(DEMO_SECRET), now=now))[place_ids[0]]
    path = write_csv(
        tmp_path / "shops.csv",
        HEADER,
        ("", f"https://yima.example/q/{code.lower()}", "阿宝面馆", "", LICENCE, "餐饮", "", "王小宝", "138-1234-5678"),
        ("shop-2", "", "明月书店", "", OTHER, "F", "歇业", "", ""),
        ("", "", "老吴五金", "莲安东路３号", "", "五金", "装修", "", ""),
        ("", "", "没有门牌", "莲安东路99号", "", "", "", "", ""),
        ("", "", "又一家", "莲安东路1号", "", "", "", "", ""),
    )

    first = await run_import(path, now, places="made")
    again = await run_import(path, now + timedelta(days=1), places="made")

    assert (first.new, first.changed, first.rejected.total(), first.read) == (3, 0, 2, 5)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 3)
    assert reasons_in(path) == [(5, "no-place"), (6, "duplicate")]
    rows = await db.fetch("SELECT * FROM shop ORDER BY place_id")
    assert [row["place_id"] for row in rows] == place_ids[:3]
    assert [(row["uscc"], row["trade_class"], row["state"]) for row in rows] == [
        (LICENCE, "H", "open"),
        (OTHER, "F", "closed"),
        (None, "F", "renovating"),
    ]
    assert [row["uscc_warning"] for row in rows] == ["", "registered_elsewhere", ""]
    sealed = SealedContact(rows[0]["responsible_name"], rows[0]["responsible_phone"])
    contact = contacts.open_contact(sealed, OF_SHOP, rows[0]["id"], SEAL)
    assert (contact.name, contact.phone) == ("王小宝", "13812345678")
    assert await db.fetchval("SELECT count(*) FROM shop_state_change") == 3


async def test_a_newer_file_changes_what_it_says_and_leaves_what_it_does_not(database, tmp_path, now):
    await make_storefronts(1)
    full = ("shop-1", "", "阿宝面馆", "", LICENCE, "餐饮", "营业", "王小宝", "13812345678")
    await run_import(write_csv(tmp_path / "a.csv", HEADER, full), now, places="made")
    before = await db.fetchrow("SELECT * FROM shop")

    later = now + timedelta(days=30)
    newer = write_csv(tmp_path / "b.csv", ("编号", "店名", "经营状态"), ("shop-1", "阿宝大面馆", "装修"))
    report = await run_import(newer, later, places="made")
    after = await db.fetchrow("SELECT * FROM shop")

    assert (report.new, report.changed) == (0, 1)
    changed = {name for name in dict(before) if before[name] != after[name]}
    assert changed == {"name", "state", "updated_at"}
    states = await db.fetch("SELECT state, changed_at FROM shop_state_change ORDER BY id")
    assert [tuple(row) for row in states] == [("open", now), ("renovating", later)]


async def test_another_business_at_a_place_is_reported_and_a_moved_key_too(database, tmp_path, now):
    await make_storefronts(2)
    header = ("编号", "店名", "地址", "信用代码")
    await run_import(write_csv(tmp_path / "a.csv", header, ("7", "阿宝面馆", "莲安东路1号", LICENCE)), now)

    path = write_csv(
        tmp_path / "b.csv", header, ("8", "新店", "莲安东路1号", OTHER), ("7", "阿宝面馆", "莲安东路2号", LICENCE)
    )
    report = await run_import(path, now)

    assert reasons_in(path) == [(2, "other-licence"), (3, "key-elsewhere")]
    assert report.is_all_rejected
    assert await db.fetchval("SELECT name FROM shop") == "阿宝面馆"


async def test_a_workbook_of_dirt_is_imported_or_reported_row_by_row_and_nothing_is_worked_out(database, tmp_path, now):
    await make_storefronts(5)
    header = ["商户名称", "经营地址", "统一社会信用代码", "行业", "成立日期", "面积"]
    path = write_workbook(
        tmp_path / "a.xlsx",
        [
            ["北蔡镇商户登记表(2026年)"],
            header,
            ["阿宝面馆", "莲安东路1号", LICENCE, "餐饮", 43586.0, Formula("40+46", "86")],
            ["明月书店", "莲安东路2号", 913101150000123008.0, None, "2019年5月1日", 30.0],
            ["老吴五金", "莲安东路3号", "", None, "去年", 30.0],
            ["=cmd|'/c calc'!A1", "莲安东路4号", "", "零售", "", ""],
            ["晨光里", "莲安东路5号", LICENCE[:-1] + "X", "零售", "", Formula("A1+1")],
        ],
        merged=("D3:D5",),
    )

    report = await run_import(path, now)

    assert reasons_in(path) == [(4, "bad-licence"), (5, "bad-day"), (6, "formula"), (7, "formula")]
    row = await db.fetchrow("SELECT name, trade_class, size_m2, opened_on::text FROM shop")
    assert tuple(row) == ("阿宝面馆", "H", 86, "2019-05-01")
    errors = path.with_name("errors.csv").read_text("utf-8-sig")
    assert ",=cmd" not in errors
    assert "'=cmd" in errors
    assert report.read == 5


async def test_a_file_that_is_no_table_is_refused_in_words(database, tmp_path, now):
    path = tmp_path / "a.geojson"
    path.write_text('{"type": "FeatureCollection", "features": []}')

    with refused_with(FileRefused, "no table"):
        await run_import(path, now)


async def test_the_command_says_what_came_of_it(database, tmp_path):
    await make_storefronts(1)
    good = write_csv(tmp_path / "good.csv", ("店名", "地址", "序号"), ("阿宝面馆", "莲安东路1号", 1))
    bad = write_csv(tmp_path / "bad.csv", ("店名", "地址"), ("没有", "别处1号"))

    done, failed = type_all(
        database, [("shops", "import", str(path), "--within", TOWN) for path in (good, bad)], YIMA_MODE="demo"
    )

    assert (done.code, failed.code) == (0, 2)
    assert "new 1" in done.out
    assert "序号" in done.out
    assert "no-place" in failed.out
    assert "bad.csv.errors.csv" in failed.out
