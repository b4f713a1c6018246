"""Real addresses and how people write them: doorplates and buildings that are measured, and what is done to them."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import shapely

from backend.geo.datum import Datum, to_wgs84
from backend.geo.lonlat import LonLat
from bench.parts.outside import DATA

DOORPLATES = DATA / "addresses/osm_doorplates_wgs84.geojson"
BUILDINGS = DATA / "addresses/buildings_gcj02.csv"
_OUTLINES = DATA / "geo"
DISTRICTS = {"浦东新区": "310115", "长宁区": "310105", "普陀区": "310107"}
REST = ("310199", "其他区")
"""Whatever lies in none of the three districts whose outlines there are."""
_SHANGHAI = shapely.box(120.8, 30.6, 122.0, 31.9)
_NUMBER = re.compile(r"[0-9]+")
_FIGURES = "〇一二三四五六七八九"


class Door(NamedTuple):
    """A place of the measured set. `district`: its name."""

    name: str
    address: str
    road: str
    number: str
    point: LonLat
    district: str
    area_code: str


def doors() -> list[Door]:
    """Doorplates with road and number, and buildings whose address has a number; each address of a name once."""
    within = _districts()
    found: dict[tuple[str, str], Door] = {}
    for name, address, road, number, point in (*_doorplates(), *_buildings()):
        if not _NUMBER.search(address) or not _SHANGHAI.contains(shapely.Point(point.lng, point.lat)):
            continue
        district = next(
            (each for each, shape in within.items() if shape.contains(shapely.Point(point.lng, point.lat))), ""
        )
        code = DISTRICTS.get(district, REST[0])
        found.setdefault((name, address), Door(name, address, road, number, point, district, code))
    return list(found.values())


def _doorplates() -> Iterator[tuple[str, str, str, str, LonLat]]:
    for feature in json.loads(DOORPLATES.read_text("utf-8"))["features"]:
        said: dict[str, Any] = feature["properties"]
        road, number = said.get("addr:street", "").strip(), said.get("addr:housenumber", "").strip()
        if road and number:
            middle = shapely.from_geojson(json.dumps(feature["geometry"])).representative_point()
            address = f"{road}{number}{'号' if number[-1].isdigit() else ''}"
            yield said.get("name", ""), address, road, number, LonLat(middle.x, middle.y)


def _buildings() -> Iterator[tuple[str, str, str, str, LonLat]]:
    with BUILDINGS.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            lng, lat = float(row["lng_gcj02_probable"]), float(row["lat_gcj02_probable"])
            yield row["name"].strip(), row["address"].strip(), "", "", to_wgs84(lng, lat, Datum.GCJ02)


def _districts() -> dict[str, Any]:
    found = {}
    for name in DISTRICTS:
        features = json.loads((_OUTLINES / f"{name}.json").read_text("utf-8"))["features"]
        shapes = [shapely.make_valid(shapely.from_geojson(json.dumps(each["geometry"]))) for each in features]
        found[name] = shapely.union_all(shapes)
    return found


def _chinese(address: str) -> str:
    return re.sub("([0-9]+)(?=支?弄|号|室)", lambda digits: figure(int(digits[1])), address)


def figure(number: int) -> str:
    """105 is 一百零五."""
    said, is_gap = "", False
    for unit, value in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, value)
        if digit > 9:
            return str(digit * value + number)
        if digit:
            said += ("零" if is_gap and said else "") + _FIGURES[digit] + unit
        is_gap = not digit
    return said.removeprefix("一") if said.startswith("一十") else said


def _wide(address: str) -> str:
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in address)


def _spaced(address: str) -> str:
    return re.sub("([0-9]+)", r" \1 ", address)


WRITINGS: dict[str, Callable[[Door], str]] = {
    "as it is": lambda door: door.address,
    "上海市 and district before": lambda door: f"上海市{door.district}{door.address}",
    "a district of before (南汇区)": lambda door: (
        f"{'南汇区' if door.district == '浦东新区' else '上海'}{door.address}"
    ),
    "full width": lambda door: _wide(door.address),
    "Chinese figures": lambda door: _chinese(door.address),
    "blanks": lambda door: _spaced(door.address),
    "with a room": lambda door: f"{door.address}1203室",
    "old forms 號, 衖": lambda door: door.address.replace("号", "號").replace("弄", "衖"),
    "# for 号": lambda door: door.address.replace("号", "#"),
    "without 号": lambda door: door.address.removesuffix("号"),
    "中山东1路 for 中山东一路": lambda door: re.sub(
        "[一二三四五六七八九](?=路|村)", lambda digit: str(_FIGURES.index(digit[0])), door.address
    ),
    "what a caller says around": lambda door: f"来电反映：位于{door.district}{door.address}门口有人乱停车",
    "the building's name behind": lambda door: f"{door.address}（{door.name}）" if door.name else door.address,
}
"""What leads to the door, or to nobody's."""
WRONG: dict[str, Callable[[Door], str]] = {
    "another district before": lambda door: f"上海市徐汇区{door.address}",
    "a road nobody knows": lambda door: f"假{door.address}",
    "the first character of the road wrong": lambda door: f"鑫{door.address[1:]}",
    "a number nobody has": lambda door: _NUMBER.sub(
        lambda digits: f"{int(digits[0]) % 7}9{digits[0]}"[:5], door.address
    ),
}
"""What leads to no door: whatever is found exactly is wrong."""
