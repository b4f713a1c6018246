"""The indexes of open orders hold those that are offered, too."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T15:04:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Indexes of open orders with those that are offered"

_OPEN = "state IN ('offered', 'dispatched', 'accepted', 'on_site', 'handled', 'suspended')"
_INDEXES = {
    "work_order_open_of_unit": f"INDEX {{name}} ON work_order (unit_id) WHERE {_OPEN}",
    "work_order_open_around": f"INDEX {{name}} ON work_order USING gist (loc) WHERE {_OPEN}",
    "work_order_root_cause_once": f"""UNIQUE INDEX {{name}} ON work_order (place_id, root_cause_of)
        WHERE root_cause_of IS NOT NULL AND {_OPEN}""",
    # The expression is DUE_AT of overdue.py, a test asks.
    "work_order_desk_due": f"""INDEX {{name}} ON work_order ((coalesce(
        CASE state
        WHEN 'offered' THEN least(respond_by, arrive_by, safe_by, resolve_by)
        WHEN 'dispatched' THEN least(respond_by, arrive_by, safe_by, resolve_by)
        WHEN 'accepted' THEN least(CASE WHEN arrived_at IS NULL THEN arrive_by END,
            CASE WHEN made_safe_at IS NULL THEN safe_by END, resolve_by)
        WHEN 'on_site' THEN least(CASE WHEN made_safe_at IS NULL THEN safe_by END, resolve_by)
        WHEN 'handled' THEN verify_by END, '9999-01-01 00:00:00+00'::timestamptz)), id)
        WHERE {_OPEN}""",
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="orders", description=DESCRIPTION)
    manager.add_raw(_forwards)
    return manager


async def _forwards() -> None:
    await db.execute("SET LOCAL lock_timeout = '5s'")
    await db.execute("SET LOCAL statement_timeout = '60s'")
    for name, definition in _INDEXES.items():
        await db.execute(f"CREATE {definition.format(name=f'{name}_new')}")
        await db.execute(f"DROP INDEX {name}")
        await db.execute(f"ALTER INDEX {name}_new RENAME TO {name}")
