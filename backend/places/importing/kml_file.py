"""KML, and the KMZ that Google Earth and its like zip it into: each Placemark becomes a feature.

Its name, its extended data and its points, lines and polygons are taken; styles, folders and overlays are not.
"""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from backend.geo.datum import Datum
from backend.places.importing import features
from backend.places.importing.reasons import FileRefused
from backend.places.importing.source import Raw

_UNPACKED_MOST = 1 << 30
_SHAPES = ("Point", "LineString", "Polygon", "MultiGeometry")


class KmlFile:
    datum: Datum | None = Datum.WGS84
    """What KML means by definition; maps made in China need not keep to it, hence --datum."""

    def __init__(self, path: Path, datum: Datum | None = None) -> None:
        self._path = path
        self.columns: list[str] = []
        self.headings = [features.COLUMN]
        self._written_in = datum or Datum.WGS84

    def rows(self) -> Iterator[Raw]:
        number = 0
        try:
            with _opened(self._path) as file:
                for _, element in iterparse(file, forbid_dtd=True):
                    if _tag(element) == "Placemark":
                        number += 1
                        yield features.raw_of(number, _feature(element))
                        element.clear()
        except (ParseError, DefusedXmlException, zipfile.BadZipFile, EOFError) as error:
            raise FileRefused("kml-broken", path=self._path, number=number, why=error) from error
        if number == 0:
            raise FileRefused("kml-empty", path=self._path)

    def cells_of(self, raw: Raw) -> list[str]:
        return [features.cell_of(raw, self._written_in)]


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    if not zipfile.is_zipfile(path):
        with path.open("rb") as file:
            yield file
        return
    with zipfile.ZipFile(path) as packed:
        names = [each for each in packed.infolist() if each.filename.lower().endswith(".kml")]
        if not names or names[0].file_size > _UNPACKED_MOST:
            raise FileRefused("kml-unreadable", path=path)
        with packed.open(names[0]) as file:
            yield file


def _feature(placemark: Element) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    for element in placemark.iter():
        if _tag(element) == "SimpleData":
            properties.setdefault(element.get("name", ""), element.text or "")
        elif _tag(element) == "Data":
            value = next((each.text for each in element if _tag(each) == "value"), "")
            properties.setdefault(element.get("name", ""), value or "")
    for element in placemark:
        if _tag(element) in ("name", "address"):
            properties.setdefault(_tag(element), element.text or "")
    shapes = [each for each in placemark if _tag(each) in _SHAPES]
    identity = {"id": placemark.get("id")} if placemark.get("id") else {}
    geometry = _geometry(shapes[0]) if shapes else None
    return {"type": "Feature", **identity, "properties": properties, "geometry": geometry}


def _geometry(shape: Element) -> dict[str, Any]:
    kind = _tag(shape)
    if kind == "MultiGeometry":
        parts = [_geometry(each) for each in shape if _tag(each) in _SHAPES]
        return {"type": "GeometryCollection", "geometries": parts}
    if kind == "Polygon":
        edges = [each for each in shape.iter() if _tag(each) in ("outerBoundaryIs", "innerBoundaryIs")]
        edges.sort(key=lambda edge: _tag(edge) == "innerBoundaryIs")
        return {"type": "Polygon", "coordinates": [_pairs(edge) for edge in edges]}
    pairs = _pairs(shape)
    return {"type": kind, "coordinates": (pairs[0] if pairs else []) if kind == "Point" else pairs}


def _pairs(shape: Element) -> list[Any]:
    """The pairs of a `coordinates` element; what is no number is left for the reader of geometries to refuse."""
    text = next((each.text or "" for each in shape.iter() if _tag(each) == "coordinates"), "")
    return [[_number(part) for part in triple.split(",")[:2]] for triple in text.split()]


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
