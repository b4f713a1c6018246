"""The grade of each shop, how it came to it, and what each area counts by."""

from piccolo.columns import (
    BigSerial,
    Boolean,
    Date,
    DoublePrecision,
    ForeignKey,
    Integer,
    LazyTableReference,
    OnDelete,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnUpdate
from piccolo.table import Table

_STAYS = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


def _shop(*, unique: bool = False) -> ForeignKey:
    shop = LazyTableReference("RegisteredShop", app_name="shops")
    return ForeignKey(shop, null=False, default=None, unique=unique, **_STAYS)


class ShopGrade(Table, tablename="shop_grade"):
    """分级. As of `counted_on`, a day of Shanghai; a shop that was never counted has none and stands at A."""

    id = BigSerial(primary_key=True)
    shop_id = _shop(unique=True)
    grade = Varchar(length=1, null=False, default="A")
    score = DoublePrecision(null=False, default=100)
    since = Date(null=False, default=None)
    counted_on = Date(null=False, default=None)


class GradeChange(Table, tablename="grade_change"):
    """From one grade to another, and the score at that time. Append-only."""

    id = BigSerial(primary_key=True)
    shop_id = _shop()
    before = Varchar(length=1, null=False, default=None)
    after = Varchar(length=1, null=False, default=None)
    score = DoublePrecision(null=False, default=None)
    has_p0 = Boolean(null=False, default=False)
    on = Date(null=False, default=None)
    at = Timestamptz(null=False, default=None)


class GradeSetting(Table, tablename="grade_setting"):
    """By what an area counts; the longest prefix of a shop's area wins, and the product's own numbers without any."""

    id = BigSerial(primary_key=True)
    area_code = Varchar(length=12, null=False, default="", unique=True)
    a_from = DoublePrecision(null=False, default=90)
    b_from = DoublePrecision(null=False, default=75)
    window_days = Integer(null=False, default=30)
    first_weight = DoublePrecision(null=False, default=1)
    repeat_weight = DoublePrecision(null=False, default=1.5)
    overdue_weight = DoublePrecision(null=False, default=2)
    self_report_points = DoublePrecision(null=False, default=1)
    self_report_most = DoublePrecision(null=False, default=5)
    clean_days = Integer(null=False, default=30)
    visit_days_a = Integer(null=False, default=14)
    visit_days_b = Integer(null=False, default=7)
    visit_days_c = Integer(null=False, default=2)
    is_public = Boolean(null=False, default=False)
    shows_rectifications = Boolean(null=False, default=False)
    changed_by_id = ForeignKey(LazyTableReference("Account", app_name="accounts"), null=True, default=None, **_STAYS)
    changed_at = Timestamptz(null=False, default=None)
