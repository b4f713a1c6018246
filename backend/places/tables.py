"""Where things are. Codes are the national ones: 6 digits district, 9 street or town, 12 residents' committee, 15 cell.

Every geometry is WGS-84. Places are points of type geography (distances in metres on the ellipsoid); outlines and lines
are of type geometry, whose point-in-polygon test is many times cheaper and, at the size of a town, differs from the
geodesic one by millimetres.
"""

from piccolo.columns import BigSerial, Boolean, DoublePrecision, ForeignKey, OnDelete, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow
from piccolo.constraints import Unique
from piccolo.table import Table

from backend.geo.columns import Geography, Geometry


class Area(Table):
    """A district, street or town, or residents' committee. Without an outline it only lends its name and code."""

    code = Varchar(length=12, primary_key=True, default=None)
    level = Varchar(length=9, null=False, default=None)
    name = Varchar(length=100, null=False, default=None)
    polygon = Geometry(geometry_type="MultiPolygon", null=True, index=True)
    is_demo = Boolean(null=False, default=False)


class GridCell(Table):
    """A 万米单元网格: about 10,000 square metres of one committee, the unit in which the city counts."""

    code = Varchar(length=15, primary_key=True, default=None)
    area_id = ForeignKey(references=Area, target_column="code", on_delete=OnDelete.restrict, null=False, index=True)
    polygon = Geometry(geometry_type="MultiPolygon", null=False, index=True)
    is_demo = Boolean(null=False, default=False)


class Road(Table):
    id = BigSerial(primary_key=True)
    name = Varchar(length=100, null=False, default=None)
    area_id = ForeignKey(references=Area, target_column="code", on_delete=OnDelete.restrict, null=False)
    line = Geometry(geometry_type="MultiLineString", null=True, index=True)
    is_demo = Boolean(null=False, default=False)

    road_area_name_unique = Unique(columns=["area_id", "name"])


class Place(Table):
    """What can carry a code: a doorplate, a storefront or a point. `raw_*` is the position as its source gave it.

    `outline` is the ground that it covers, where the source draws it; `loc` is then a point on it.
    """

    id = BigSerial(primary_key=True)
    kind = Varchar(length=10, null=False, default=None)
    name = Varchar(length=200, null=False, default="")
    address = Varchar(length=300, null=False, default="")
    road_name = Varchar(length=100, null=False, default="")
    house_number = Varchar(length=50, null=False, default="")
    road_id = ForeignKey(references=Road, on_delete=OnDelete.set_null, null=True, index=True)
    area_id = ForeignKey(references=Area, target_column="code", on_delete=OnDelete.restrict, null=False)
    grid_cell_id = ForeignKey(
        references=GridCell, target_column="code", on_delete=OnDelete.restrict, null=True, index=True
    )
    loc = Geography(geometry_type="Point", null=False, index=True)
    outline = Geometry(geometry_type="MultiPolygon", null=True, index=False)  # its index: a raw migration
    raw_lng = DoublePrecision(null=False, default=None)
    raw_lat = DoublePrecision(null=False, default=None)
    raw_datum = Varchar(length=5, null=False, default="wgs84")
    dataset = Varchar(length=100, null=False, default=None)
    source_key = Varchar(length=200, null=False, default=None)
    is_demo = Boolean(null=False, default=False)
    created_at = Timestamptz(null=False, default=TimestamptzNow())
    updated_at = Timestamptz(null=False, default=TimestamptzNow())

    place_dataset_key_unique = Unique(columns=["dataset", "source_key"])
