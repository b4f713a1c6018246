from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="evaluation",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(modules=["backend.evaluation.tables"], exclude_imported=True),
    migration_dependencies=["backend.accounts.piccolo_app", "backend.orders.piccolo_app"],
)
