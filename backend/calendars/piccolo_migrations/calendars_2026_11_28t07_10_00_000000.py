"""Stretches of emergency over areas."""

from pathlib import Path

from piccolo.columns import JSONB, BigSerial, SmallInt, Timestamptz, Varchar
from piccolo.table import Table

from backend.schema.first import FirstMigration, tables_migration

ID = "2026-11-28T07:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Stretches of emergency"


class EmergencyStretch(Table, tablename="emergency_stretch"):
    id = BigSerial(primary_key=True)
    area_code = Varchar(length=12, null=False, default=None)
    level = SmallInt(null=False, default=None)
    starts_at = Timestamptz(null=False, default=None)
    ends_at = Timestamptz(null=True, default=None)
    roster = Varchar(length=20, null=False, default="")
    clocks = JSONB(null=False, default="[]")


async def forwards() -> FirstMigration:
    return tables_migration("calendars", ID, DESCRIPTION, (EmergencyStretch,), Path(__file__).parent / "stretches")
