"""The demo street as a town for `places`, and the picks from it that demo codes and people hang on."""

from math import hypot

import shapely

from backend.demo import names
from backend.demo.ground import METRE_EAST, METRE_NORTH, TOWN_CODE, DemoSite, Square, cell_codes, outline, square_at
from backend.demo.roads import STORY_ROADS, Doorplate, crossing, doorplates, roads
from backend.demo.shops import Storefront, storefronts
from backend.places import queries
from backend.places import service as places
from backend.places.bulk import NewArea, NewCell, NewPlace, NewRoad, Town
from backend.places.kinds import PlaceKind
from backend.places.structs import PlaceRead

DATASET = "demo-street"
DISTRICT_CODE = TOWN_CODE[:6]


async def load_street() -> bool:
    """Put the demo street into the database, once. False when it is there already."""
    if await is_loaded():
        return False
    return await places.load_town(make_town())


async def is_loaded() -> bool:
    first_door = f"door:{STORY_ROADS[0]}:1"
    return bool((await queries.list_by_source_keys(DATASET, [first_door])).items)


async def list_featured(kind: PlaceKind, count: int) -> list[PlaceRead]:
    """The doorplates or storefronts nearest to 莲安东路 and 莲溪路, nearest first; the same ones on every machine."""
    return (await queries.list_by_source_keys(DATASET, featured_keys(kind, count))).items


def featured_keys(kind: PlaceKind, count: int) -> list[str]:
    centre = crossing()
    found = doorplates() if kind is PlaceKind.DOORPLATE else storefronts()
    return [key_of(each) for each in sorted(found, key=lambda each: _apart_m(each.spot, centre))[:count]]


def key_of(what: Doorplate | Storefront) -> str:
    """The stable key of a place in the demo dataset."""
    if isinstance(what, Storefront):
        return f"shop:{what.door.road.name}:{what.door.number}"
    return f"door:{what.road.name}:{what.number}"


def make_town() -> Town:
    codes = cell_codes()
    outlines = {code: outline(square) for square, code in codes.items()}
    return Town(
        dataset=DATASET,
        is_demo=True,
        areas=_areas(outlines),
        cells=[NewCell(code, shapely.MultiPolygon([cell])) for code, cell in outlines.items()],
        roads=[NewRoad(road.name, TOWN_CODE, road.line()) for road in roads()],
        places=[
            *(_doorplate(plate, codes) for plate in doorplates()),
            *(_storefront(shop, codes) for shop in storefronts()),
        ],
    )


def _areas(outlines: dict[str, shapely.Polygon]) -> list[NewArea]:
    cells_of: dict[str, list[shapely.Polygon]] = {}
    for code, cell in outlines.items():
        cells_of.setdefault(code[:12], []).append(cell)
    committees = [
        NewArea(code, _committee_name(nr), _joined(cells_of[code])) for nr, code in enumerate(sorted(cells_of))
    ]
    return [
        NewArea(DISTRICT_CODE, "浦东新区"),
        NewArea(TOWN_CODE, "北蔡镇", _joined(list(outlines.values()))),
        *committees,
    ]


def _joined(cells: list[shapely.Polygon]) -> shapely.MultiPolygon:
    whole = shapely.union_all(cells)
    if not isinstance(whole, shapely.Polygon):
        raise TypeError("cells of one area do not hang together")
    return shapely.MultiPolygon([whole])


def _committee_name(nr: int) -> str:
    ordinals = names.COMMITTEE_ORDINALS
    return f"{names.COMMITTEE_STEMS[nr // len(ordinals)]}{ordinals[nr % len(ordinals)]}居委会"


def _doorplate(plate: Doorplate, codes: dict[Square, str]) -> NewPlace:
    return NewPlace(
        kind=PlaceKind.DOORPLATE,
        name="",
        address=plate.address,
        road_name=plate.road.name,
        house_number=str(plate.number),
        grid_code=codes[square_at(plate.spot)],
        loc=plate.spot.lonlat(),
        source_key=key_of(plate),
    )


def _storefront(shop: Storefront, codes: dict[Square, str]) -> NewPlace:
    return NewPlace(
        kind=PlaceKind.STOREFRONT,
        name=shop.name,
        address=shop.door.address,
        road_name=shop.door.road.name,
        house_number=str(shop.door.number),
        grid_code=codes[square_at(shop.spot)],
        loc=shop.spot.lonlat(),
        source_key=key_of(shop),
    )


def _apart_m(here: DemoSite, there: DemoSite) -> float:
    return hypot((here.east - there.east) / METRE_EAST, (here.north - there.north) / METRE_NORTH)
