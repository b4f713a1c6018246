"""Foreign keys end in `_id`."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

ID = "2026-11-27T07:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Foreign keys end in _id"

_RENAMED = (
    ("Photo", "photo", "owner", "owner_id"),
    ("PhotoAttachment", "photo_attachment", "photo", "photo_id"),
    ("PhotoAct", "photo_act", "photo", "photo_id"),
    ("PhotoAct", "photo_act", "account", "account_id"),
    ("PhotoMatch", "photo_match", "photo", "photo_id"),
    ("PhotoMatch", "photo_match", "earlier", "earlier_id"),
    ("PhotoUpload", "photo_upload", "owner", "owner_id"),
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="media", description=DESCRIPTION)
    for table, tablename, old, new in _RENAMED:
        manager.rename_column(table, tablename, old, new, old, new)
    return manager
