"""Once per phone and client_id, and the tracking token's length."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-22T01:45:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Guards of reports"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';
ALTER TABLE report
    ADD CONSTRAINT report_sent_once UNIQUE (reporter_id, client_id),
    ADD CONSTRAINT report_client_id_long_enough CHECK (length(client_id) >= 8),
    ADD CONSTRAINT report_token_hard_to_guess CHECK (length(tracking_token) >= 22);
"""

BACKWARDS = """
ALTER TABLE report DROP CONSTRAINT report_sent_once, DROP CONSTRAINT report_client_id_long_enough,
    DROP CONSTRAINT report_token_hard_to_guess;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="reports", description=DESCRIPTION)
    manager.add_raw(_forwards)
    manager.add_raw_backwards(_backwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)


async def _backwards() -> None:
    await db.execute(BACKWARDS)
