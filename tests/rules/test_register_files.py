"""Files of registers: headings in both languages, bounds, templates that can be filled in and read again."""

import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.duty.loading import named_lines
from backend.duty.loading.lines import Wrong
from backend.duty.loading.named_lines import LineReader, NamedLine, read_named
from backend.elder_care.importing import lines as elder_lines
from backend.lifts.importing import lines as lift_lines
from backend.places.importing.reasons import FileRefused
from backend.web.views import register_template
from tests.makers.places import write_csv
from tests.makers.refusals import en, refused_with, zh
from tests.makers.workbooks import write_workbook

BOTH = [lift_lines.COLUMNS, elder_lines.COLUMNS]
HEAD = [column.zh for column in lift_lines.COLUMNS.values()]
ROW = ["1号楼东梯", "梯1", "", "维保", "", "", "2027-01-01", "2026-11-01", "", ""]


@pytest.mark.parametrize("columns", BOTH)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_template_lacks_nothing_but_lines(columns, kind, tmp_path):
    path = tmp_path / f"template.{kind}"
    path.write_bytes(register_template.WRITERS[kind](columns))

    with refused_with(FileRefused, "no line in the file"):
        read_named(path, columns)


def test_csv_in_chinese_and_a_workbook_with_english_headings_say_the_same(tmp_path):
    csv_file = write_csv(tmp_path / "a.csv", ("说明",), tuple(HEAD), tuple(ROW), encoding="gb18030")
    english = [column.en.upper() for column in lift_lines.COLUMNS.values()]
    workbook = write_workbook(tmp_path / "a.xlsx", [english, [cell or None for cell in ROW]])

    [of_csv], [of_workbook] = read_named(csv_file, lift_lines.COLUMNS), read_named(workbook, lift_lines.COLUMNS)

    assert (of_csv.number, of_workbook.number) == (3, 2)
    assert of_csv.values == of_workbook.values
    assert lift_lines.read(of_csv, {"维保": 7}).maintenance_unit_id == 7


def test_a_file_that_lacks_a_column_is_too_long_or_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    with refused_with(FileRefused, "maintenance company"):
        read_named(write_csv(tmp_path / "few.csv", ("码", "登记证编号"), ("1", "2")), lift_lines.COLUMNS)
    monkeypatch.setattr(named_lines, "LINES_MOST", 2)
    with refused_with(FileRefused, "More than 2"):
        read_named(write_csv(tmp_path / "long.csv", tuple(HEAD), *[tuple(ROW)] * 3), lift_lines.COLUMNS)
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b" " * 51_000_000)
    with refused_with(FileRefused, "unpacks"):
        read_named(tmp_path / "bomb.xlsx", lift_lines.COLUMNS)


def test_a_line_with_other_cells_than_headings_is_refused_alone(tmp_path):
    path = write_csv(tmp_path / "a.csv", tuple(HEAD), (*ROW, "zu viel"), tuple(ROW))

    broken, whole = read_named(path, lift_lines.COLUMNS)

    with pytest.raises(Wrong) as wrong:
        LineReader(broken, lift_lines.COLUMNS)
    assert en(wrong.value.why) == "Not as many cells as the header has"
    assert lift_lines.read(whole, {"维保": 1}).lift_no == "梯1"


@given(st.dictionaries(st.sampled_from(list(elder_lines.COLUMNS)), st.text(max_size=400)))
def test_whatever_stands_in_a_line_it_is_read_or_refused_without_being_repeated(values):
    try:
        elder_lines.read(NamedLine(2, values))
    except Wrong as wrong:
        said = zh(wrong.why)
        assert said and not any(len(value) > 3 and value in said for value in values.values() if value.strip())
