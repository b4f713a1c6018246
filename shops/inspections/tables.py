"""Check lists with their versions, inspections made by them, findings, and every move of a finding."""

from piccolo.columns import (
    BigSerial,
    Boolean,
    ForeignKey,
    Integer,
    LazyTableReference,
    OnDelete,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnUpdate
from piccolo.table import Table

_STAYS = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


def _account(*, null: bool = False) -> ForeignKey:
    return ForeignKey(LazyTableReference("Account", app_name="accounts"), null=null, default=None, **_STAYS)


def _shop() -> ForeignKey:
    return ForeignKey(LazyTableReference("RegisteredShop", app_name="shops"), null=False, default=None, **_STAYS)


class Checklist(Table, tablename="checklist"):
    """检查表. One version of a list within an area prefix; inspections keep the version that they were made by."""

    id = BigSerial(primary_key=True)
    area_code = Varchar(length=12, null=False, default="")
    department = Varchar(length=20, null=False, default=None)
    code = Varchar(length=40, null=False, default=None)
    version = Integer(null=False, default=1)
    name_zh = Varchar(length=80, null=False, default=None)
    name_en = Varchar(length=120, null=False, default=None)
    is_open = Boolean(null=False, default=True)
    is_sample = Boolean(null=False, default=False)
    """An example: the department has not checked its points and legal articles."""
    made_at = Timestamptz(null=False, default=None)


class ChecklistPoint(Table, tablename="checklist_point"):
    """检查项. What is looked at, on which legal basis, what a fault takes, and how long there is to mend it."""

    id = BigSerial(primary_key=True)
    checklist_id = ForeignKey(Checklist, null=False, default=None, **_STAYS)
    number = SmallInt(null=False, default=None)
    words_zh = Varchar(length=200, null=False, default=None)
    words_en = Varchar(length=300, null=False, default=None)
    legal_basis = Varchar(length=300, null=False, default=None)
    points = SmallInt(null=False, default=None)
    is_p0 = Boolean(null=False, default=False)
    fix_within_h = Integer(null=False, default=None)


class Inspection(Table, tablename="inspection"):
    """检查. `client_key`: what the phone calls it. `captured_at`: the phone's time, where it was sent later."""

    id = BigSerial(primary_key=True)
    shop_id = _shop()
    checklist_id = ForeignKey(Checklist, null=False, default=None, **_STAYS)
    inspector_id = _account()
    client_key = Varchar(length=80, null=False, default=None)
    key_print = Varchar(length=64, null=False, default=None)
    score = SmallInt(null=False, default=None)
    note = Text(null=False, default="")
    captured_at = Timestamptz(null=True, default=None)
    received_at = Timestamptz(null=False, default=None)


class InspectionFinding(Table, tablename="inspection_finding"):
    """检查发现 and its 整改. `points` and `is_p0` are those of its point on that day."""

    id = BigSerial(primary_key=True)
    inspection_id = ForeignKey(Inspection, null=False, default=None, **_STAYS)
    shop_id = _shop()
    point_id = ForeignKey(ChecklistPoint, null=False, default=None, **_STAYS)
    note = Text(null=False, default="")
    points = SmallInt(null=False, default=None)
    is_p0 = Boolean(null=False, default=False)
    found_at = Timestamptz(null=False, default=None)
    due_at = Timestamptz(null=False, default=None)
    state = Varchar(length=8, null=False, default="open")
    fixed_at = Timestamptz(null=True, default=None)
    repeat_of_id = ForeignKey("self", null=True, default=None, **_STAYS)
    escalated = SmallInt(null=False, default=0)
    """How far it has climbed since it fell due: 0 nobody, 1 the inspector, 2 the street."""
    version = Integer(null=False, default=1)


class FindingStep(Table, tablename="finding_step"):
    """One move. Append-only. Photos hang on its id."""

    id = BigSerial(primary_key=True)
    finding_id = ForeignKey(InspectionFinding, null=False, default=None, **_STAYS)
    move = Varchar(length=8, null=False, default=None)
    from_state = Varchar(length=8, null=True, default=None)
    to_state = Varchar(length=8, null=False, default=None)
    actor_id = _account(null=True)
    at = Timestamptz(null=False, default=None)
    captured_at = Timestamptz(null=True, default=None)
    note = Text(null=False, default="")
    due_at = Timestamptz(null=True, default=None)
    client_key = Varchar(length=80, null=True, default=None)
