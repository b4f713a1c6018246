from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

_PARTS = ("", "targets.", "rounds.", "records.")

APP_CONFIG = AppConfig(
    app_name="campaigns",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(modules=[f"backend.campaigns.{part}tables" for part in _PARTS], exclude_imported=True),
    migration_dependencies=[
        "backend.accounts.piccolo_app",
        "backend.emergencies.piccolo_app",
        "backend.places.piccolo_app",
        "backend.items.piccolo_app",
        "backend.orders.piccolo_app",
    ],
)
