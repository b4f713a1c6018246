"""Counts of a minute need no log: a crash forgives everybody."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T06:06:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Quotas are unlogged"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';
ALTER TABLE quota_use SET UNLOGGED;
ALTER TABLE quota_use ADD CONSTRAINT quota_use_span_is_time CHECK (span_s > 0);
CREATE INDEX quota_use_by_end ON quota_use (full_at);
"""

BACKWARDS = """
DROP INDEX quota_use_by_end;
ALTER TABLE quota_use DROP CONSTRAINT quota_use_span_is_time;
ALTER TABLE quota_use SET LOGGED;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="quotas", description=DESCRIPTION)
    manager.add_raw(_forwards)
    manager.add_raw_backwards(_backwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)


async def _backwards() -> None:
    await db.execute(BACKWARDS)
