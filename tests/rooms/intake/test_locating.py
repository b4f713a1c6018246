"""A place from whatever came: rather a person's question than a wrong door."""

from math import nan
from typing import Any

import pytest
import shapely

from backend import clock
from backend.geo.datum import Datum, from_wgs84
from backend.geo.distance import metres_between
from backend.geo.lonlat import LonLat
from backend.intake.locating.service import locate
from backend.intake.locating.structs import Certainty, ClueProblem, How, LocatedPlace, NotLocated
from backend.intake.structs import Clues, PointClue
from backend.places import queries as places
from qr import codes
from qr import service as qr
from qr.payload import payload
from tests.makers.places import COMMITTEE, HOME, SQUARE, TOWN, inside, make_area, make_cell, make_ground, make_place
from tests.makers.places import square as square_of

pytestmark = pytest.mark.usefixtures("database")
PRINTED = payload("https://yima.example.org")
KEYS = codes.keyring("the secret of a small town, long enough")
NOWHERE = (ClueProblem.ADDRESS_UNKNOWN, ClueProblem.SEVERAL_PLACES)


async def find(area_code: str = TOWN, datum: Datum = Datum.WGS84, **clues: Any) -> LocatedPlace:
    return await locate(Clues(**clues), area_code=area_code, datum=datum, payload=PRINTED)


async def lost(area_code: str = TOWN, **clues: Any) -> NotLocated:
    with pytest.raises(NotLocated) as unknown:
        await find(area_code, **clues)
    return unknown.value


async def problem(area_code: str = TOWN, **clues: Any) -> ClueProblem:
    return (await lost(area_code, **clues)).rejected[-1].problem


def at(point: LonLat, **more: Any) -> PointClue:
    return PointClue(lng=point.lng, lat=point.lat, **more)


async def test_a_code_leads_to_its_place_bare_as_a_path_and_as_an_address():
    await make_ground()
    place_id = await make_place()
    code = (await qr.mint_bound([place_id], keys=KEYS, now=clock.now()))[place_id]

    for written in (code, code.lower(), f"/q/{code}", f"https://yima.example.org/q/{code}?from=12345"):
        found = await find(code=written)
        assert (found.place_id, found.how, found.certainty) == (place_id, How.CODE, Certainty.EXACT)
    assert await problem(code="https://elsewhere.example/q/" + code) is ClueProblem.CODE_UNKNOWN
    assert await problem("310115106", code=code) is ClueProblem.OUTSIDE
    assert (await find(code="no code", place_id=place_id)).rejected[0].problem is ClueProblem.CODE_UNKNOWN
    assert await problem(place_id=place_id + 1) is ClueProblem.PLACE_UNKNOWN


@pytest.mark.parametrize("datum", list(Datum))
async def test_a_position_is_read_in_the_datum_that_it_or_its_source_declares(datum):
    await make_ground()
    place_id = await make_place()
    shifted = from_wgs84(HOME.lng, HOME.lat, datum)

    for found in (await find(datum=datum, point=at(shifted)), await find(point=at(shifted, datum=datum))):
        assert metres_between(found.point, HOME) < 0.01
        assert (found.place_id, found.area_code, found.grid_code) == (place_id, COMMITTEE, f"{COMMITTEE}001")


async def test_a_position_that_cannot_be_is_refused_in_words_and_never_moved():
    await make_ground()
    await make_place()

    assert await problem(point=PointClue(lng=HOME.lat, lat=HOME.lng)) is ClueProblem.SWAPPED
    for lng, lat in ((nan, 31.0), (121.5, 991.0), (0.0, 0.0), (1e300, 0)):
        assert await problem(point=PointClue(lng=lng, lat=lat)) is ClueProblem.NOT_A_POSITION
    assert await problem(point=at(HOME, accuracy_m=500.0)) is ClueProblem.TOO_VAGUE
    assert await problem(point=at(LonLat(121.4, 31.2))) is ClueProblem.OUTSIDE
    vague = await find(point=at(HOME, accuracy_m=80.0))
    assert (vague.place_id, vague.area_code) == (None, COMMITTEE)


async def test_latitude_first_is_noticed_in_the_west_too_where_both_are_degrees_of_either():
    await make_area("653101001", shapely.MultiPolygon([shapely.box(75.8, 39.3, 76.0, 39.5)]), name="恰萨街道")

    assert await problem("653101001", point=PointClue(lng=39.4, lat=75.9)) is ClueProblem.SWAPPED


async def test_a_point_on_a_shared_border_lies_in_one_area_the_same_as_for_a_report():
    await make_ground()
    await make_cell(f"{COMMITTEE}009", square_of(-1, 0))
    border = LonLat(HOME.lng - SQUARE / 2, HOME.lat)

    found = await find(point=at(border))

    assert found.grid_code == f"{COMMITTEE}001"
    reported = await places.locate(border)
    assert (found.grid_code, found.area_code) == (reported.grid_code, reported.area_code)


@pytest.mark.parametrize(
    "written",
    [
        "莲安东路88弄6号", "上海市浦东新区北蔡镇莲安东路８８弄６号", "莲安东路八十八弄六号",
        "南汇区莲安东路88弄6号201室", "莲安东路 88 弄 6 号", "莲安东路88衖6號", "莲安东路88弄6-301室", "莲安东88弄6号",
        "来电反映：我家住在北蔡莲安东路88弄6号门口",
    ],
)  # fmt: skip
async def test_an_address_leads_to_its_door_however_it_is_written(written):
    await make_ground()
    door = await make_place(inside(1, 0), address="莲安东路88弄6号", key="6")
    await make_place(inside(2, 0), address="莲安东路88弄16号", key="16")
    await make_place(inside(3, 0), address="莲安东路6号", key="x")

    found = await find(address=written)

    assert (found.place_id, found.how, found.certainty) == (door, How.ADDRESS, Certainty.EXACT)


@pytest.mark.parametrize(
    "written",
    [
        "上海市闸北区莲安东路88弄6号",
        "东莲安东路88弄6号",
        "安东路88弄6号",
        "三林镇莲安东路88弄6号",
        "莲溪路88弄6号",
        "88弄6号",
        "莲安东路",
        "???",
        "北蔡镇",
    ],
)
async def test_an_address_that_fits_nowhere_goes_to_a_person_with_what_is_likeliest(written):
    await make_ground()
    await make_area("310115130", name="三林镇")
    door = await make_place(inside(1, 0), address="莲安东路88弄6号", key="6")

    unknown = await lost(address=written)

    assert unknown.rejected[-1].problem in NOWHERE
    if "安东路88" in written:
        assert unknown.nearest[0].place_id == door


async def test_a_door_that_is_missing_is_near_its_lane_or_between_its_neighbours():
    await make_ground()
    for nr, number in enumerate((98, 102, 99)):
        await make_place(inside(nr, 0), address=f"莲安东路{number}号", key=f"road {number}")
    for number in (5, 9):
        await make_place(inside(number, 2), address=f"莲安东路88弄{number}号", key=f"lane {number}")

    between, in_lane = await find(address="莲安东路100号"), await find(address="莲安东路88弄8号")

    assert (between.place_id, between.certainty, between.label) == (None, Certainty.NEAR, "莲安东路100号")
    assert metres_between(between.point, LonLat(HOME.lng + SQUARE / 2, HOME.lat)) < 1
    assert (in_lane.place_id, in_lane.point) == (None, inside(9, 2))
    hits = (await lost(address="莲安东路500号")).nearest
    assert [hit.label for hit in hits[:2]] == ["莲安东路102号", "莲安东路99号"]
    assert len(hits) == 5


async def test_two_doors_of_one_address_far_apart_are_for_a_person_unless_the_town_is_named():
    await make_ground()
    await make_area("310115130", square_of(20, 0, SQUARE * 5), name="三林镇")
    one = await make_place(address="莲安东路128号", key="1")
    other = await make_place(inside(21, 1), address="莲安东路128号", area_code="310115130", key="2")

    unknown = await lost("310115", address="莲安东路128号")

    assert unknown.rejected[-1].problem is ClueProblem.SEVERAL_PLACES
    assert {hit.place_id for hit in unknown.nearest} == {one, other}
    assert (await find("310115", address="三林镇莲安东路128号")).place_id == other


async def test_the_door_that_is_named_counts_beside_a_position_and_a_person_decides_where_they_are_far_apart():
    await make_ground()
    door = await make_place(address="莲安东路128号")
    await make_place(inside(8, 1), address="莲安东路900号", key="2")

    assert (await find(point=at(inside(1, 1)), address="莲安东路128号")).place_id == door
    assert await problem(point=at(inside(8, 1)), address="莲安东路128号") is ClueProblem.CLUES_DISAGREE
    by_point = await find(point=at(inside(8, 1)), address="没有这个地方")
    assert (by_point.how, by_point.rejected[0].problem) == (How.POINT, ClueProblem.ADDRESS_UNKNOWN)
    by_words = await find(point=PointClue(lng=HOME.lat, lat=HOME.lng), address="莲安东路128号")
    assert (by_words.place_id, by_words.rejected[0].problem) == (door, ClueProblem.SWAPPED)


async def test_nothing_at_all_is_nowhere():
    unknown = await lost()

    assert (unknown.nearest, unknown.rejected) == ((), ())
