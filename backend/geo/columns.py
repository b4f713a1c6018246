"""PostGIS columns for Piccolo, whose values are EWKB bytes, and the asyncpg codec that carries them.

Migrations import these classes by this path, so the path stays for ever. Changing a column's parameters makes Piccolo
write an alter that changes nothing in the database: do it with a raw migration instead.
"""

from typing import TYPE_CHECKING, Any

import asyncpg
from piccolo.columns.base import Column
from piccolo.columns.indexes import IndexMethod

if TYPE_CHECKING:
    import shapely

SRID = 4326


class _Geo(Column):
    value_type = bytes
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
        if isinstance(value, bytes):
            return f"{delimiter}{value.hex()}{delimiter}"
        return super().get_sql_value(value, delimiter)


class Geometry(_Geo):
    kind = "geometry"


class Geography(_Geo):
    kind = "geography"


def encode(value: "shapely.Geometry | bytes") -> bytes:
    """EWKB bytes with an SRID, for PostGIS' binary input."""
    if isinstance(value, bytes):
        return value
    import shapely  # with numpy 14 MB, and only an import has shapes to write

    if not shapely.get_srid(value):
        value = shapely.set_srid(value, SRID)
    return shapely.to_wkb(value, include_srid=True)


async def register_codec(connection: asyncpg.Connection) -> None:
    """Teach one connection the PostGIS types; a database without the extension yet is left alone."""
    schema = await connection.fetchval(
        "SELECT n.nspname FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typname = 'geography'"
    )
    if schema is None:
        return
    for name in ("geometry", "geography"):
        await connection.set_type_codec(name, schema=schema, encoder=encode, decoder=bytes, format="binary")
