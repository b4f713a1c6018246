"""What Piccolo cannot say: named checks, a key once per owner, a photo used once, the way from a subject to its photos."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-22T01:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Checks and indexes of photos"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
ALTER TABLE photo
    ADD CONSTRAINT photo_owner_client_key_once UNIQUE (owner, client_key),
    ADD CONSTRAINT photo_sha256_whole CHECK (octet_length(sha256) = 32),
    ADD CONSTRAINT photo_size_real CHECK (width > 0 AND height > 0 AND size_bytes > 0),
    ADD CONSTRAINT photo_media_type_known
        CHECK (media_type IN ('image/jpeg', 'image/png', 'image/webp', 'image/heic'));
CREATE INDEX photo_by_sha256 ON photo (sha256);

ALTER TABLE photo_attachment
    ADD CONSTRAINT photo_attachment_photo_once UNIQUE (photo),
    ADD CONSTRAINT photo_attachment_kind_known CHECK (subject_kind IN ('report', 'order_step')),
    ADD CONSTRAINT photo_attachment_role_known CHECK (role IN ('report', 'before', 'after'));
CREATE INDEX photo_attachment_by_subject ON photo_attachment (subject_kind, subject_id, position);
"""

BACKWARDS = """
DROP INDEX photo_attachment_by_subject;
ALTER TABLE photo_attachment
    DROP CONSTRAINT photo_attachment_photo_once,
    DROP CONSTRAINT photo_attachment_kind_known,
    DROP CONSTRAINT photo_attachment_role_known;
DROP INDEX photo_by_sha256;
ALTER TABLE photo
    DROP CONSTRAINT photo_owner_client_key_once,
    DROP CONSTRAINT photo_sha256_whole,
    DROP CONSTRAINT photo_size_real,
    DROP CONSTRAINT photo_media_type_known;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="media", description=DESCRIPTION)

    async def run() -> None:
        await db.execute(FORWARDS)

    async def run_backwards() -> None:
        await db.execute(BACKWARDS)

    manager.add_raw(run)
    manager.add_raw_backwards(run_backwards)
    return manager
