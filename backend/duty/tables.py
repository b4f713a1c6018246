"""Who stands where, nothing else. Constraints that Piccolo cannot say stand in the migrations."""

from piccolo.columns import (
    Array,
    BigSerial,
    DoublePrecision,
    ForeignKey,
    LazyTableReference,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

from backend.geo.columns import Geography

_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}
_GO_ALONG = {"on_delete": OnDelete.cascade, "on_update": OnUpdate.cascade}


def _account(on_delete: OnDelete, *, null: bool = False, unique: bool = False) -> ForeignKey:
    account = LazyTableReference("Account", app_name="accounts")
    return ForeignKey(account, null=null, default=None, unique=unique, on_delete=on_delete, on_update=OnUpdate.cascade)


def _unit() -> ForeignKey:
    return ForeignKey(LazyTableReference("OrgUnit", app_name="accounts"), null=False, default=None, **_KEEP)


class Team(Table, tablename="team"):
    """班组: people of one unit who walk a beat together."""

    id = BigSerial(primary_key=True)
    unit_id = _unit()
    code = Varchar(length=40, null=False, default=None)
    name_zh = Varchar(length=120, null=False, default=None)
    name_en = Varchar(length=120, null=True, default=None)


class TeamMember(Table, tablename="team_member"):
    id = BigSerial(primary_key=True)
    team_id = ForeignKey(Team, null=False, default=None, **_GO_ALONG)
    account_id = _account(OnDelete.cascade)


class TeamBeat(Table, tablename="team_beat"):
    """片区: a grid cell that a team walks."""

    id = BigSerial(primary_key=True)
    team_id = ForeignKey(Team, null=False, default=None, **_GO_ALONG)
    grid_cell_id = ForeignKey(LazyTableReference("GridCell", app_name="places"), null=False, default=None, **_KEEP)


class NamedDuty(Table, tablename="named_duty"):
    """定到人: for one item or for all, within a team's beat or an area, a person; 盯到人: and a supervisor."""

    id = BigSerial(primary_key=True)
    unit_id = _unit()
    item_id = ForeignKey(LazyTableReference("Item", app_name="items"), null=True, default=None, **_KEEP)
    team_id = ForeignKey(Team, null=True, default=None, **_KEEP)
    area_code = Varchar(length=12, null=True, default=None)
    account_id = _account(OnDelete.restrict)
    supervisor_id = _account(OnDelete.restrict, null=True)


class DutyShift(Table, tablename="duty_shift"):
    """排班: a person answers for a unit within an area prefix, from one instant to another or until told."""

    id = BigSerial(primary_key=True)
    account_id = _account(OnDelete.cascade)
    unit_id = ForeignKey(LazyTableReference("OrgUnit", app_name="accounts"), null=False, default=None, **_GO_ALONG)
    area_code = Varchar(length=15, null=False, default="")
    starts_at = Timestamptz(null=False, default=None)
    ends_at = Timestamptz(null=True, default=None)
    roster = Varchar(length=20, null=False, default="")
    """The list that it is on: the usual one, or one that is prepared for an emergency."""


class OnCall(Table, tablename="on_call"):
    """值守: a person who waits for orders to grab in an area, from one instant to another, and what they can do."""

    id = BigSerial(primary_key=True)
    account_id = _account(OnDelete.cascade, unique=True)
    area_code = Varchar(length=12, null=False, default=None)
    since = Timestamptz(null=False, default=None)
    until = Timestamptz(null=False, default=None)
    skills = Array(base_column=Text(), null=False, default=[])


class StaffPosition(Table, tablename="staff_position"):
    """Where somebody on duty was seen last. Only the latest fix, and not for longer than a day."""

    id = BigSerial(primary_key=True)
    account_id = _account(OnDelete.cascade, unique=True)
    point = Geography("POINT", null=False, default=None)
    accuracy_m = DoublePrecision(null=True, default=None)
    at = Timestamptz(null=False, default=None)
