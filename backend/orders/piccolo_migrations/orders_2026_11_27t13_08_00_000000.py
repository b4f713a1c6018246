"""Every step from now on leaves its key in the table of keys, whoever writes it, also a build of before."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T13:08:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Steps leave their keys"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';
ALTER TABLE order_step_key ADD CONSTRAINT order_step_key_once UNIQUE (order_id, actor_id, idempotency_key);
CREATE FUNCTION note_step_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A step that comes back out of the archive has its key here already; any other step with this key is refused.
    INSERT INTO order_step_key (step_id, order_id, actor_id, idempotency_key, move, key_print)
    SELECT NEW.id, NEW.order_id, NEW.actor_id, NEW.idempotency_key, NEW.move, NEW.key_print
    WHERE NOT EXISTS (SELECT FROM order_step_key k WHERE k.step_id = NEW.id AND k.order_id = NEW.order_id
        AND k.actor_id = NEW.actor_id AND k.idempotency_key = NEW.idempotency_key);
    RETURN NULL;
END $$;
CREATE TRIGGER order_step_notes_key AFTER INSERT ON order_step FOR EACH ROW
    WHEN (NEW.idempotency_key IS NOT NULL AND NEW.actor_id IS NOT NULL) EXECUTE FUNCTION note_step_key();
CREATE TRIGGER order_step_key_append_only BEFORE UPDATE OR DELETE ON order_step_key
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="orders", description=DESCRIPTION)
    manager.add_raw(_forwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)
