"""Indexes of the desk, built without stopping writers. Each is partial: opening an order writes only into the first."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-25T04:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Indexes of the desk"

_BUILD_TIMEOUT_S = 3600.0
# The expressions are those of queries/overdue.py and queries/desk/conditions.py; a test asks whether they are used.
DUE_AT = """coalesce(CASE state
    WHEN 'dispatched' THEN least(respond_by, arrive_by, safe_by, resolve_by)
    WHEN 'accepted' THEN least(CASE WHEN arrived_at IS NULL THEN arrive_by END,
        CASE WHEN made_safe_at IS NULL THEN safe_by END, resolve_by)
    WHEN 'on_site' THEN least(CASE WHEN made_safe_at IS NULL THEN safe_by END, resolve_by)
    WHEN 'handled' THEN verify_by END, '9999-01-01 00:00:00+00'::timestamptz)"""
KEYS = """ARRAY['a' || left(area_code, 6), 'a' || left(area_code, 9), 'a' || area_code,
    'i' || left(item_code, 1), 'i' || left(item_code, 2), 'i' || item_code, 'g' || grid_code,
    'u' || unit_id::text, 'h' || handler_id::text, 'p' || priority, 's' || source_kind]"""
OPEN = "state IN ('dispatched', 'accepted', 'on_site', 'handled', 'suspended')"
ENDED = "state IN ('closed', 'cancelled', 'merged')"
INDEXES = {
    "work_order_desk_due": f"ON work_order (({DUE_AT}), id) WHERE {OPEN}",
    "work_order_desk_ended": f"ON work_order (opened_at, id) WHERE {ENDED}",
    "work_order_desk_keys": f"ON work_order USING gin (({KEYS})) WHERE {ENDED}",
    "follow_up_to_call": "ON follow_up (listed_at, id) WHERE result IS NULL OR result = 'unreached'",
    "follow_up_called": "ON follow_up (called_at, id) WHERE result IN ('satisfied', 'unsatisfied', 'refused')",
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
            await connection.execute(f"CREATE INDEX CONCURRENTLY {name} {index}", timeout=_BUILD_TIMEOUT_S)
        # Expressions have no statistics until they are gathered; without them the planner guesses.
        await connection.execute("ANALYZE work_order", timeout=_BUILD_TIMEOUT_S)


async def _backwards() -> None:
    async with db.connection() as connection:
        for name in INDEXES:
            await connection.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}", timeout=_BUILD_TIMEOUT_S)
