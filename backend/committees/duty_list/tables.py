"""The duty list's tables, nothing else. Days are Shanghai's. Checks stand in the migrations."""

from piccolo.columns import BigSerial, Boolean, Date, ForeignKey, Integer, LazyTableReference, Timestamptz, Varchar
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class TaskTemplate(Table, tablename="task_template"):
    """任务模板: a task in the dictionary of one town, which its committees may take into their lists."""

    id = BigSerial(primary_key=True)
    area_code = Varchar(length=9, null=False, default=None)
    code = Varchar(length=40, null=False, default=None)
    kind = Varchar(length=16, null=False, default=None)
    name_zh = Varchar(length=60, null=False, default=None)
    name_en = Varchar(length=120, null=False, default=None)
    item_id = ForeignKey(LazyTableReference("Item", app_name="items"), null=True, default=None, **_KEEP)
    """What a problem found in this task is reported as."""
    default_rrule = Varchar(length=200, null=False, default=None)
    expected_min = Integer(null=False, default=30)
    is_open = Boolean(null=False, default=True)
    set_by_id = ForeignKey(LazyTableReference("Account", app_name="accounts"), null=True, default=None, **_KEEP)
    set_at = Timestamptz(null=False, default=None)


class DutyEntry(Table, tablename="duty_entry"):
    """责任清单条目: one version of a task in a committee's list; of those in force the highest number counts.

    `rrule` has no DTSTART: the series begins on `starts_on`, a day of `zone`.
    """

    id = BigSerial(primary_key=True)
    committee_code = Varchar(length=12, null=False, default=None)
    template_id = ForeignKey(TaskTemplate, null=False, default=None, **_KEEP)
    version = Integer(null=False, default=None)
    rrule = Varchar(length=200, null=False, default=None)
    starts_on = Date(null=False, default=None)
    zone = Varchar(length=40, null=False, default="Asia/Shanghai")
    is_on = Boolean(null=False, default=True)
    valid_from = Date(null=False, default=None)
    change_id = ForeignKey(
        LazyTableReference("DutyChange", app_name="committees"), null=True, default=None, unique=True, **_KEEP
    )
    """The request that was granted; none where the town laid the task down by itself."""
    decided_by_id = ForeignKey(LazyTableReference("Account", app_name="accounts"), null=False, default=None, **_KEEP)
    decided_at = Timestamptz(null=False, default=None)
