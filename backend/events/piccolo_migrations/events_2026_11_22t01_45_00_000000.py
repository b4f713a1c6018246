"""Append-only guard, transaction number and indexes of the event log."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-22T01:45:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Guards and indexes of the event log"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';
ALTER TABLE event_log
    ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    ADD CONSTRAINT event_log_name_said CHECK (name <> ''),
    ADD CONSTRAINT event_log_body_is_object CHECK (jsonb_typeof(body) = 'object');
CREATE INDEX event_log_by_subject ON event_log (subject, subject_id, id);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER event_log_append_only BEFORE UPDATE ON event_log
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""

BACKWARDS = """
DROP TRIGGER event_log_append_only ON event_log;
DROP FUNCTION refuse_change();
DROP INDEX event_log_by_subject;
ALTER TABLE event_log DROP CONSTRAINT event_log_name_said, DROP CONSTRAINT event_log_body_is_object, DROP COLUMN xid;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="events", description=DESCRIPTION)
    manager.add_raw(_forwards)
    manager.add_raw_backwards(_backwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)


async def _backwards() -> None:
    await db.execute(BACKWARDS)
