"""The steps are made ready to be cut by month, while they are written: earlier keys, the key, the proof of their end.

Repeatable. Takes as long as an index of the steps does, and as long as their keys take to copy.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db
from backend.partitions import converting

ID = "2026-11-27T13:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The steps are made ready for months"

_EARLIER_KEYS = """
    INSERT INTO order_step_key (step_id, order_id, actor_id, idempotency_key, move, key_print)
    SELECT id, order_id, actor_id, idempotency_key, move, key_print FROM order_step
    WHERE idempotency_key IS NOT NULL AND actor_id IS NOT NULL
    ON CONFLICT DO NOTHING
"""
_DAY_S = 86400.0


async def forwards() -> MigrationManager:
    manager = MigrationManager(
        migration_id=ID, app_name="orders", description=DESCRIPTION, wrap_in_transaction=False
    )
    manager.add_raw(_forwards)
    return manager


async def _forwards() -> None:
    async with db.connection() as connection:
        await connection.execute(_EARLIER_KEYS, timeout=_DAY_S)
        await converting.prepare(connection, "order_step", "at")
