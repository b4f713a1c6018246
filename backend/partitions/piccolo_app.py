"""What is archived, as Piccolo sees it: the table and its migrations."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="partitions",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(["backend.partitions.tables"], exclude_imported=True),
    migration_dependencies=[],
)
