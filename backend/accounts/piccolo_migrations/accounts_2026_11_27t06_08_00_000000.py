"""Failures of a day need no log: a crash forgives everybody."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T06:08:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Failed sign-ins are unlogged"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';
ALTER TABLE sign_in_failure SET UNLOGGED;
ALTER TABLE sign_in_failure ADD CONSTRAINT sign_in_failure_counted CHECK (failures > 0);
"""

BACKWARDS = """
ALTER TABLE sign_in_failure DROP CONSTRAINT sign_in_failure_counted;
ALTER TABLE sign_in_failure SET LOGGED;
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
