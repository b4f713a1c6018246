"""Photos may show what happened in an emergency."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-28T07:19:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Photos of situations"
_KNOWN = """
ALTER TABLE photo_attachment DROP CONSTRAINT photo_attachment_kind_known;
ALTER TABLE photo_attachment ADD CONSTRAINT photo_attachment_kind_known
    CHECK (subject_kind IN ('report', 'order_step', 'code_binding', 'finding_step', 'campaign_record',
        'situation_entry')) NOT VALID;
ALTER TABLE photo_attachment VALIDATE CONSTRAINT photo_attachment_kind_known
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="media", description=DESCRIPTION)

    async def let_situations_have_photos() -> None:
        async with db.transaction():
            await db.execute("SET LOCAL lock_timeout = '5s'")
            await db.execute(_KNOWN)

    manager.add_raw(let_situations_have_photos)
    return manager
