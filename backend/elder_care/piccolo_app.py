from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="elder_care",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(modules=["backend.elder_care.tables"], exclude_imported=True),
    migration_dependencies=[
        "backend.accounts.piccolo_app",
        "backend.places.piccolo_app",
        "backend.orders.piccolo_app",
    ],
)
