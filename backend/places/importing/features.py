"""A GeoJSON feature as a row, and as a cell of the errors file from where it can be imported again."""

import json
from typing import Any

from backend.geo.datum import Datum
from backend.places.importing import crs
from backend.places.importing.headers import heading
from backend.places.importing.reasons import RowReason
from backend.places.importing.source import Raw

COLUMN = "feature"
CELL_MOST = 32_000
"""About what a spreadsheet keeps of a cell."""


def raw_of(number: int, feature: Any) -> Raw:
    """The row of a feature; one that declares a reference system of its own must mean degrees of WGS-84 by it."""
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        return Raw(number, {}, feature, refused=RowReason.NOT_A_FEATURE)
    properties = feature.get("properties")
    fields: dict[str, Any] = {}
    for name, value in (properties if isinstance(properties, dict) else {}).items():
        fields.setdefault(heading(str(name)), value)
    if feature.get("id") is not None:
        fields.setdefault("id", feature["id"])
    geometry = feature.get("geometry")
    own = feature.get("crs") or (geometry.get("crs") if isinstance(geometry, dict) else None)
    if own and crs.read(crs.name_of(own)) is not crs.CrsKind.DEGREES:
        return Raw(number, fields, feature, geometry, refused=RowReason.BAD_DATUM, detail=f"crs {crs.name_of(own)}")
    return Raw(number, fields, feature, geometry)


def cell_of(raw: Raw, datum: Datum) -> str:
    """The feature as JSON: what names it first, then its datum where that is a shifted one, the outline last.

    An outline too long for a cell is left out, and says so: such a feature is put right in its own file.
    """
    feature = raw.content
    if not isinstance(feature, dict):
        return json.dumps(feature, ensure_ascii=False)[:CELL_MOST]
    facts = {} if datum is Datum.WGS84 else {"datum": datum.value}
    said = {name: value for name, value in feature.items() if name != "geometry"} | facts
    whole = json.dumps(said | {"geometry": feature.get("geometry")}, ensure_ascii=False)
    if len(whole) <= CELL_MOST:
        return whole
    left_out = (
        f"图形过长未写出,请在原文件第 {raw.line} 个要素处修正 / left out, too long: mend feature {raw.line} there"
    )
    return json.dumps(said | {"geometry": left_out}, ensure_ascii=False)[:CELL_MOST]
