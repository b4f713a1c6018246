"""Shops as Piccolo sees them: the tables of every part, and their migrations."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="shops",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=table_finder(
        modules=[
            "shops.register.tables",
            "shops.complaints.tables",
            "shops.inspections.tables",
            "shops.grades.tables",
            "shops.pickup.tables",
            "shops.analysis.tables",
            "shops.policies.tables",
            "shops.public.tables",
        ],
        exclude_imported=True,
    ),
    migration_dependencies=[
        "backend.accounts.piccolo_app",
        "backend.places.piccolo_app",
        "backend.items.piccolo_app",
        "media.piccolo_app",
        "backend.orders.piccolo_app",
    ],
)
