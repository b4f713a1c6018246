"""The errors file of a GeoJSON or KML import, put right: a CSV whose one column holds whole features."""

import json
from collections.abc import Iterator
from typing import Any

from backend.geo.datum import Datum
from backend.places.importing import features
from backend.places.importing.csv_file import CsvFile
from backend.places.importing.headers import heading
from backend.places.importing.reasons import RowReason
from backend.places.importing.source import Raw


class FeaturesCsv:
    def __init__(self, table: CsvFile, datum: Datum | None) -> None:
        self._table = table
        self.columns: list[str] = []
        self.headings = [features.COLUMN]
        self.datum: Datum | None = next((said for raw in self.rows() if (said := _datum_of(raw.content))), Datum.WGS84)
        self._written_in = datum or self.datum or Datum.WGS84

    @staticmethod
    def holds(table: CsvFile) -> bool:
        return [heading(name) for name in table.columns] == [features.COLUMN]

    def rows(self) -> Iterator[Raw]:
        for raw in self._table.rows():
            if raw.refused:
                yield raw
                continue
            try:
                feature: Any = json.loads(raw.content[0])
            except ValueError as error:
                yield Raw(raw.line, {}, raw.content[0], refused=RowReason.NOT_A_FEATURE, detail=str(error))
                continue
            yield features.raw_of(raw.line, feature)

    def cells_of(self, raw: Raw) -> list[str]:
        return [features.cell_of(raw, self._written_in)]


def _datum_of(feature: Any) -> Datum | None:
    said = feature.get("datum") if isinstance(feature, dict) else None
    return Datum(said) if said in set(Datum) else None
