"""The demo street as it is laid out: the sizes of the articles, outlines that tile, and the same on every machine."""

import hashlib
from collections import Counter
from itertools import pairwise

import msgspec
import pytest
import shapely

from backend.demo import street
from backend.demo.ground import CELLS_ACROSS, Square, cell_codes
from backend.geo.distance import metres_between
from backend.geo.lonlat import LonLat
from backend.places.kinds import PlaceKind

MIDDLE = LonLat(121.5537, 31.1786)


@pytest.fixture(scope="module")
def town():
    return street.make_town()


def test_the_town_has_the_size_that_the_articles_tell(town):
    kinds = Counter(place.kind for place in town.places)

    assert town.is_demo
    assert Counter(len(area.code) for area in town.areas) == {6: 1, 9: 1, 12: 45}
    assert {area.code[:9] for area in town.areas if len(area.code) > 6} == {"310115105"}
    assert (len(town.roads), kinds[PlaceKind.STOREFRONT], kinds[PlaceKind.DOORPLATE]) == (30, 1800, 5000)


def test_the_town_is_the_same_on_every_machine(town):
    said = [(place.source_key, place.name, place.grid_code, place.loc) for place in town.places]

    digest = hashlib.sha256(msgspec.json.encode(said)).hexdigest()

    assert digest[:16] == "1e35bd61d00ff998"


def test_committees_tile_the_town_and_cells_tile_their_committee(town):
    outlines = {area.code: area.outline for area in town.areas if area.outline}
    cells = {cell.code: cell.outline for cell in town.cells}
    committees = [outline for code, outline in outlines.items() if len(code) == 12]

    assert shapely.union_all(committees).equals(outlines["310115105"])
    assert sum(committee.area for committee in committees) == pytest.approx(outlines["310115105"].area, rel=1e-12)
    assert all(len(committee.geoms) == 1 and not committee.geoms[0].interiors for committee in committees)
    for code in outlines:
        if len(code) == 12:
            own = [cell for cell_code, cell in cells.items() if cell_code.startswith(code)]
            assert shapely.union_all(own).equals(outlines[code])
    assert len(cells) == CELLS_ACROSS**2


def test_every_place_lies_inside_the_one_cell_that_it_names(town):
    cells = [cell.outline for cell in town.cells]
    tree = shapely.STRtree(cells)
    points = [shapely.Point(place.loc.lng, place.loc.lat) for place in town.places]

    place_nrs, cell_nrs = tree.query(points, predicate="intersects")

    assert place_nrs.tolist() == list(range(len(points)))
    assert [town.cells[nr].code for nr in cell_nrs] == [place.grid_code for place in town.places]


def test_cells_are_numbered_within_their_committee_from_west_to_east_and_north_to_south():
    codes = cell_codes()

    for committee in {code[:12] for code in codes.values()}:
        own = sorted((code, square) for square, code in codes.items() if code.startswith(committee))
        assert [code[12:] for code, _ in own] == [f"{nr:03d}" for nr in range(1, len(own) + 1)]
        assert all((above.row, above.column) < (below.row, below.column) for (_, above), (_, below) in pairwise(own))


def test_a_cell_measures_ten_thousand_square_metres(town):
    west, south, east, north = town.cells[0].outline.bounds

    width_m = metres_between(LonLat(west, south), LonLat(east, south))
    height_m = metres_between(LonLat(west, south), LonLat(west, north))

    assert width_m * height_m == pytest.approx(10_000, rel=0.01)


def test_keys_and_doors_are_not_repeated(town):
    keys = [place.source_key for place in town.places]

    assert len(set(keys)) == len(keys)
    assert len({place.loc for place in town.places}) == len(keys)


def test_the_story_takes_place_in_the_middle_of_the_town():
    doors = street.featured_keys(PlaceKind.DOORPLATE, 20)
    shops = street.featured_keys(PlaceKind.STOREFRONT, 10)

    roads = {key.split(":")[1] for key in doors}
    assert roads == {"莲安东路", "莲溪路"}
    assert {key.split(":")[0] for key in shops} == {"shop"}
    assert metres_between(street.crossing().lonlat(), MIDDLE) < 150
    assert Square(0, 0) in cell_codes()
