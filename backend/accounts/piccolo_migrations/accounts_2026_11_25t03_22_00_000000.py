"""The kinds of units, and the index that finds the shifts that have not ended."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-25T03:22:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Guards of units and shifts"

# A roster is hundreds of rows a unit, not millions: its index is built at once.
FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';
ALTER TABLE org_unit ADD CONSTRAINT org_unit_kind_known
    CHECK (kind IN ('government', 'property', 'committee', 'contractor'));
CREATE INDEX duty_shift_by_unit_and_end ON duty_shift (unit, (coalesce(ends_at, 'infinity'::timestamptz)));
"""

BACKWARDS = """
DROP INDEX duty_shift_by_unit_and_end;
ALTER TABLE org_unit DROP CONSTRAINT org_unit_kind_known;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="accounts", description=DESCRIPTION)
    manager.add_raw(_forwards)
    manager.add_raw_backwards(_backwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)


async def _backwards() -> None:
    await db.execute(BACKWARDS)
