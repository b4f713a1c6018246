"""Lists of targets as text, and questions of a form by the line: what is read, and what is written is read again."""

import pytest

from backend.campaigns.errors import CampaignFieldsTooMany
from backend.campaigns.forms import editing
from backend.campaigns.forms.checking import faults_of
from backend.campaigns.forms.fields import CampaignField, CampaignFieldKind, FormContent, TargetKind, TroubleRule
from backend.campaigns.records.sealing import TargetContact
from backend.campaigns.targets import files, pasting
from backend.campaigns.targets.structs import SaidTarget, TargetClues
from backend.geo.lonlat import LonLat

KINDS = [TargetKind(code="estate", zh="居住小区", en="Estate"), TargetKind(code="site", zh="建筑工地")]
PATTERN = CampaignField(
    key="x", kind=CampaignFieldKind.YES_NO, zh="x", is_required=True, trouble=TroubleRule(item="B403", values=["no"])
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("莲安东路100号", ("", "", "莲安东路100号", "site")),
        ("ABC-123", ("ABC-123", "", "ABC-123", "site")),
        ("一号楼\t莲安东路100号\t居住小区", ("", "一号楼", "莲安东路100号", "estate")),
        ("居住小区\t一号楼", ("", "一号楼", "", "estate")),
        ("一号楼\t\tABC-123\t莲安东路100号", ("ABC-123", "一号楼", "莲安东路100号", "site")),
    ],
)
def test_a_line_that_was_typed_or_copied_without_headings(line, expected):
    [found] = pasting.read_lines(f"\n{line}\n", "site", KINDS, 10)

    clues = found.clues
    assert (clues.code, clues.name, clues.address, found.kind) == expected
    assert found.line == 2


@pytest.mark.parametrize("text", ["莲安东路100号", "一号楼\t莲安东路100号", "", "\x00", '"', "a\n" * 9])
def test_what_has_no_headings_is_no_table(text):
    assert pasting.as_table(text) is None


def test_what_was_looked_at_is_taken_as_it_was(tmp_path):
    lines = [
        SaidTarget(
            line=2, clues=TargetClues(name='一"号\t楼'.replace("\t", " "), address="莲安东路100号"), kind="estate"
        ),
        SaidTarget(
            line=3,
            clues=TargetClues(code="ABC-123", point=LonLat(121.5, 31.2)),
            contact=TargetContact(name="王", phone="138", remark="二楼,左"),
            assignee="li.wei",
        ),
    ]
    table = pasting.as_table(pasting.write(lines).strip())
    assert table is not None
    (tmp_path / "list").write_bytes(table)

    taken, refused = files.read_file(tmp_path / "list", KINDS)

    assert refused == []
    assert [(each.clues, each.kind, each.contact, each.assignee) for each in taken] == [
        (each.clues, each.kind, each.contact, each.assignee) for each in lines
    ]


def test_each_line_is_a_field_of_its_own_as_the_pattern_says():
    content = editing.add_fields(FormContent(), "排水口畅通 | Drains are clear\n\n  挡水板到位\n | only", PATTERN)

    assert [(field.zh, field.en) for field in content.fields] == [
        ("排水口畅通", "Drains are clear"),
        ("挡水板到位", ""),
    ]
    assert len({field.key for field in content.fields}) == 2
    assert faults_of(content, {"B403"}) == []


def test_a_form_takes_no_more_than_can_be_read_again():
    content = editing.add_fields(FormContent(), "\n".join(f"问题{n}" for n in range(80)), PATTERN)

    with pytest.raises(CampaignFieldsTooMany):
        editing.add_fields(content, "又一个", PATTERN)
