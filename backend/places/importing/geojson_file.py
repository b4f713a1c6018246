"""A GeoJSON FeatureCollection, read feature by feature: a file of gigabytes needs no more memory than one feature."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import ijson

from backend.geo.datum import Datum
from backend.places.importing.reasons import FileRefused, Reason
from backend.places.importing.source import Raw

_HEAD = 1 << 16
_CRS = re.compile(r'"crs"\s*:\s*(null|\{[^{}]*(?:\{[^{}]*\}[^{}]*)?\})')
# CGCS2000 (4490) differs from WGS-84 by centimetres.
_DEGREES = re.compile(r"CRS84|EPSG:{1,2}(4326|4490)\b")
_ERROR_CELL_LIMIT = 4_000


class GeoJsonFile:
    def __init__(self, path: Path, encoding: str) -> None:
        self._path = path
        self._encoding = encoding
        self.columns: list[str] = []
        self.headings = ["feature"]
        self.datum: Datum | None = Datum.WGS84
        self._check_crs()

    def _check_crs(self) -> None:
        with self._path.open(encoding=self._encoding) as file:
            head = file.read(_HEAD).partition('"features"')[0]
        found = _CRS.search(head)
        if found and found[1] != "null" and not _DEGREES.search(found[1]):
            raise FileRefused(
                f"{self._path} 声明了不支持的坐标参考系 {found[1]},请转换为 EPSG:4326",
                f"{self._path} declares {found[1]}: convert it to EPSG:4326 first",
            )

    def rows(self) -> Iterator[Raw]:
        number = 0
        with self._path.open(encoding=self._encoding) as file:
            try:
                for number, feature in enumerate(ijson.items(_Utf8(file), "features.item", use_float=True), 1):
                    yield _raw(number, feature)
            except (ijson.JSONError, UnicodeDecodeError) as error:
                raise FileRefused(
                    f"{self._path} 在第 {number} 个要素之后不是有效的 JSON,此前的要素已处理,修正后可重复导入",
                    f"{self._path} is no JSON after feature {number}; those before are done, "
                    f"and the import can be repeated: {error}",
                ) from error
        if number == 0:
            raise FileRefused(
                f"{self._path} 不含要素,需要 FeatureCollection",
                f"{self._path} has no features: a FeatureCollection is needed",
            )

    def cells_of(self, raw: Raw) -> list[str]:
        feature = raw.content
        if isinstance(feature, dict):  # what names it goes first, where a long outline would push it out of sight
            feature = {name: feature[name] for name in sorted(feature, key="geometry".__eq__)}
        return [json.dumps(feature, ensure_ascii=False)[:_ERROR_CELL_LIMIT]]


class _Utf8:
    """A text file that reads as UTF-8 bytes, whatever it is written in: all that the JSON reader asks for."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        return self._file.read(size).encode()


def _raw(number: int, feature: Any) -> Raw:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        return Raw(number, {}, feature, refused=Reason.NOT_A_FEATURE)
    properties = feature.get("properties")
    fields = dict(properties) if isinstance(properties, dict) else {}
    if feature.get("id") is not None:
        fields.setdefault("id", feature["id"])
    return Raw(number, fields, feature, feature.get("geometry"))
