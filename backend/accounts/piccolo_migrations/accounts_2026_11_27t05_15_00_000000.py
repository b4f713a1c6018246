"""Tell every web process when a session ends or what somebody may do changes, whoever changes it."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T05:15:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Notifications of what accounts may do"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';
CREATE FUNCTION tell_of_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The argument names the column that holds the account's id.
    IF TG_OP = 'DELETE' THEN
        PERFORM pg_notify('yima_account', to_jsonb(OLD) ->> TG_ARGV[0]);
    ELSE
        PERFORM pg_notify('yima_account', to_jsonb(NEW) ->> TG_ARGV[0]);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER session_ended AFTER UPDATE OF revoked_at, expires_at ON session FOR EACH ROW
    WHEN (OLD.revoked_at IS DISTINCT FROM NEW.revoked_at OR NEW.expires_at < OLD.expires_at)
    EXECUTE FUNCTION tell_of_account('account');
CREATE TRIGGER session_deleted AFTER DELETE ON session FOR EACH ROW EXECUTE FUNCTION tell_of_account('account');
CREATE TRIGGER role_grant_changed AFTER INSERT OR UPDATE OR DELETE ON role_grant FOR EACH ROW
    EXECUTE FUNCTION tell_of_account('account');
CREATE TRIGGER account_changed AFTER UPDATE OF is_active, unit, display_name ON account FOR EACH ROW
    WHEN ((OLD.is_active, OLD.unit, OLD.display_name) IS DISTINCT FROM (NEW.is_active, NEW.unit, NEW.display_name))
    EXECUTE FUNCTION tell_of_account('id');
"""

BACKWARDS = """
DROP TRIGGER account_changed ON account;
DROP TRIGGER role_grant_changed ON role_grant;
DROP TRIGGER session_deleted ON session;
DROP TRIGGER session_ended ON session;
DROP FUNCTION tell_of_account();
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
