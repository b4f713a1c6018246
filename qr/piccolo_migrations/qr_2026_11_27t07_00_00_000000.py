"""Foreign keys end in `_id`."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

ID = "2026-11-27T07:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Foreign keys end in _id"

_RENAMED = (
    ("QrBatch", "qr_batch", "minted_by", "minted_by_id"),
    ("QrCode", "qr_code", "successor", "successor_id"),
    ("QrBinding", "qr_binding", "code", "code_id"),
    ("QrBinding", "qr_binding", "bound_by", "bound_by_id"),
    ("QrChange", "qr_change", "code", "code_id"),
    ("QrChange", "qr_change", "changed_by", "changed_by_id"),
    ("QrPlateCheck", "qr_plate_check", "code", "code_id"),
    ("QrPlateCheck", "qr_plate_check", "settled_by", "settled_by_id"),
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="qr", description=DESCRIPTION)
    for table, tablename, old, new in _RENAMED:
        manager.rename_column(table, tablename, old, new, old, new)
    return manager
