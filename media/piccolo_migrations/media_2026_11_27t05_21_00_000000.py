"""Links given out before stay alive; from now on no photo is shown, taken back, painted over or read without a reason."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T05:21:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Link versions of photos that were painted over; reasons of acts"

# Acts from before had no reason: the check looks at new rows only.
FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '300s';
UPDATE photo SET link_version = revision WHERE revision > 0 AND link_version < revision;
ALTER TABLE photo_act ADD CONSTRAINT photo_act_has_reason CHECK (
    act NOT IN ('read_original', 'redact', 'release', 'withhold') OR length(btrim(reason)) >= 2
) NOT VALID;
"""

BACKWARDS = "ALTER TABLE photo_act DROP CONSTRAINT photo_act_has_reason;"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="media", description=DESCRIPTION)

    async def run() -> None:
        await db.execute(FORWARDS)

    async def run_backwards() -> None:
        await db.execute(BACKWARDS)

    manager.add_raw(run)
    manager.add_raw_backwards(run_backwards)
    return manager
