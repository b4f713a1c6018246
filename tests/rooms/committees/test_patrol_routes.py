"""Routes: laid down by committee or town, and from files, each whole or not at all."""

import pytest

from backend import db
from backend.accounts.structs import Role
from backend.calendars.rules import shanghai_date
from backend.committees.duty_list.errors import TemplateUnknown
from backend.committees.patrols import route_reads, routes
from backend.committees.patrols.errors import (
    PatrolNotAllowed,
    PatrolRouteEmpty,
    PatrolRouteNotFound,
    PatrolRouteTaken,
    PlacesElsewhere,
)
from backend.committees.patrols.importing.runs import import_routes
from backend.committees.patrols.routes import RouteChange
from backend.committees.patrols.structs import RouteDraft
from backend.places.importing.reasons import FileRefused
from qr import codes
from qr import service as qr
from qr.place_lines import LineReason, resolve
from tests.makers.patrols import make_entry, make_places, make_template
from tests.makers.places import read_errors, write_csv
from tests.makers.town import COMMITTEE, DEMO_SECRET, TOWN, make_actor, make_town
from tests.makers.workbooks import write_workbook

HEAD = ("居委编码", "任务", "路线", "顺序", "点位", "门牌码")


@pytest.fixture
async def committee(database, now):
    await make_town(now)
    await db.execute("INSERT INTO area (code, level, name) VALUES ($1 || '002', 'committee', '第二居委')", TOWN)
    return await make_actor("居委干部", Role.COMMITTEE, COMMITTEE)


def draft(template_id, places, name="一线", committee_code=COMMITTEE, is_on=True):
    return RouteDraft(committee_code=committee_code, template_id=template_id, name=name, place_ids=places, is_on=is_on)


async def test_a_committee_lays_down_its_own_routes_and_the_same_again_changes_nothing(committee, now):
    template_id, places = await make_template(), await make_places(3)
    (elsewhere,) = await make_places(1, committee=f"{TOWN}002", first=9)
    neighbour = await make_actor("邻居委", Role.COMMITTEE, f"{TOWN}002")
    for by, said, why in (
        (neighbour, draft(template_id, places), PatrolNotAllowed),
        (committee, draft(template_id + 99, places), TemplateUnknown),
        (committee, draft(template_id, []), PatrolRouteEmpty),
        (committee, draft(template_id, [*places, elsewhere]), PlacesElsewhere),
    ):
        with pytest.raises(why):
            await routes.set_route(said, by, now)

    first = await routes.set_route(draft(template_id, places), committee, now)
    assert first.change is RouteChange.NEW
    assert (await routes.set_route(draft(template_id, places), committee, now)).change is RouteChange.UNCHANGED
    other = await routes.set_route(draft(template_id, places[:2], "二线"), committee, now)
    with pytest.raises(PatrolRouteTaken):
        await routes.change_route(other.route_id, draft(template_id, places, "一线"), committee, now)
    with pytest.raises(PatrolRouteNotFound):
        await routes.change_route(first.route_id + 99, draft(template_id, places), committee, now)

    turned = draft(template_id, places[::-1], "三线", is_on=False)
    assert (await routes.change_route(first.route_id, turned, committee, now)).change is RouteChange.CHANGED
    assert [place for place, _ in await route_reads.list_places(first.route_id)] == places[::-1]
    listed = await route_reads.list_routes(COMMITTEE, committee, shanghai_date(now))
    assert {(each.name, each.is_on, each.stops, each.is_in_force) for each in listed} == {
        ("三线", False, 3, False),
        ("二线", True, 2, False),
    }
    await make_entry(template_id, committee, shanghai_date(now))
    assert (await route_reads.get_route(other.route_id, committee, shanghai_date(now))).is_in_force


async def test_a_line_means_a_plate_or_a_place_that_is_called_so(committee, now):
    places = await make_places(12)
    (elsewhere,) = await make_places(1, committee=f"{TOWN}002", first=20)
    minted = await qr.mint_bound([places[4], elsewhere], keys=codes.keyring(DEMO_SECRET), now=now)
    await db.execute("UPDATE place SET name = '便民店' WHERE id = ANY($1::bigint[])", places[8:10])

    found = await resolve(
        {
            **{1: minted[places[4]], 2: "巡查路1号", 3: "巡查路 二号", 4: "没有这里", 5: "便民店"},
            **{6: minted[elsewhere], 7: "巡查路１号", 8: "巡查路"},
        },
        COMMITTEE,
        codes.parse,
    )

    assert found.places == {1: places[4], 2: places[0], 3: places[1]}
    assert found.refused == {
        4: LineReason.NOT_HERE,
        5: LineReason.AMBIGUOUS,
        6: LineReason.ELSEWHERE,
        7: LineReason.TWICE,
        8: LineReason.AMBIGUOUS,
    }


async def test_a_file_lays_down_its_routes_whole_or_not_at_all_and_says_why_line_by_line(committee, now, tmp_path):
    await make_template()
    places = await make_places(6)
    minted = await qr.mint_bound([places[2]], keys=codes.keyring(DEMO_SECRET), now=now)
    rows = [
        (COMMITTEE, "fire_lane", "一线", 2, "巡查路2号", ""),
        (COMMITTEE, "消防通道巡查", "一线", 1, "巡查路1号", ""),
        (COMMITTEE, "fire_lane", "二线", "", "", minted[places[2]]),
        (COMMITTEE, "fire_lane", "二线", "", "=没有这里", ""),
        (COMMITTEE, "fire_lane", "三线", "", "", ""),
        (COMMITTEE, "fire_lane", "三线", "x", "巡查路4号", ""),
        (COMMITTEE, "flood", "四线", "", "巡查路5号", ""),
        (f"{TOWN}077", "fire_lane", "五线", "", "巡查路6号", ""),
        (COMMITTEE, "fire_lane", "六线", "", "", minted[places[2]]),
    ]
    file = write_csv(tmp_path / "routes.csv", HEAD, *rows)
    errors = file.with_name("errors.csv")

    report = await import_routes(file, errors, codes.parse, now)

    assert report.read == 9
    assert dict(report.routes) == {RouteChange.NEW: 2}
    assert report.refused_routes == 4
    lines = {int(row["line"]): row["reason"] for row in read_errors(file)}
    assert lines == {
        **{4: "route-incomplete", 5: "not-here", 6: "missing-value", 7: "bad-number"},
        **{8: "unknown-task", 9: "unknown-committee"},
    }
    assert [row["点位"] for row in read_errors(file)][1] == "'=没有这里"
    assert "新增 / new 2" in report.lines()[0]


async def test_a_workbook_is_read_as_well_and_the_same_file_again_changes_nothing(committee, now, tmp_path):
    await make_template()
    places = await make_places(2)
    rows = [(COMMITTEE, "fire_lane", "一线", 2 - number, f"巡查路{number + 1}号", "") for number in range(2)]
    file = write_workbook(tmp_path / "routes.xlsx", [HEAD, *rows])

    changes = [(await import_routes(file, tmp_path / "errors.csv", codes.parse, now)).routes for _ in range(2)]

    assert [list(each) for each in changes] == [[RouteChange.NEW], [RouteChange.UNCHANGED]]
    route_id = await db.fetchval("SELECT id FROM patrol_route")
    assert [place for place, _ in await route_reads.list_places(route_id)] == places[::-1]
    assert not (tmp_path / "errors.csv").exists()
    with pytest.raises(FileRefused):
        await import_routes(write_csv(tmp_path / "x.csv", HEAD[:2]), tmp_path / "errors.csv", codes.parse, now)
