"""Guards of the shifts, and the rows that the table had while it belonged to the package `accounts`."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T07:12:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Guards and rows of duty_shift"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';
INSERT INTO duty_shift (id, account_id, unit_id, area_code, starts_at, ends_at)
SELECT id, account_id, unit_id, area_code, starts_at, ends_at FROM duty_shift_before;
SELECT setval(pg_get_serial_sequence('duty_shift', 'id'), max(id)) FROM duty_shift HAVING max(id) IS NOT NULL;
DROP TABLE duty_shift_before;
ALTER TABLE duty_shift
    ADD CONSTRAINT duty_shift_ends_later CHECK (ends_at > starts_at),
    ADD CONSTRAINT duty_shift_area_prefix
        CHECK (area_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})?$'),
    ADD CONSTRAINT duty_shift_starts_once UNIQUE (account_id, unit_id, area_code, starts_at);
CREATE INDEX duty_shift_by_unit_and_area ON duty_shift (unit_id, area_code, starts_at);
CREATE INDEX duty_shift_by_unit_and_end ON duty_shift (unit_id, (coalesce(ends_at, 'infinity'::timestamptz)));
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="duty", description=DESCRIPTION)
    manager.add_raw(_forwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)
