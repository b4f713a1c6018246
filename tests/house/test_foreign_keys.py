"""A column that refers to a row of another table says so by its name."""

from piccolo.columns import ForeignKey
from piccolo.table import Table

from backend.piccolo_conf import APP_REGISTRY


def test_every_foreign_key_ends_in_id():
    wrong = [
        f"{table._meta.tablename}.{name}"
        for table in _tables()
        for column in table._meta.columns
        if isinstance(column, ForeignKey)
        for name in {column._meta.name, column._meta.db_column_name}
        if not name.endswith("_id")
    ]

    assert wrong == [], "a foreign key is called after its table or its part in it, and ends in _id"


def _tables() -> list[type[Table]]:
    return [table for app in APP_REGISTRY.app_configs.values() for table in app.table_classes]
