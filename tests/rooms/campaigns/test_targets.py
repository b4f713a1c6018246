"""Targets by filter, by file and by code: what is found is placed once, what is not is shown with what is nearest."""

from pathlib import Path

import pytest

from backend import db
from backend.campaigns import queries
from backend.campaigns.errors import TargetKindUnknown, TargetOutside, TargetTwice
from backend.campaigns.targets import files, filtering, listing, pasting, placing, reads, whole_areas
from backend.campaigns.targets.filtering import PlaceFilter
from backend.places.importing.reasons import FileRefused
from tests.makers.campaigns import CONTENT, SEAL, make_campaign
from tests.makers.patrols import make_places
from tests.makers.places import write_csv
from tests.makers.town import COMMITTEE, TOWN, make_town

pytestmark = pytest.mark.usefixtures("intake")
_LABELS = "SELECT label FROM campaign_target WHERE removed_at IS NULL AND area_code IS NOT NULL ORDER BY label"


async def labels() -> list[str]:
    return [row["label"] for row in await db.fetch(_LABELS)]


async def test_a_filter_adds_every_place_of_its_area_once(now):
    town = await make_town(now)
    await make_places(3)
    campaign_id = await make_campaign(town, now)
    everything, doors = PlaceFilter(area_code=TOWN), PlaceFilter(area_code=COMMITTEE, words="莲安东路100号")

    assert (await filtering.count(everything), await filtering.count(doors)) == (4, 1)
    added = [await filtering.add(campaign_id, each, "estate", town.dispatcher, now) for each in (doors, everything) * 2]
    assert added == [1, 3, 0, 0]
    with pytest.raises(TargetOutside):
        await filtering.add(campaign_id, PlaceFilter(area_code="310104003"), "", town.dispatcher, now)
    with pytest.raises(TargetKindUnknown):
        await filtering.add(campaign_id, doors, "site", town.dispatcher, now)


async def test_a_file_is_taken_line_by_line_and_what_is_not_found_waits_with_what_is_nearest(now, tmp_path: Path):
    town = await make_town(now)
    campaign_id = await make_campaign(town, now)
    rows = (
        ("名称", "地址", "门牌码", "类别", "联系人", "电话"),
        ("一号楼", "", town.code, "小区", "王阿姨", "13812345678"),
        ("", "莲安东路100号", "", "", "", ""),
        ("", "莲安东路9999号", "", "", "", ""),
        ("", "", "", "小区", "", ""),
        ("工地", "莲安东路100号", "", "工地", "", ""),
    )
    lines, refused = files.read_file(write_csv(tmp_path / "targets.csv", *rows), CONTENT.kinds)
    assert [(each.line, each.why) for each in refused] == [(5, "where"), (6, "kind")]

    taken = [await listing.add_lines(campaign_id, lines, town.dispatcher, SEAL, now) for _ in range(2)]
    assert [(each.added, each.there) for each in taken] == [(3, 0), (0, 3)]
    assert [await placing.place_waiting(campaign_id, now) for _ in range(2)] == [3, 0]
    assert await labels() == ["一号楼", "莲安东路100号"]
    campaign = await queries.get_own(campaign_id, town.dispatcher)
    (nowhere,) = await reads.list_nowhere(campaign)
    assert (nowhere.target.label, nowhere.target.problem) == ("莲安东路9999号", "address-unknown")
    assert [each.place_id for each in nowhere.nearest] == [town.place_id]
    counts = {each.kind: (each.placed, each.nowhere) for each in await reads.count_targets(campaign_id)}
    assert counts == {"": (1, 1), "estate": (1, 0)}

    (another,) = await make_places(1)
    await placing.place_by_hand(campaign_id, nowhere.target.id, another, town.dispatcher, now)
    assert len(await labels()) == 3


async def test_what_is_placed_by_hand_where_a_target_is_already_is_told(now):
    town = await make_town(now)
    campaign_id = await make_campaign(town, now)
    typed = pasting.read_lines(f"{town.code}\n\n不存在路 1 号\n", "", (), 100)
    await listing.add_lines(campaign_id, typed, town.dispatcher, SEAL, now)
    await placing.place_waiting(campaign_id, now)
    nowhere = await db.fetchval("SELECT id FROM campaign_target WHERE area_code IS NULL")

    with pytest.raises(TargetTwice):
        await placing.place_by_hand(campaign_id, nowhere, town.place_id, town.dispatcher, now)
    assert [each.point is not None for each in await reads.list_targets(campaign_id)] == [True]


async def test_a_file_that_says_of_no_line_where_it_is_is_refused(tmp_path: Path):
    with pytest.raises(FileRefused):
        files.read_file(write_csv(tmp_path / "bad.csv", ("电话", "备注"), ("1", "2")), [])


async def test_a_whole_committee_is_a_target_once_and_none_of_elsewhere(now):
    town = await make_town(now)
    campaign_id = await make_campaign(town, now)

    added = [await whole_areas.add(campaign_id, [COMMITTEE], "estate", town.dispatcher, now) for _ in range(2)]

    assert added == [1, 0]
    assert await whole_areas.list_codes(TOWN) == [COMMITTEE]
    [target] = await reads.list_targets(campaign_id)
    assert (target.label, target.kind, target.area_code, target.place_id) == ("第一居委", "estate", COMMITTEE, None)
    for code in ("310104003001", TOWN):
        with pytest.raises(TargetOutside):
            await whole_areas.add(campaign_id, [code], "", town.dispatcher, now)


async def test_a_look_before_says_where_each_line_lies_and_takes_none(now):
    town = await make_town(now)
    campaign = await queries.find(await make_campaign(town, now))
    assert campaign is not None
    lines = pasting.read_lines(f"一号楼\t{town.code}\n不存在路 1 号\n", "", CONTENT.kinds, 100)

    found, nowhere = await placing.look_up(campaign, lines)

    assert (found.label, found.problem) == ("一号楼", "")
    assert nowhere.label == "" and nowhere.problem
    assert await db.fetchval("SELECT count(*) FROM campaign_target") == 0
