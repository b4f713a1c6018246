"""A step may change its actor to the account that its actor goes on as; whoever was merged follows nothing any more."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-28T01:04:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Steps of merged accounts"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
CREATE FUNCTION refuse_change_of_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND EXISTS (
        SELECT FROM account_merge WHERE merged_id = OLD.actor_id AND survivor_id = NEW.actor_id) THEN
        OLD.actor_id := NEW.actor_id;
        IF OLD *= NEW THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
DROP TRIGGER order_step_append_only ON order_step;
CREATE TRIGGER order_step_append_only BEFORE UPDATE OR DELETE ON order_step
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_step();
DROP TRIGGER order_step_key_append_only ON order_step_key;
CREATE TRIGGER order_step_key_append_only BEFORE UPDATE OR DELETE ON order_step_key
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_step();
CREATE TRIGGER order_follower_of_standing_account AFTER INSERT ON order_follower
    FOR EACH ROW EXECUTE FUNCTION refuse_merged_account('account_id');
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="orders", description=DESCRIPTION)
    manager.add_raw(_forwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)
