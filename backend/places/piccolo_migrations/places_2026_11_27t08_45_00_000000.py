"""The tables of places as of the first release. Frozen: what changes later is a migration of its own."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigSerial, Boolean, DoublePrecision, ForeignKey, OnDelete, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from backend.geo.columns import Geography, Geometry
from backend.schema.first import first_migration

ID = "2026-11-27T08:45:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The schema of the first release"


class Area(Table, tablename="area"):
    code = Varchar(length=12, default=None, primary_key=True)
    level = Varchar(length=9, default=None)
    name = Varchar(length=100, default=None)
    polygon = Geometry(geometry_type="MultiPolygon", null=True, index=True)
    is_demo = Boolean()


class GridCell(Table, tablename="grid_cell"):
    code = Varchar(length=15, default=None, primary_key=True)
    area_id = ForeignKey(Area, target_column="code", on_delete=OnDelete.restrict, null=False, index=True)
    polygon = Geometry(geometry_type="MultiPolygon", index=True)
    is_demo = Boolean()


class Road(Table, tablename="road"):
    id = BigSerial(primary_key=True)
    name = Varchar(length=100, default=None)
    area_id = ForeignKey(Area, target_column="code", on_delete=OnDelete.restrict, null=False)
    line = Geometry(geometry_type="MultiLineString", null=True, index=True)
    is_demo = Boolean()
    road_area_name_unique = Unique(columns=["area_id", "name"], nulls_distinct=True)


class Place(Table, tablename="place"):
    id = BigSerial(primary_key=True)
    kind = Varchar(length=10, default=None)
    name = Varchar(length=200)
    address = Varchar(length=300)
    road_name = Varchar(length=100)
    house_number = Varchar(length=50)
    road_id = ForeignKey(Road, on_delete=OnDelete.set_null, index=True)
    area_id = ForeignKey(Area, target_column="code", on_delete=OnDelete.restrict, null=False)
    grid_cell_id = ForeignKey(GridCell, target_column="code", on_delete=OnDelete.restrict, index=True)
    loc = Geography(geometry_type="Point", index=True)
    outline = Geometry(geometry_type="MultiPolygon", null=True)
    raw_lng = DoublePrecision(default=None)
    raw_lat = DoublePrecision(default=None)
    raw_datum = Varchar(length=5, default="wgs84")
    dataset = Varchar(length=100, default=None)
    source_key = Varchar(length=200, default=None)
    is_demo = Boolean()
    created_at = Timestamptz()
    updated_at = Timestamptz()
    place_dataset_key_unique = Unique(columns=["dataset", "source_key"], nulls_distinct=True)


TABLES = (Area, GridCell, Road, Place)


async def forwards() -> MigrationManager:
    return first_migration("places", ID, TABLES, Path(__file__).parent / "first")
