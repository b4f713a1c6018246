from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

_PARTS = ("items", "sources", "records", "outgoing", "open311", "cameras", "sensors", "sensors.mqtt", "hotline")

APP_CONFIG = AppConfig(
    app_name="intake",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(modules=[f"backend.intake.{part}.tables" for part in _PARTS], exclude_imported=True),
    migration_dependencies=[
        "backend.accounts.piccolo_app",
        "backend.places.piccolo_app",
        "backend.items.piccolo_app",
        "backend.orders.piccolo_app",
    ],
)
