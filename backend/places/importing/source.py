"""A file of rows, whatever its format: which columns it has, and its rows one after the other."""

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import msgspec

from backend.geo.datum import Datum
from backend.places.importing.reasons import FileRefused, RowReason

_CHUNK = 1 << 20
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"
"""How a workbook of the old Excel begins."""
_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# So many good characters outside ASCII before the first bad byte: a damaged UTF-8 file, not a GB18030 one.
_SURELY_UTF8 = 12


class Raw(msgspec.Struct, frozen=True):
    """A row as it stands: a line of a table (numbered as the file is) or a feature (numbered from 1).

    `fields` go by their headings as `headers.heading` writes them.
    """

    line: int
    fields: dict[str, Any]
    content: Any
    geometry: Any = None
    refused: RowReason | None = None
    detail: str = ""


class ImportSource(Protocol):
    columns: list[str]
    """Names that a mapping may use; empty when each row has its own."""
    headings: list[str]
    """What stands over the cells of a row in the errors file."""
    datum: Datum | None
    """The datum that the file itself declares."""

    def rows(self) -> Iterator[Raw]: ...

    def cells_of(self, raw: Raw) -> list[str]:
        """The row as it stood, for the errors file."""
        ...


def start_of(path: Path) -> bytes:
    """The first bytes, which tell the kind of file. Raises FileRefused when it cannot be opened."""
    try:
        with path.open("rb") as file:
            return file.read(4)
    except OSError as error:
        raise FileRefused("file-unopenable", path=path, why=error.strerror) from error


def encoding_of(path: Path) -> str:
    """Tell the encoding by the bytes. Raises FileRefused when the file is no text that we know."""
    start = start_of(path)
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if start.startswith(mark):
            return _checked(path, encoding)
    well, bad_at = _decode(path, "utf-8")
    if bad_at is None:
        return "utf-8"
    if well >= _SURELY_UTF8:
        raise FileRefused("file-damaged-utf8", path=path, at=bad_at)
    return _checked(path, "gb18030")


def _checked(path: Path, encoding: str) -> str:
    _, bad_at = _decode(path, encoding)
    if bad_at is not None:
        raise FileRefused("file-encoding-unknown", path=path)
    return encoding


def _decode(path: Path, encoding: str) -> tuple[int, int | None]:
    """Decode all of it: how many characters outside ASCII were fine, and about where the first bad byte is."""
    decoder = codecs.getincrementaldecoder(encoding)()
    well = done = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            try:
                text = decoder.decode(chunk)
            except UnicodeDecodeError as error:
                good = error.object[: error.start].decode(encoding, "ignore")
                return well + _beyond_ascii(good), done + error.start
            if "\0" in text:
                return well, done
            well += _beyond_ascii(text)
            done += len(chunk)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return well, done
    return well, None


def _beyond_ascii(text: str) -> int:
    return 0 if text.isascii() else sum(character > "\x7f" for character in text)
