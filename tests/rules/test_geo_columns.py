"""Shapes travel between PostGIS and us as GeoAlchemy2 elements, with their reference system."""

from typing import Any

import pytest
import shapely
from geoalchemy2.elements import WKBElement, WKTElement

from backend.geo import columns

POINT = "0101000020e61000000000000000405e400000000000003f40"


@pytest.mark.parametrize(
    "shape",
    [
        WKTElement("SRID=4326;POINT(121 31)", extended=True),
        WKTElement("POINT(121 31)", srid=4326),
        WKBElement(bytes.fromhex(POINT), extended=True),
        shapely.Point(121, 31),
        bytes.fromhex(POINT),
    ],
)
def test_a_shape_of_any_kind_is_written_with_its_reference_system(shape: Any) -> None:
    assert columns.encode(shape).hex() == POINT


def test_a_shape_that_was_read_is_written_as_it_was() -> None:
    read = columns.decode(bytes.fromhex(POINT))

    assert columns.encode(read).hex() == POINT
    assert columns.Geography().get_sql_value(read) == f"'{POINT}'"
