"""Outlines of places that are more than a point. One nullable column."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from backend.geo.columns import Geometry
from piccolo.columns.indexes import IndexMethod

from backend import db

ID = "2026-11-25T03:40:00:629361"
VERSION = "1.38.0"
DESCRIPTION = "Outlines of places"


async def forwards():
    manager = MigrationManager(
        migration_id=ID, app_name="places", description=DESCRIPTION
    )
    manager.add_raw(_be_short)

    manager.add_column(
        table_class_name="Place",
        tablename="place",
        column_name="outline",
        db_column_name="outline",
        column_class_name="Geometry",
        column_class=Geometry,
        params={
            "geometry_type": "MultiPolygon",
            "srid": 4326,
            "default": None,
            "null": True,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.gist,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    return manager


async def _be_short():
    """Wait for no long lock: whoever writes just now goes first."""
    await db.execute("SET LOCAL lock_timeout = '5s'")
