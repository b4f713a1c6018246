"""The database as the migrations build it, held against the tables as the code declares them."""

import pytest
from piccolo.apps.migrations.auto.diffable_table import DiffableTable
from piccolo.apps.migrations.auto.schema_differ import SchemaDiffer
from piccolo.apps.migrations.auto.schema_snapshot import SchemaSnapshot
from piccolo.apps.migrations.commands.base import BaseMigrationManager
from piccolo.table import Table

from backend import db
from backend.piccolo_conf import APP_REGISTRY

pytestmark = pytest.mark.usefixtures("pool")

APPS = list(APP_REGISTRY.app_configs)
_COLUMNS = """
    SELECT column_name AS name, is_nullable = 'YES' AS nullable FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = $1
"""
_RAW_ONLY = {
    "event_log": {"xid"},
    "place": {"words"},
    "place_change": {"xid"},
    "place_summary": {"snapshot"},
    "duty_entry": {"town_code"},
    "duty_change": {"town_code"},
}
"""Columns that only a raw migration can say."""


def tables() -> list[type[Table]]:
    return [table for app in APP_REGISTRY.app_configs.values() for table in app.table_classes]


@pytest.mark.parametrize("table", tables(), ids=lambda table: table._meta.tablename)
async def test_the_database_has_the_columns_that_the_code_declares(table):
    found = {row["name"]: row["nullable"] for row in await db.fetch(_COLUMNS, table._meta.tablename)}
    declared = {column._meta.db_column_name: column._meta.null for column in table._meta.columns}

    for name in _RAW_ONLY.get(table._meta.tablename, ()):
        found.pop(name)
    assert found == declared


@pytest.mark.parametrize("app_name", APPS)
async def test_an_automatic_migration_would_have_nothing_to_do(app_name):
    config = APP_REGISTRY.get_app_config(app_name)
    modules = BaseMigrationManager().get_migration_modules(config.resolved_migrations_folder_path)
    managers = [await module.forwards() for _, module in sorted(modules.items())]
    snapshot = SchemaSnapshot(managers).get_snapshot()
    declared = [
        DiffableTable(
            class_name=table.__name__,
            tablename=table._meta.tablename,
            columns=table._meta.non_default_columns,
            constraints=table._meta.constraints,
            schema=table._meta.schema,
        )
        for table in config.table_classes
    ]

    differ = SchemaDiffer(schema=declared, schema_snapshot=snapshot, auto_input="y")

    assert [change.statements for change in differ.get_alter_statements() if change.statements] == []


async def test_every_index_on_a_geometry_is_gist():
    wrong = await db.fetch("""
        SELECT i.indexrelid::regclass::text AS index FROM pg_index i
        JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
        JOIN pg_type t ON t.oid = a.atttypid
        WHERE t.typname IN ('geometry', 'geography') AND m.amname <> 'gist'
    """)

    assert wrong == []


async def test_no_foreign_key_deletes_work_silently():
    """ON DELETE CASCADE only where the child has no meaning of its own."""
    cascading = await db.fetch("""
        SELECT conrelid::regclass::text AS child, confrelid::regclass::text AS parent FROM pg_constraint
        WHERE contype = 'f' AND confdeltype = 'c' AND conrelid::regclass::text NOT LIKE 'pgqueuer%'
    """)

    assert {(row["child"], row["parent"]) for row in cascading} <= _CHILDREN_WITHOUT_OWN_MEANING


_CHILDREN_WITHOUT_OWN_MEANING = {
    ("dismissed_notice", "account"),
    ("on_call", "account"),
    ("place_summary", "place"),
    ("role_grant", "account"),
    ("session", "account"),
    ("session", "session"),
    ("session_link", "session"),
    ("merge_request", "session_link"),
    ("merge_request", "account"),
    ("duty_shift", "account"),
    ("duty_shift", "org_unit"),
    ("team_member", "team"),
    ("team_member", "account"),
    ("team_beat", "team"),
    ("staff_position", "account"),
    ("photo_match", "photo"),
    ("message", "account"),
    ("message", "event_log"),
    ("message_delivery", "message"),
    ("message_delivery", "account"),
    ("device", "account"),
    ("device", "session"),
    ("external_identity", "account"),
    ("subscribe_credit", "account"),
    ("wecom_card", "message_delivery"),
    ("notification_settings", "account"),
    ("muted_kind", "account"),
    ("responsibility_rule", "item"),
}
