from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

_PARTS = ("offers", "people", "ledgers", "goods")

APP_CONFIG = AppConfig(
    app_name="grab_orders",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(modules=[f"grab_orders.{part}.tables" for part in _PARTS], exclude_imported=True),
    migration_dependencies=[
        "backend.accounts.piccolo_app",
        "backend.places.piccolo_app",
        "backend.items.piccolo_app",
        "backend.orders.piccolo_app",
    ],
)
