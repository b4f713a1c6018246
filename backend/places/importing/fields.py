"""One row's values under our names: which of their columns is meant, and text made clean."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from backend.errors import Listing
from backend.places.importing.headers import heading
from backend.places.importing.reasons import FileRefused, RowReason, RowRefused
from backend.places.importing.source import ImportSource, Raw

Names = Mapping[str, Sequence[str]]
"""Our columns, each with the headings under which files have it."""
# The first name that a file has is taken; --columns overrules.
_USUAL_NAMES: Names = {
    "lng": ("lng", "lon", "longitude", "经度", "x"),
    "lat": ("lat", "latitude", "纬度", "y"),
    "datum": ("datum", "坐标系"),
    "key": ("key", "source_key", "@id", "id", "编号"),
    "kind": ("kind", "类型"),
    "name": ("name", "名称", "name:zh"),
    "address": ("address", "addr:full", "地址"),
    "road": ("road", "addr:street", "street", "路名", "道路"),
    "house_number": ("house_number", "addr:housenumber", "门牌号", "门牌"),
    "code": ("code", "adcode", "编码", "代码"),
    "district": ("district", "name_XIAN", "区县", "区"),
    "area_code": ("area_code", "区域编码"),
}
# Control characters, joiners, byte order marks and half characters that sheets and web pages leave behind; PostgreSQL
# takes neither NUL nor halves.
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u2060\ufeff\ud800-\udfff]")
_BLANKS = re.compile(r"\s+")


def headings_of(usual: Names) -> frozenset[str]:
    """Every heading that means something without being told."""
    return frozenset(heading(name) for names in (*usual.values(), ("feature",)) for name in names)


USUAL_HEADINGS = headings_of(_USUAL_NAMES)


class Columns:
    """Our names for their columns, checked against the file before the first row."""

    def __init__(self, source: ImportSource, given: dict[str, str], usual: Names = _USUAL_NAMES) -> None:
        self._usual = usual
        names = {ours: (given[ours],) if ours in given else theirs for ours, theirs in usual.items()}
        self._theirs = {ours: tuple(map(heading, theirs)) for ours, theirs in names.items()}
        self._known = source.columns
        unknown = sorted(set(given) - set(usual))
        if unknown:
            raise FileRefused("columns-unknown", unknown=Listing(unknown), known=Listing(list(usual), "list.comma"))
        self.need(*given)

    def need(self, *ours: str) -> None:
        """Insist on columns where the file has fixed ones. Raises FileRefused with what there is."""
        there = set(map(heading, self._known))
        missing = [name for name in ours if there and not set(self._theirs[name]) & there]
        if missing:
            raise FileRefused(
                "columns-missing", missing=Listing(missing), there=Listing(list(self._known)), first=missing[0]
            )

    def unused(self) -> list[str]:
        """The file's columns that nothing is read from, each with our column that it may have meant: addr → address."""
        read = {theirs for names in self._theirs.values() for theirs in names}
        left = [name for name in self._known if name.strip() and heading(name) not in read]
        return [f"{name} ({' '.join(close)}={name}?)" if (close := self._meant(name)) else name for name in left]

    def text(self, raw: Raw, ours: str, limit: int = 200) -> str:
        """A clean value, empty when absent. Raises RowRefused when it is too long to be meant."""
        for theirs in self._theirs[ours]:
            if theirs in raw.fields:
                value = clean(raw.fields[theirs])
                if len(value) > limit:
                    raise RowRefused(RowReason.TOO_LONG, f"{theirs}: {len(value)} > {limit}")
                return value
        return ""

    def needed(self, raw: Raw, ours: str, limit: int = 200) -> str:
        value = self.text(raw, ours, limit)
        if not value:
            raise RowRefused(RowReason.MISSING_VALUE, ours)
        return value

    def _meant(self, name: str) -> list[str]:
        ours_by_heading = {heading(theirs): ours for ours, names in self._usual.items() for theirs in (*names, ours)}
        close = get_close_matches(heading(name), ours_by_heading, n=1, cutoff=0.7)
        begun = [known for known in ours_by_heading if len(heading(name)) > 2 and known.startswith(heading(name))]
        return [ours_by_heading[known] for known in (close or begun)[:1]]


def clean(value: Any) -> str:
    """Text on one line without leading, trailing, doubled or invisible characters."""
    if value is None or isinstance(value, dict | list):
        return ""
    return _BLANKS.sub(" ", _INVISIBLE.sub("", str(value))).strip()
