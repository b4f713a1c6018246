"""What a version and a print look like. Old rows hold by their defaults."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T05:21:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Guards of versions and prints"

CHECKS = (
    ("work_order", "work_order_changed_by_now", "changed_version BETWEEN 1 AND version"),
    ("order_step", "order_step_key_print_hex", "key_print ~ '^[0-9a-f]{32}$'"),
    ("order_step", "order_step_print_of_key", "key_print IS NULL OR idempotency_key IS NOT NULL"),
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="orders", description=DESCRIPTION)
    manager.add_raw(_forwards)
    manager.add_raw_backwards(_backwards)
    return manager


async def _forwards() -> None:
    await db.execute("SET LOCAL lock_timeout = '5s'")
    for table, name, check in CHECKS:
        await db.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({check}) NOT VALID")


async def _backwards() -> None:
    for table, name, _ in CHECKS:
        await db.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
