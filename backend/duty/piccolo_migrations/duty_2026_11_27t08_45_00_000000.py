"""The tables of duty as of the first release. Frozen: what changes later is a migration of its own."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigSerial, DoublePrecision, ForeignKey, OnDelete, Timestamptz, Varchar
from piccolo.table import Table

from backend.geo.columns import Geography
from backend.schema.first import first_migration

ID = "2026-11-27T08:45:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The schema of the first release"


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class GridCell(Table, tablename="grid_cell"):
    code = Varchar(length=15, default=None, primary_key=True)


class Item(Table, tablename="item"):
    code = Varchar(length=8, primary_key=True)


class OrgUnit(Table, tablename="org_unit"):
    id = BigSerial(primary_key=True)


class Team(Table, tablename="team"):
    id = BigSerial(primary_key=True)
    unit_id = ForeignKey(OrgUnit, on_delete=OnDelete.restrict, null=False)
    code = Varchar(length=40, default=None)
    name_zh = Varchar(length=120, default=None)
    name_en = Varchar(length=120, default=None, null=True)


class TeamMember(Table, tablename="team_member"):
    id = BigSerial(primary_key=True)
    team_id = ForeignKey(Team, on_delete=OnDelete.cascade, null=False)
    account_id = ForeignKey(Account, on_delete=OnDelete.cascade, null=False)


class TeamBeat(Table, tablename="team_beat"):
    id = BigSerial(primary_key=True)
    team_id = ForeignKey(Team, on_delete=OnDelete.cascade, null=False)
    grid_cell_id = ForeignKey(GridCell, on_delete=OnDelete.restrict, null=False)


class NamedDuty(Table, tablename="named_duty"):
    id = BigSerial(primary_key=True)
    unit_id = ForeignKey(OrgUnit, on_delete=OnDelete.restrict, null=False)
    item_id = ForeignKey(Item, on_delete=OnDelete.restrict)
    team_id = ForeignKey(Team, on_delete=OnDelete.restrict)
    area_code = Varchar(length=12, default=None, null=True)
    account_id = ForeignKey(Account, on_delete=OnDelete.restrict, null=False)
    supervisor_id = ForeignKey(Account, on_delete=OnDelete.restrict)


class DutyShift(Table, tablename="duty_shift"):
    id = BigSerial(primary_key=True)
    account_id = ForeignKey(Account, on_delete=OnDelete.cascade, null=False)
    unit_id = ForeignKey(OrgUnit, on_delete=OnDelete.cascade, null=False)
    area_code = Varchar(length=15)
    starts_at = Timestamptz(default=None)
    ends_at = Timestamptz(default=None, null=True)


class StaffPosition(Table, tablename="staff_position"):
    id = BigSerial(primary_key=True)
    account_id = ForeignKey(Account, on_delete=OnDelete.cascade, null=False, unique=True)
    point = Geography()
    accuracy_m = DoublePrecision(default=None, null=True)
    at = Timestamptz(default=None)


TABLES = (Team, TeamMember, TeamBeat, NamedDuty, DutyShift, StaffPosition)


async def forwards() -> MigrationManager:
    return first_migration("duty", ID, TABLES, Path(__file__).parent / "first")
