"""A case whose source has the last word ends by nobody else's: not closed, not cancelled."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-28T04:41:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The last word of a case's source"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

-- No part of an order is a case less than none.
ALTER TABLE work_order ADD CONSTRAINT work_order_source_cases_counted CHECK (source_cases >= 0) NOT VALID;

-- Where its source has the last word, an order is closed or cancelled when that was said, and not before.
ALTER TABLE work_order ADD CONSTRAINT work_order_source_has_last_word
    CHECK (source_cases = 0 OR state NOT IN ('closed', 'cancelled') OR source_agreed_at IS NOT NULL) NOT VALID;

-- Its source is asked about finished work alone.
ALTER TABLE work_order ADD CONSTRAINT work_order_referred_when_finished
    CHECK (referred_at IS NULL OR finished_at IS NOT NULL) NOT VALID;

ALTER TABLE work_order VALIDATE CONSTRAINT work_order_source_cases_counted,
    VALIDATE CONSTRAINT work_order_source_has_last_word, VALIDATE CONSTRAINT work_order_referred_when_finished;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="orders", description=DESCRIPTION)
    manager.add_raw(_forwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)
