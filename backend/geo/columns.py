"""PostGIS columns for Piccolo, whose values are GeoAlchemy2 elements, and the asyncpg codec that carries them.

GeoAlchemy2 brings SQLAlchemy, and shapely numpy, 30 MB together: both are loaded with the first shape that a process
reads or writes, since most of them never do.

Migrations import these classes by this path, so the path stays for ever. Changing a column's parameters makes Piccolo
write an alter that changes nothing in the database: do it with a raw migration instead.
"""

from typing import TYPE_CHECKING, Any, cast

import asyncpg
from piccolo.columns.base import Column
from piccolo.columns.indexes import IndexMethod

if TYPE_CHECKING:
    import shapely
    from geoalchemy2.elements import WKBElement, WKTElement

SRID = 4326


class _Geo(Column):
    value_type = object
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
        if _is_shape(value):
            return f"{delimiter}{encode(value).hex()}{delimiter}"
        return super().get_sql_value(value, delimiter)


class Geometry(_Geo):
    kind = "geometry"


class Geography(_Geo):
    kind = "geography"


def encode(value: "WKBElement | WKTElement | shapely.Geometry | bytes") -> bytes:
    """EWKB bytes with an SRID, for PostGIS' binary input."""
    if isinstance(value, bytes):
        return value
    import shapely

    geometry = _to_geometry(value)
    if not shapely.get_srid(geometry):
        geometry = shapely.set_srid(geometry, SRID)
    return shapely.to_wkb(geometry, include_srid=True)


def decode(raw: bytes) -> "WKBElement":
    """A shape as PostGIS' binary output gives it."""
    from geoalchemy2.elements import WKBElement

    return WKBElement(bytes(raw), extended=True)


def _is_shape(value: Any) -> bool:
    return isinstance(value, bytes) or type(value).__module__ == "geoalchemy2.elements"


def _to_geometry(value: "WKBElement | WKTElement | shapely.Geometry") -> "shapely.Geometry":
    import shapely
    from geoalchemy2.elements import WKBElement, WKTElement

    if isinstance(value, WKTElement):
        return shapely.from_wkt(cast(str, value.data).split(";")[-1])
    if isinstance(value, WKBElement):
        data = value.data
        return shapely.from_wkb(data if isinstance(data, str) else bytes(data))
    return value


async def register_codec(connection: asyncpg.Connection) -> None:
    """Teach one connection the PostGIS types; a database without the extension yet is left alone."""
    schema = await connection.fetchval(
        "SELECT n.nspname FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typname = 'geography'"
    )
    if schema is None:
        return
    for name in ("geometry", "geography"):
        await connection.set_type_codec(name, schema=schema, encoder=encode, decoder=decode, format="binary")
