"""PostGIS columns for Piccolo, whose values are GeoAlchemy2 elements, and the asyncpg codec that carries them.

Migrations import these classes by this path, so the path stays for ever. Changing a column's parameters makes Piccolo
write an alter that changes nothing in the database: do it with a raw migration instead.
"""

from typing import Any, cast

import asyncpg
import shapely
from geoalchemy2.elements import WKBElement, WKTElement
from piccolo.columns.base import Column
from piccolo.columns.indexes import IndexMethod

SRID = 4326
GeoValue = WKBElement | WKTElement | shapely.Geometry | bytes


class _Geo(Column):
    value_type = WKBElement
    kind = ""

    def __init__(self, geometry_type: str = "POINT", srid: int = SRID, default: Any = None, **kwargs: Any) -> None:
        self.geometry_type, self.srid, self.default = geometry_type, srid, default
        kwargs.setdefault("index_method", IndexMethod.gist)
        kwargs.update(geometry_type=geometry_type, srid=srid, default=default)
        super().__init__(**kwargs)

    @property
    def column_type(self) -> str:
        return f"{self.kind}({self.geometry_type},{self.srid})"

    def get_sql_value(self, value: Any, delimiter: str = "'") -> Any:
        if isinstance(value, WKBElement | WKTElement):
            return f"{delimiter}{encode(value).hex()}{delimiter}"
        return super().get_sql_value(value, delimiter)


class Geometry(_Geo):
    kind = "geometry"


class Geography(_Geo):
    kind = "geography"


def encode(value: GeoValue) -> bytes:
    """EWKB bytes with an SRID, for PostGIS' binary input."""
    if isinstance(value, bytes):
        return value
    if isinstance(value, WKBElement | WKTElement):
        value = _to_shape(value)
    if not shapely.get_srid(value):
        value = shapely.set_srid(value, SRID)
    return shapely.to_wkb(value, include_srid=True)


def decode(raw: bytes) -> WKBElement:
    return WKBElement(bytes(raw), extended=True)


def _to_shape(element: WKBElement | WKTElement) -> shapely.Geometry:
    if isinstance(element, WKTElement):
        return shapely.from_wkt(cast(str, element.data).split(";")[-1])
    data = element.data
    return shapely.from_wkb(data if isinstance(data, str) else bytes(data))


async def register_codec(connection: asyncpg.Connection) -> None:
    """Teach one connection the PostGIS types; a database without the extension yet is left alone."""
    schema = await connection.fetchval(
        "SELECT n.nspname FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typname = 'geography'"
    )
    if schema is None:
        return
    for name in ("geometry", "geography"):
        await connection.set_type_codec(name, schema=schema, encoder=encode, decoder=decode, format="binary")
