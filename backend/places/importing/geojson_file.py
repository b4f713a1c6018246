"""A GeoJSON FeatureCollection, read feature by feature: a file of gigabytes needs no more memory than one feature."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import ijson

from backend.geo.datum import Datum
from backend.places.importing import crs, features
from backend.places.importing.reasons import FileRefused
from backend.places.importing.source import Raw


class GeoJsonFile:
    def __init__(self, path: Path, encoding: str, datum: Datum | None = None) -> None:
        """`datum` is what the importer says; it answers where the file itself leaves open what its degrees are."""
        self._path = path
        self._encoding = encoding
        self.columns: list[str] = []
        self.headings = [features.COLUMN]
        self.datum: Datum | None = self._declared(datum)
        self._written_in = datum or self.datum or Datum.WGS84

    def _declared(self, datum: Datum | None) -> Datum:
        """The datum of the file's crs member. Raises FileRefused for what is not degrees that we know."""
        declared = next(self._items("crs"), None)
        if declared is None:
            return Datum.WGS84
        name = crs.name_of(declared)
        kind = crs.read(name)
        if kind is crs.CrsKind.DEGREES:
            return Datum.WGS84
        if kind in crs.DATUM_OF:
            return self._shifted(name, crs.DATUM_OF[kind], datum)
        if kind is crs.CrsKind.UNKNOWN and datum is not None:
            return datum
        raise FileRefused("geojson-projected", path=self._path, crs=name or declared)

    def _shifted(self, name: str, meant: Datum, datum: Datum | None) -> Datum:
        if datum is meant:
            return meant
        raise FileRefused("geojson-shifted", path=self._path, crs=name, datum=meant)

    def rows(self) -> Iterator[Raw]:
        number = 0
        try:
            for number, feature in enumerate(self._items("features.item", ignore_errors=False), 1):
                yield features.raw_of(number, feature)
        except (ijson.JSONError, UnicodeDecodeError) as error:
            raise FileRefused("geojson-broken", path=self._path, number=number, why=error) from error
        if number == 0:
            raise FileRefused("geojson-empty", path=self._path)

    def _items(self, prefix: str, *, ignore_errors: bool = True) -> Iterator[Any]:
        """What stands at a path. A crs may stand behind all features: the file is read once for it alone."""
        with self._path.open(encoding=self._encoding) as file:
            try:
                yield from ijson.items(_Utf8(file), prefix, use_float=True)
            except (ijson.JSONError, UnicodeDecodeError):
                if not ignore_errors:
                    raise

    def cells_of(self, raw: Raw) -> list[str]:
        return [features.cell_of(raw, self._written_in)]


class _Utf8:
    """A text file that reads as UTF-8 bytes, whatever it is written in: all that the JSON reader asks for."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        return self._file.read(size).encode()
