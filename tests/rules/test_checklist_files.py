"""A file of check lists is read as it was written, or not at all, and each bad line is named."""

import pytest

from backend.duty.loading.runs import LinesWrong
from shops.inspections import checklist_files
from shops.inspections.checklist_files import COLUMNS
from shops.inspections.structs import ChecklistView, CheckPoint, Department

LINE = ("fire", "fire", "消防", "Fire", "灭火器过期", "Too old", "消防法第十六条", "10", "no", "24")


def written(path, *lines):
    path.write_text("\n".join(",".join(line) for line in (COLUMNS, *lines)), encoding="utf-8")
    return path


def test_what_the_export_writes_the_load_reads(tmp_path):
    points = [
        CheckPoint(
            id=number, number=number, words_zh=words, words_en="", legal_basis="消防法", points=10, is_p0=is_p0,
            fix_within_h=24,
        )
        for number, words, is_p0 in ((1, "灭火器,过期", False), (2, "=通道", True))
    ]  # fmt: skip
    list_ = ChecklistView(
        id=1, department=Department.FIRE, code="fire", version=3, name_zh="消防", name_en="", is_sample=True,
        points=points,
    )  # fmt: skip

    assert checklist_files.write_checklists(tmp_path / "lists.csv", [list_]) == 2
    [read] = checklist_files.read_checklists(tmp_path / "lists.csv", "310115105")

    assert (read.code, read.department, read.area_code, read.is_sample) == ("fire", "fire", "310115105", False)
    assert [(point.words_zh, point.is_p0) for point in read.points] == [("灭火器,过期", False), ("=通道", True)]


@pytest.mark.parametrize(
    ("at", "value"),
    [(0, ""), (1, "police"), (2, "另一个"), (4, ""), (6, ""), (7, "101"), (7, "-1"), (7, "1e3"), (8, "?"), (9, "0")],
)
def test_a_bad_line_is_named_and_nothing_is_read(tmp_path, at, value):
    bad = tuple(value if number == at else cell for number, cell in enumerate(LINE))

    with pytest.raises(LinesWrong) as refused:
        checklist_files.read_checklists(written(tmp_path / "lists.csv", LINE, bad), "310115105")

    assert [line.line for line in refused.value.bad_lines] == [3]
