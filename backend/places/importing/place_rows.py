"""From a row to a place: its names, its key, its position. A house-number range such as 10-12 stays one place."""

import re
import unicodedata

import msgspec

from backend.geo.datum import Datum
from backend.places.importing import positions
from backend.places.importing.fields import Columns
from backend.places.importing.options import ImportOptions
from backend.places.importing.positions import Position
from backend.places.importing.reasons import FileRefused, RowNote, RowReason, RowRefused
from backend.places.importing.source import ImportSource, Raw
from backend.places.kinds import PlaceKind

_KIND_WORDS = {"门牌": PlaceKind.DOORPLATE, "商铺": PlaceKind.STOREFRONT, "点位": PlaceKind.POINT}
_ENDS_IN_DIGIT = re.compile(r"\d$")


class PlaceRow(msgspec.Struct, frozen=True, kw_only=True):
    key: str
    """What its source calls it; empty where only its words can say."""
    kind: PlaceKind
    name: str
    address: str
    road_name: str
    house_number: str
    area_code: str
    """What the row itself says, used only where no outline covers the position."""
    position: Position
    notes: tuple[RowNote, ...]


class PlaceReader:
    """Reads rows of one file. Raises FileRefused at once when the file or the options leave something open."""

    def __init__(self, source: ImportSource, options: ImportOptions) -> None:
        self._columns = Columns(source, options.columns)
        self._kind = options.kind
        self._datum = options.datum or source.datum
        self._has_pairs = bool(source.columns)
        if self._has_pairs:
            self._columns.need("lng", "lat")
        if self._datum is None:
            self._need_datum(source)

    def unused(self) -> list[str]:
        """The file's columns that nothing is read from."""
        return self._columns.unused()

    def _need_datum(self, source: ImportSource) -> None:
        try:
            self._columns.need("datum")
        except FileRefused as refused:
            raise FileRefused("file-datum-unknown") from refused

    def read(self, raw: Raw) -> PlaceRow:
        """Raises RowRefused."""
        if raw.refused:
            raise RowRefused(raw.refused, raw.detail)
        text = self._columns.text
        road_name, house_number = text(raw, "road", 100), text(raw, "house_number", 50)
        name = text(raw, "name")
        address = text(raw, "address", 300) or _address(road_name, house_number)
        if not (name or address):
            raise RowRefused(RowReason.MISSING_VALUE, "name, address")
        kind = self._kind_of(raw, house_number)
        position = self._position(raw)
        return PlaceRow(
            key=unicodedata.normalize("NFKC", text(raw, "key")),
            kind=kind,
            name=name,
            address=address,
            road_name=road_name,
            house_number=house_number,
            area_code=text(raw, "area_code", 12),
            position=position,
            notes=(*position.notes, RowNote.NUMBER_AS_NAME) if name.isdigit() else position.notes,
        )

    def _position(self, raw: Raw) -> Position:
        datum = self._datum or self._own_datum(raw)
        if not self._has_pairs:
            return positions.from_geometry(raw.geometry, datum)
        return positions.from_text(self._columns.needed(raw, "lng"), self._columns.needed(raw, "lat"), datum)

    def _own_datum(self, raw: Raw) -> Datum:
        said = self._columns.needed(raw, "datum").lower().replace("-", "")
        try:
            return Datum(said)
        except ValueError as error:
            raise RowRefused(RowReason.BAD_DATUM, said) from error

    def _kind_of(self, raw: Raw, house_number: str) -> PlaceKind:
        said = self._columns.text(raw, "kind")
        if not said:
            return self._kind or (PlaceKind.DOORPLATE if house_number else PlaceKind.POINT)
        try:
            return _KIND_WORDS.get(said) or PlaceKind(said)
        except ValueError as error:
            raise RowRefused(RowReason.BAD_KIND, said) from error


def _address(road_name: str, house_number: str) -> str:
    """莲安东路128号; a number that already ends in 号 or 甲 stays as it is."""
    return f"{road_name}{house_number}{'号' if _ENDS_IN_DIGIT.search(house_number) else ''}"
