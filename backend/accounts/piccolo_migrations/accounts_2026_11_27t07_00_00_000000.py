"""Foreign keys end in `_id`, and two columns that nothing reads are gone."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T07:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Foreign keys end in _id"

_RENAMED = (
    ("Account", "account", "unit", "unit_id"),
    ("RoleGrant", "role_grant", "account", "account_id"),
    ("Session", "session", "account", "account_id"),
    ("DutyShift", "duty_shift", "account", "account_id"),
    ("DutyShift", "duty_shift", "unit", "unit_id"),
)

_TRIGGERS = """
DROP TRIGGER role_grant_changed ON role_grant;
DROP TRIGGER session_deleted ON session;
DROP TRIGGER session_ended ON session;
CREATE TRIGGER session_ended AFTER UPDATE OF revoked_at, expires_at ON session FOR EACH ROW
    WHEN (OLD.revoked_at IS DISTINCT FROM NEW.revoked_at OR NEW.expires_at < OLD.expires_at)
    EXECUTE FUNCTION tell_of_account('{column}');
CREATE TRIGGER session_deleted AFTER DELETE ON session FOR EACH ROW EXECUTE FUNCTION tell_of_account('{column}');
CREATE TRIGGER role_grant_changed AFTER INSERT OR UPDATE OR DELETE ON role_grant FOR EACH ROW
    EXECUTE FUNCTION tell_of_account('{column}');
"""
"""The function is told the name of the column that holds the account's id."""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="accounts", description=DESCRIPTION)
    for table, tablename, old, new in _RENAMED:
        manager.rename_column(table, tablename, old, new, old, new)
    for column in ("failed_logins", "locked_until"):
        manager.drop_column("Account", "account", column, db_column_name=column)
    manager.add_raw(_forwards)
    manager.add_raw_backwards(_backwards)
    return manager


async def _forwards() -> None:
    await db.execute(_TRIGGERS.format(column="account_id"))


async def _backwards() -> None:
    await db.execute(_TRIGGERS.format(column="account"))
