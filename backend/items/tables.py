"""The dictionary's tables, nothing else."""

from piccolo.columns import Array, BigSerial, Boolean, ForeignKey, Integer, LazyTableReference, Text, Varchar
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table


class Item(Table, tablename="item"):
    """A sub-item (子项). The three levels of the dictionary stand side by side in its row."""

    code = Varchar(length=8, primary_key=True)
    category_code = Varchar(length=4, null=False)
    category_zh = Varchar(length=40, null=False)
    category_en = Varchar(length=80, null=False)
    item_code = Varchar(length=6, null=False)
    item_zh = Varchar(length=40, null=False)
    item_en = Varchar(length=80, null=False)
    name_zh = Varchar(length=60, null=False)
    name_en = Varchar(length=120, null=False)
    std_ref = Varchar(length=120, null=False, default="")
    reporter_roles = Array(base_column=Varchar(length=20), null=False)
    handler_unit_type = Varchar(length=40, null=False)
    dispatch_mode = Varchar(length=12, null=False)
    clock = Varchar(length=10, null=False)
    respond_min = Integer(null=False)
    resolve_min = Integer(null=False)
    arrive_min = Integer(null=True, default=None)
    safe_min = Integer(null=True, default=None)
    verify_min = Integer(null=True, default=None)
    report_photos_min = Integer(null=False)
    before_photos_min = Integer(null=False)
    after_photos_min = Integer(null=False)
    checkin_required = Boolean(null=False)
    checkin_radius_m = Integer(null=False)
    verify_mode = Varchar(length=24, null=False)
    priority = Varchar(length=2, null=False)
    grade_points = Integer(null=False, default=0)
    resolve_basis = Text(null=False, default="")
    note = Text(null=False, default="")
    is_open = Boolean(null=False, default=True)


class ResponsibilityRule(Table, tablename="responsibility_rule"):
    """Which unit answers: for one item, or for every item of a unit type, within an area prefix."""

    id = BigSerial(primary_key=True)
    item_id = ForeignKey(
        references=Item, null=True, default=None, on_delete=OnDelete.cascade, on_update=OnUpdate.cascade
    )
    unit_type = Varchar(length=40, null=True, default=None)
    area_code = Varchar(length=12, null=False)
    unit_id = ForeignKey(
        references=LazyTableReference("OrgUnit", app_name="accounts"),
        null=False,
        on_delete=OnDelete.restrict,
        on_update=OnUpdate.cascade,
    )
