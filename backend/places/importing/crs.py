"""What a GeoJSON's `crs` member says of its numbers, in all the spellings that programs write.

Only degrees of WGS-84 and of CGCS2000, which differs from it by centimetres, are taken as they are. A shifted Chinese
datum is named, so that whoever imports can say it; anything else, above all projected metres, has to be converted.
"""

import re
import unicodedata
from enum import StrEnum
from typing import Any

from backend.geo.datum import Datum


class CrsKind(StrEnum):
    """What a crs turns out to be."""

    DEGREES = "degrees"
    GCJ02 = "gcj02"
    BD09 = "bd09"
    OTHER = "other"
    """A known reference system whose numbers are not what we store: projected, or another ellipsoid."""
    UNKNOWN = "unknown"


_EPSG = re.compile(r"EPSG(?:\.XML#|[:/\s]+(?:[0-9.]+[:/]+)?)([0-9]{4,6})(?![0-9])")
_CRS84 = re.compile(r"(?:^|[:/])CRS84H?$")
_WGS84_AND_CGCS2000 = {"4326", "4979", "4490", "4480"}
_NAMES = {
    *("WGS84", "WGS1984", "GCSWGS1984", "WORLDGEODETICSYSTEM1984", "CRS84", "4326", "4490"),
    *("CGCS2000", "GCSCGCS2000", "CHINAGEODETICCOORDINATESYSTEM2000", "GCSCHINAGEODETICCOORDINATESYSTEM2000"),
    *("2000国家大地坐标系", "国家大地坐标系2000", "国家2000", "大地2000"),
}
_SHIFTED = {
    CrsKind.GCJ02: ("GCJ02", "GCJ2", "火星", "国测局", "高德", "AMAP"),
    CrsKind.BD09: ("BD09", "百度", "BAIDU"),
}
DATUM_OF = {CrsKind.DEGREES: Datum.WGS84, CrsKind.GCJ02: Datum.GCJ02, CrsKind.BD09: Datum.BD09}


def name_of(crs: Any) -> str:
    """The name in a crs member: a named one, a link, the old EPSG form, or a bare text. Empty where there is none."""
    if isinstance(crs, str | int):
        return str(crs)
    if not isinstance(crs, dict):
        return ""
    given = crs.get("properties")
    said = given if isinstance(given, dict) else crs
    if str(crs.get("type", "")).upper() == "EPSG" and said.get("code"):
        return f"EPSG:{said['code']}"
    found = said.get("name") or said.get("href") or said.get("code") or ""
    return str(found) if isinstance(found, str | int) else ""


def read(name: str) -> CrsKind:
    """Tell what a name means."""
    said = unicodedata.normalize("NFKC", name).strip().upper().rstrip("/")
    epsg = _EPSG.search(said)
    if epsg:
        return CrsKind.DEGREES if epsg[1] in _WGS84_AND_CGCS2000 else CrsKind.OTHER
    if _CRS84.search(said):
        return CrsKind.DEGREES
    bare = re.sub(r"[\W_]+", "", said.removeprefix("EPSG"))
    if bare in _NAMES:
        return CrsKind.DEGREES
    for kind, words in _SHIFTED.items():
        if any(word in bare for word in words):
            return kind
    is_known = any(word in bare for word in ("UTM", "GAUSS", "MERCATOR", "KRUGER", "BEIJING", "XIAN", "PROJ", "WGS84"))
    return CrsKind.OTHER if is_known else CrsKind.UNKNOWN
