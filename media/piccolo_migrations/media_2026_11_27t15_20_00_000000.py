"""Photos may show a finding and how it was put right."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T15:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Photos of findings"
_KNOWN = """
ALTER TABLE photo_attachment DROP CONSTRAINT photo_attachment_kind_known;
ALTER TABLE photo_attachment ADD CONSTRAINT photo_attachment_kind_known
    CHECK (subject_kind IN ('report', 'order_step', 'code_binding', 'finding_step')) NOT VALID;
ALTER TABLE photo_attachment VALIDATE CONSTRAINT photo_attachment_kind_known
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="media", description=DESCRIPTION)

    async def let_findings_have_photos() -> None:
        async with db.transaction():
            await db.execute("SET LOCAL lock_timeout = '5s'")
            await db.execute(_KNOWN)

    manager.add_raw(let_findings_have_photos)
    return manager
