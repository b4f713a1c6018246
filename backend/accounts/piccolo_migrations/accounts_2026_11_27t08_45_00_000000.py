"""The tables of accounts as of the first release. Frozen: what changes later is a migration of its own."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import UUID, BigSerial, Boolean, Bytea, ForeignKey, Integer, OnDelete, Timestamptz, Varchar
from piccolo.table import Table

from backend.schema.first import first_migration

ID = "2026-11-27T08:45:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The schema of the first release"


class OrgUnit(Table, tablename="org_unit"):
    id = BigSerial(primary_key=True)
    code = Varchar(length=40, unique=True)
    name_zh = Varchar(length=120)
    name_en = Varchar(length=120, default=None, null=True)
    unit_type = Varchar(length=40)
    kind = Varchar(length=12, default="government")
    area_code = Varchar(length=15)


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)
    kind = Varchar(length=8)
    username = Varchar(length=60, default=None, null=True, unique=True)
    password_hash = Varchar(length=200, default=None, null=True)
    display_name = Varchar(length=60)
    phone = Varchar(length=20, default=None, null=True)
    unit_id = ForeignKey(OrgUnit, on_delete=OnDelete.restrict)
    is_active = Boolean(default=True)
    created_at = Timestamptz(default=None)


class RoleGrant(Table, tablename="role_grant"):
    id = BigSerial(primary_key=True)
    account_id = ForeignKey(Account, on_delete=OnDelete.cascade, null=False)
    role = Varchar(length=20)
    area_code = Varchar(length=15)


class Session(Table, tablename="session"):
    id = UUID(primary_key=True)
    account_id = ForeignKey(Account, on_delete=OnDelete.cascade, null=False)
    refresh_hash = Bytea()
    opened_at = Timestamptz(default=None)
    rotated_at = Timestamptz(default=None)
    expires_at = Timestamptz(default=None)
    revoked_at = Timestamptz(default=None, null=True)
    user_agent = Varchar(length=120)


class SignInFailure(Table, tablename="sign_in_failure"):
    key = Varchar(length=120, primary_key=True)
    failures = Integer()
    failed_at = Timestamptz(default=None)
    blocked_until = Timestamptz(default=None)


TABLES = (OrgUnit, Account, RoleGrant, Session, SignInFailure)


async def forwards() -> MigrationManager:
    return first_migration("accounts", ID, TABLES, Path(__file__).parent / "first")
