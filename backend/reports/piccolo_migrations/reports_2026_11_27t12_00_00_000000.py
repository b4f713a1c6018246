"""What a place shows, kept beside it, and the notes of what changed meanwhile."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import JSON, Array, BigInt, BigSerial, ForeignKey, OnDelete, OnUpdate, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow
from piccolo.columns.indexes import IndexMethod
from piccolo.table import Table

ID = "2026-11-27T12:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Summaries of places"


class Place(Table, tablename="place"):
    id = BigSerial(primary_key=True)


_COLUMN = {"null": False, "primary_key": False, "unique": False, "index": False, "index_method": IndexMethod.btree}
_SUMMARY = {
    "place_id": (
        ForeignKey,
        {
            **_COLUMN,
            "references": Place,
            "on_delete": OnDelete.cascade,
            "on_update": OnUpdate.cascade,
            "target_column": None,
            "default": None,
            "primary_key": True,
        },
    ),
    "reported": (JSON, {**_COLUMN, "default": "[]"}),
    "frequent": (Array, {**_COLUMN, "base_column": Varchar(length=8), "default": list}),
    "spots": (Array, {**_COLUMN, "base_column": BigInt(), "default": list}),
    "made_at": (Timestamptz, {**_COLUMN, "default": None}),
    "good_until": (Timestamptz, {**_COLUMN, "default": None}),
}
_CHANGE = {
    "id": (BigSerial, {**_COLUMN, "primary_key": True}),
    "spot": (BigInt, {**_COLUMN, "default": None}),
    "noted_at": (Timestamptz, {**_COLUMN, "default": TimestamptzNow()}),
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="reports", description=DESCRIPTION)
    for class_name, tablename, columns in (
        ("PlaceSummary", "place_summary", _SUMMARY),
        ("PlaceChange", "place_change", _CHANGE),
    ):
        manager.add_table(class_name=class_name, tablename=tablename)
        for name, (kind, params) in columns.items():
            manager.add_column(
                table_class_name=class_name,
                tablename=tablename,
                column_name=name,
                column_class=kind,
                column_class_name=kind.__name__,
                params=params,
            )
    return manager
