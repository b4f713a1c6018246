"""Which reader a file needs, told by its first bytes, never by its name."""

import zipfile
from pathlib import Path

from backend.geo.datum import Datum
from backend.places.importing.csv_file import CsvFile
from backend.places.importing.features_csv import FeaturesCsv
from backend.places.importing.fields import USUAL_HEADINGS
from backend.places.importing.geojson_file import GeoJsonFile
from backend.places.importing.kml_file import KmlFile
from backend.places.importing.reasons import FileRefused
from backend.places.importing.source import OLE, ZIP, ImportSource, encoding_of, start_of
from backend.places.importing.workbook import Workbook

_HEAD_CHARS = 4_000


def open_file(path: Path, datum: Datum | None = None, known: frozenset[str] = USUAL_HEADINGS) -> ImportSource:
    """A source of rows. `datum` is what the importer was told; `known` headings tell a header from a title above it.

    Raises FileRefused.
    """
    start = start_of(path)
    if start.startswith(OLE):
        return Workbook(path, known)
    if start.startswith(ZIP):
        return _packed(path, datum, known)
    encoding = encoding_of(path)
    with path.open(encoding=encoding) as file:
        head = file.read(_HEAD_CHARS).lstrip()
    if head.startswith(("{", "[")):
        return GeoJsonFile(path, encoding, datum)
    if head.startswith("<"):
        return _marked_up(path, head, datum)
    table = CsvFile(path, encoding, known)
    return FeaturesCsv(table, datum) if FeaturesCsv.holds(table) else table


def _packed(path: Path, datum: Datum | None, known: frozenset[str]) -> ImportSource:
    try:
        with zipfile.ZipFile(path) as packed:
            names = [name.lower() for name in packed.namelist()]
    except (zipfile.BadZipFile, OSError):
        names = []
    if any(name.startswith("xl/") for name in names):
        return Workbook(path, known)
    if any(name.endswith(".kml") for name in names):
        return KmlFile(path, datum)
    raise FileRefused("file-is-zip", path=path)


def _marked_up(path: Path, head: str, datum: Datum | None) -> ImportSource:
    if "<kml" in head.lower():
        return KmlFile(path, datum)
    raise FileRefused("file-is-markup", path=path)
