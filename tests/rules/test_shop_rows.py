"""A row of a shop as strangers write it: days, trades, states, amounts, and what no row may smuggle in."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.places.importing.dates import read_day
from backend.places.importing.opening import open_file
from backend.places.importing.reasons import RowRefused
from shops.register.importing.formulas import formula_cells
from shops.register.importing.reasons import ShopRowNote, ShopRowReason
from shops.register.importing.rows import KNOWN, ShopReader
from shops.register.structs import ShopState
from shops.register.trades import TradeClass, read_trade
from tests.makers.places import write_csv
from tests.makers.workbooks import Formula, write_workbook

HEADER = ("店名", "地址", "统一社会信用代码", "行业", "面积", "座位数", "经营状态", "成立日期", "负责人", "电话")
GOOD = (
    *("阿宝面馆", "莲安东路1号", "91310115MA1K35J18E", "餐饮", "86㎡", "24", "营业", "2019-05-01"),
    *("王小宝", "13812345678"),
)


def read_all(path: Path):
    """Rows and refusals of a file, in order."""
    source = open_file(path, known=KNOWN)
    formulas = formula_cells(path, getattr(source, "sheet", ""))
    reader = ShopReader(source, {}, formulas)
    found = []
    for raw in source.rows():
        try:
            found.append(reader.read(raw))
        except RowRefused as why:
            found.append((why.reason, why.detail))
    return found


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019-05-01", date(2019, 5, 1)),
        ("2019-05-01 00:00:00", date(2019, 5, 1)),
        ("2019/5/1", date(2019, 5, 1)),
        ("2019.5.1", date(2019, 5, 1)),
        ("2019年5月1日", date(2019, 5, 1)),
        ("２０１９年５月１日", date(2019, 5, 1)),
        ("2019 年 5 月 1 日", date(2019, 5, 1)),
        ("20190501", date(2019, 5, 1)),
        ("43586", date(2019, 5, 1)),
        ("2019年5月", date(2019, 5, 1)),
        ("19-5-1", None),
        ("2019-02-30", None),
        ("2019", None),
        ("99999", None),
        ("0", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_people_and_sheets_write_it(text, day):
    assert read_day(text) == day


@given(st.dates(date(1930, 1, 1), date(2099, 12, 31)))
def test_a_bare_number_is_the_day_that_the_sheet_meant(day):
    assert read_day(str((day - date(1899, 12, 30)).days)) == day


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_days_and_trades(text):
    read_day(text)
    read_trade(text)


@pytest.mark.parametrize(
    ("text", "section"),
    [
        *(("H", "H"), ("h62", "H"), ("Ｈ", "H"), ("6210", "H"), ("62", "H"), ("住宿和餐饮业", "H"), ("面馆", "H")),
        *(
            ("零售", "F"),
            ("批发和零售业", "F"),
            ("宠物医院", "Q"),
            ("美发店", "O"),
            ("5141", "F"),
            ("01", "A"),
            ("97", "T"),
        ),
        *(("", None), ("99", None), ("其他", None), ("HELLO", None)),
    ],
)
def test_a_trade_is_read_as_people_write_it(text, section):
    assert read_trade(text) == (TradeClass(section) if section else None)


def test_a_good_row_is_read_whole_whatever_the_file(tmp_path):
    csv, wide = (
        write_csv(tmp_path / "a.csv", HEADER, GOOD),
        write_csv(tmp_path / "b.csv", HEADER, GOOD, encoding="gb18030"),
    )
    marked = write_csv(tmp_path / "c.csv", HEADER, GOOD, encoding="utf-8-sig")
    typed = [*GOOD[:4], 86.0, 24.0, "营业", 43586.0, *GOOD[8:]]
    book = write_workbook(tmp_path / "d.xlsx", [["商户登记表"], HEADER, typed])

    rows = [read_all(path)[0] for path in (csv, wide, marked, book)]

    assert rows[0] == rows[1] == rows[2] == rows[3]
    row = rows[0]
    assert (row.name, row.uscc, row.trade_class) == ("阿宝面馆", "91310115MA1K35J18E", TradeClass.CATERING)
    assert (row.size_m2, row.seats, row.state, row.opened_on) == (86, 24, ShopState.OPEN, date(2019, 5, 1))
    assert (row.contact.name, row.contact.phone, row.notes) == ("王小宝", "13812345678", ())


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("统一社会信用代码", "91310115MA1K35J18X", ShopRowReason.BAD_LICENCE),
        ("统一社会信用代码", "9.13101150000123E+17", ShopRowReason.BAD_LICENCE),
        ("店名", '=HYPERLINK("http://evil.example")', ShopRowReason.FORMULA),
        ("店名", "＝1+1", ShopRowReason.FORMULA),
        ("行业", "不知道", ShopRowReason.BAD_TRADE),
        ("经营状态", "待定", ShopRowReason.BAD_STATE),
        ("面积", "很大", ShopRowReason.BAD_AMOUNT),
        ("面积", "nan", ShopRowReason.BAD_AMOUNT),
        ("面积", "1e400", ShopRowReason.BAD_AMOUNT),
        ("座位数", "-3", ShopRowReason.BAD_AMOUNT),
        ("成立日期", "去年", ShopRowReason.BAD_DAY),
        ("电话", "2158951234", ShopRowReason.BAD_PHONE),
    ],
)
def test_a_bad_cell_is_told_by_its_reason(tmp_path, column, cell, reason):
    row = [cell if name == column else value for name, value in zip(HEADER, GOOD, strict=True)]

    [(found, _)] = read_all(write_csv(tmp_path / "a.csv", HEADER, row))

    assert found is reason


def test_a_cell_that_says_nothing_is_empty(tmp_path):
    row = ["店", "莲安东路1号", "无", "-", "/", "暂无", "", "", "—", ""]

    [read] = read_all(write_csv(tmp_path / "a.csv", HEADER, row))

    assert (read.uscc, read.trade_class, read.size_m2, read.seats, read.state) == (None,) * 5
    assert read.notes == (ShopRowNote.WITHOUT_LICENCE,)


@pytest.mark.parametrize(
    ("text", "state"),
    [("未营业", ShopState.CLOSED), ("停业", ShopState.CLOSED), ("空铺", ShopState.VACANT), ("OPEN", ShopState.OPEN)],
)
def test_a_state_is_read_as_people_write_it(tmp_path, text, state):
    [read] = read_all(write_csv(tmp_path / "a.csv", ("店名", "状态"), ("店", text)))

    assert read.state is state


def test_leading_zeros_and_quoted_numbers_stay_text(tmp_path):
    rows = read_all(write_csv(tmp_path / "a.csv", ("编号", "店名"), ("00123", "店"), ('="00124"', "铺")))
    book = read_all(write_workbook(tmp_path / "b.xlsx", [["编号", "店名"], ["00123", "店"], ["00124", "铺"]]))

    assert [row.key for row in rows] == [row.key for row in book] == ["00123", "00124"]


def test_formulas_are_taken_by_their_saved_values_and_never_worked_out(tmp_path):
    header = ["店名", "面积", "座位数", "备注"]
    book = write_workbook(
        tmp_path / "a.xlsx",
        [
            header,
            ["有值", Formula("40+46", "86"), 24.0, ""],
            ["没算", Formula("40+46"), 24.0, ""],
            ["写零", Formula("40+46", "0"), 24.0, ""],
            ["别列", 86.0, 24.0, Formula("1+1")],
            [Formula('"店"&"名"', "店名"), 86.0, 24.0, ""],
        ],
    )

    saved, unsaved, zero, elsewhere, text = read_all(book)

    assert (saved.size_m2, saved.notes[-1]) == (86, ShopRowNote.FORMULA_VALUE)
    assert [unsaved, zero] == [(ShopRowReason.FORMULA, "面积"), (ShopRowReason.FORMULA, "面积")]
    assert (elsewhere.size_m2, text.name) == (86, "店名")


def test_a_cell_that_is_merged_over_rows_stands_in_each(tmp_path):
    book = write_workbook(
        tmp_path / "a.xlsx",
        [
            ["店名", "行业", "地址"],
            ["甲", "餐饮", "一号"],
            ["乙", None, "二号"],
            ["丙", None, "三号"],
            ["丁", "", "四号"],
        ],
        merged=("B2:B4",),
    )

    assert [row.trade_class for row in read_all(book)] == [TradeClass.CATERING] * 3 + [None]
