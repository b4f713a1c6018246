"""From a row to an area or a grid cell: code, name, outline."""

import unicodedata

import msgspec
import shapely

from backend.geo.area_codes import CELL_CHARS, is_mapped
from backend.geo.datum import Datum
from backend.places.importing import positions
from backend.places.importing.codes import CodeBook
from backend.places.importing.fields import Columns
from backend.places.importing.options import ImportOptions
from backend.places.importing.reasons import RowNote, RowReason, RowRefused
from backend.places.importing.source import ImportSource, Raw


class AreaRow(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    name: str
    outline: shapely.MultiPolygon | None
    notes: tuple[RowNote, ...]

    @property
    def key(self) -> str:
        return self.code


class AreaReader:
    """Reads rows of one file; with a code book, rows without a code get theirs by name."""

    def __init__(self, source: ImportSource, options: ImportOptions) -> None:
        self._columns = Columns(source, options.columns)
        self._columns.need("name") if options.codes_path else self._columns.need("code")
        self._datum = options.datum or source.datum or Datum.WGS84
        self._within = options.within
        self._book = None
        if options.codes_path:
            self._book = CodeBook(options.codes_path, options.within)
            self._book.learn_districts(source.rows(), self._columns)

    def unused(self) -> list[str]:
        """The file's columns that nothing is read from."""
        return self._columns.unused()

    def read(self, raw: Raw) -> AreaRow:
        """Raises RowRefused."""
        if raw.refused:
            raise RowRefused(raw.refused, raw.detail)
        code = self._code_of(raw)
        outline, notes = (None, ()) if raw.geometry is None else self._outline(raw.geometry)
        is_cell = len(code) == CELL_CHARS
        if is_cell and outline is None:
            raise RowRefused(RowReason.MISSING_VALUE, "geometry")
        name = "" if is_cell else self._columns.needed(raw, "name", 100)
        return AreaRow(code=code, name=name, outline=outline, notes=notes)

    def _code_of(self, raw: Raw) -> str:
        code = unicodedata.normalize("NFKC", self._columns.text(raw, "code"))
        if not code and self._book:
            code = self._book.find(self._columns.needed(raw, "name", 100), self._columns.text(raw, "district"))
        if not code:
            raise RowRefused(RowReason.MISSING_VALUE, "code")
        if not is_mapped(code):
            raise RowRefused(RowReason.BAD_CODE, code)
        if not code.startswith(self._within):
            raise RowRefused(RowReason.OUTSIDE_WITHIN, code)
        return code

    def _outline(self, geometry: object) -> tuple[shapely.MultiPolygon, tuple[RowNote, ...]]:
        found, notes = positions.read_geometry(geometry)
        outline = positions.faces_of(found, self._datum)
        if outline is None:
            raise RowRefused(RowReason.BAD_GEOMETRY, "no polygon / 无面状图形")
        return outline, notes
