"""Indexes of one case with many reporters and of a place's memory, built without stopping writers."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-22T02:41:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Indexes of merged orders, candidates and place memory"

_BUILD_TIMEOUT_S = 3600.0
INDEXES = {
    "work_order_by_survivor": "INDEX {} ON work_order (merged_into_id) WHERE merged_into_id IS NOT NULL",
    "work_order_open_around": """INDEX {} ON work_order USING gist (loc)
        WHERE state IN ('dispatched', 'accepted', 'on_site', 'handled', 'suspended')""",
    "work_order_closed_lately": "INDEX {} ON work_order (item_code, closed_at) WHERE closed_at IS NOT NULL",
    "work_order_by_place": "INDEX {} ON work_order (place_id, id) WHERE place_id IS NOT NULL",
    "work_order_root_cause_once": """UNIQUE INDEX {} ON work_order (place_id, root_cause_of)
        WHERE root_cause_of IS NOT NULL AND state IN ('dispatched', 'accepted', 'on_site', 'handled', 'suspended')""",
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="orders", description=DESCRIPTION, wrap_in_transaction=False)
    manager.add_raw(_forwards)
    manager.add_raw_backwards(_backwards)
    return manager


async def _forwards() -> None:
    """A build that was cut off leaves an invalid index behind: start each from nothing."""
    async with db.connection() as connection:
        for name, index in INDEXES.items():
            await connection.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}", timeout=_BUILD_TIMEOUT_S)
            unique, _, rest = index.partition("INDEX {}")
            create = f"CREATE {unique}INDEX CONCURRENTLY {name}{rest}"
            await connection.execute(create, timeout=_BUILD_TIMEOUT_S)


async def _backwards() -> None:
    async with db.connection() as connection:
        for name in INDEXES:
            await connection.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}", timeout=_BUILD_TIMEOUT_S)
