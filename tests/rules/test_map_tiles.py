"""Tiles by their addresses, the bounded number of them in memory, and which tile services of others are taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.geo.distance import metres_between
from backend.geo.lonlat import LonLat
from backend.maps.tile_cache import TileCache
from backend.maps.tile_matrix import LEVEL_MOST, Bounds, MapTile, read_tile
from backend.maps.tile_service import settings
from tests.makers.tiles import lonlat_of, tile_at

TIANDITU = (
    "https://t0.tianditu.gov.cn/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={layer}&STYLE=default"
    "&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk={{key}}"
)
VEC, CVA = TIANDITU.format(layer="vec"), TIANDITU.format(layer="cva")
NAMED = {
    "YIMA_MAP_TILES_URL": f"{VEC} {CVA}",
    "YIMA_MAP_TILES_KEY": "k" * 32,
    "YIMA_MAP_TILES_DATUM": "CGCS2000",
    "YIMA_MAP_TILES_CREDIT": "天地图 GS(2024)0650号",
}


@pytest.mark.parametrize(
    "address",
    [
        *[("0", "0", "1"), ("0", "1", "0"), ("1", "2", "0"), ("16", "65536", "0"), ("21", "0", "0")],
        *[("-1", "0", "0"), ("", "0", "0"), ("1", "0", ""), ("1.0", "0", "0"), ("1", "٣", "0"), ("9" * 400, "0", "0")],
        *[("1", "9" * 400, "0"), ("1", "0\x00", "0"), ("x", "y", "z")],
    ],
)
def test_an_address_beyond_the_map_names_no_tile(address: tuple[str, str, str]) -> None:
    assert read_tile(*address) is None


@given(st.integers(0, LEVEL_MOST), st.data())
def test_every_other_address_names_one_whose_middle_lies_in_it(level: int, data: st.DataObject) -> None:
    column, row = (data.draw(st.integers(0, 2**level - 1)) for _ in range(2))

    tile = read_tile(str(level), str(column), str(row))

    assert tile == MapTile(level, column, row)
    west, south, east, north = tile.bounds
    assert west < east and south < north
    assert tile_at(LonLat((west + east) / 2, (south + north) / 2), level) == tile


@given(st.floats(-179, 179), st.floats(-80, 80), st.integers(10, LEVEL_MOST))
def test_bounds_are_degrees_of_wgs_84_longitude_first(lng: float, lat: float, level: int) -> None:
    tile = tile_at(LonLat(lng, lat), level)

    corner = lonlat_of(tile, (0, 0))

    assert metres_between(corner, LonLat(tile.bounds.west, tile.bounds.north)) < 0.01
    assert tile.bounds.west <= lng + 1e-9 and lat <= tile.bounds.north + 1e-9


def test_neighbours_share_an_edge_and_widened_bounds_stay_on_the_globe() -> None:
    one, other = MapTile(12, 3431, 1673), MapTile(12, 3432, 1673)

    assert one.bounds.east == other.bounds.west
    assert not one.bounds.meets(other.bounds)
    assert one.bounds.widened(0.1).meets(other.bounds)
    assert MapTile(0, 0, 0).bounds.widened(1) == Bounds(-180, -90, 180, 90)


def test_the_tiles_at_hand_are_bounded_and_the_longest_unused_goes_first() -> None:
    cache = TileCache(bytes_most=1000)
    for name in ("one", "two", "three"):
        cache.put(name, b"x" * 100)
    cache.get("one")

    cache.put("four", b"x" * 100)
    cache.put("five", b"x" * 5000)

    assert [name for name in ("one", "two", "three", "four", "five") if cache.get(name)] == ["one", "three", "four"]
    assert cache.bytes <= 1000


def test_a_tile_that_is_put_again_is_counted_once() -> None:
    cache = TileCache(bytes_most=1000)

    for _ in range(20):
        cache.put("one", b"x" * 100)

    assert cache.bytes < 400


def test_no_service_is_named_by_default() -> None:
    assert settings.read({}) is None


def test_an_address_of_tianditu_is_what_its_documents_say() -> None:
    service = settings.read(NAMED)

    assert service is not None
    assert "k" * 32 not in "".join(service.templates)
    assert service.address(1, 12, 3431, 1673).endswith(
        f"LAYER=cva&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX=12&TILEROW=1673&TILECOL=3431&tk={'k' * 32}"
    )


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"DATUM": "gcj02"}, "DATUM is cgcs2000 or wgs84"),
        ({"DATUM": ""}, "DATUM is cgcs2000 or wgs84"),
        ({"CREDIT": " "}, "审图号"),
        ({"KEY": ""}, "where YIMA_MAP_TILES_KEY is set"),
        ({"URL": VEC.replace("https", "http")}, "https alone"),
        ({"URL": "https://webrd01.is.autonavi.com/t?x={x}&y={y}&z={z}&k={key}"}, "shifted datum"),
        ({"URL": "https://rt0.map.gtimg.com/{z}/{x}/{y}.png?{key}"}, "shifted datum"),
        ({"URL": "https://{x}.example.gov.cn/{z}/{y}?{key}"}, "no host"),
        ({"URL": "https://a@example.gov.cn/{z}/{x}/{y}?{key}"}, "no host"),
        ({"URL": "/tiles/{z}/{x}/{y}?{key}"}, "no host"),
        ({"URL": "https://example.gov.cn/{z}/{x}?{key}"}, "{z}, {x} and {y}"),
        ({"URL": "https://example.gov.cn/{z}/{x}/{y}/{y.__class__}?{key}"}, "{z}, {x} and {y}"),
        ({"URL": VEC.replace("TILEMATRIXSET=w", "TILEMATRIXSET=c")}, "Web Mercator"),
        ({"URL": VEC.replace("vec_w", "vec_c")}, "Web Mercator"),
        ({"URL": " ".join([VEC] * 5)}, "at most"),
        ({"URL": "https://example.gov.cn/{z}/{x}/{y"}, ""),
    ],
)
def test_a_service_that_does_not_lie_on_our_data_is_refused_with_the_reason(change: dict[str, str], why: str) -> None:
    env = NAMED | {f"YIMA_MAP_TILES_{name}": value for name, value in change.items()}

    with pytest.raises(ValueError) as refused:
        settings.read(env)

    assert why in str(refused.value)
    assert "k" * 32 not in str(refused.value)
