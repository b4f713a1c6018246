"""In which language a person is written to by WeCom and WeChat, which say none; and what JPush is asked about."""

from pathlib import Path

from piccolo.columns import Varchar

from backend.schema.first import FirstMigration, tables_migration

ID = "2026-11-27T18:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Languages of messages, and arrivals"


async def forwards() -> FirstMigration:
    manager = tables_migration("push", ID, DESCRIPTION, (), Path(__file__).parent / "languages_and_arrivals")
    manager.add_column(
        table_class_name="NotificationSettings",
        tablename="notification_settings",
        column_name="language",
        column_class=Varchar,
        params={"length": 2, "default": "zh", "null": False},
    )
    return manager
