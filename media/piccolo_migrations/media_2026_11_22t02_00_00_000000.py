"""Named checks and indexes of visibility, acts, matches and uploads; acts can only be added."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-22T02:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Checks and indexes of visibility, acts, matches and uploads"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
ALTER TABLE photo
    ADD CONSTRAINT photo_visibility_known CHECK (visibility IN ('withheld', 'released', 'redacted')),
    ADD CONSTRAINT photo_boxes_are_a_list CHECK (jsonb_typeof(boxes) = 'array');
CREATE INDEX photo_by_phash ON photo (phash) INCLUDE (id);
CREATE INDEX photo_by_age ON photo (created_at) WHERE thinned_at IS NULL;

ALTER TABLE photo_act
    ADD CONSTRAINT photo_act_known CHECK (act IN ('read_original', 'redact', 'release', 'withhold', 'hold', 'let_go'));
CREATE FUNCTION photo_act_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'photo_act is append only';
END $$;
CREATE TRIGGER photo_act_append_only BEFORE UPDATE ON photo_act
    FOR EACH ROW EXECUTE FUNCTION photo_act_is_append_only();

ALTER TABLE photo_match
    ADD CONSTRAINT photo_match_pair_once UNIQUE (photo, earlier),
    ADD CONSTRAINT photo_match_of_two CHECK (photo <> earlier),
    ADD CONSTRAINT photo_match_distance_bits CHECK (distance BETWEEN 0 AND 64);

ALTER TABLE photo_upload
    ADD CONSTRAINT photo_upload_way_known CHECK (way IN ('tus', 'direct')),
    ADD CONSTRAINT photo_upload_size_real CHECK (size_bytes > 0);
CREATE INDEX photo_upload_by_expiry ON photo_upload (expires_at);
"""

BACKWARDS = """
DROP INDEX photo_upload_by_expiry;
ALTER TABLE photo_upload DROP CONSTRAINT photo_upload_way_known, DROP CONSTRAINT photo_upload_size_real;
ALTER TABLE photo_match
    DROP CONSTRAINT photo_match_pair_once,
    DROP CONSTRAINT photo_match_of_two,
    DROP CONSTRAINT photo_match_distance_bits;
DROP TRIGGER photo_act_append_only ON photo_act;
DROP FUNCTION photo_act_is_append_only();
ALTER TABLE photo_act DROP CONSTRAINT photo_act_known;
DROP INDEX photo_by_age;
DROP INDEX photo_by_phash;
ALTER TABLE photo DROP CONSTRAINT photo_boxes_are_a_list, DROP CONSTRAINT photo_visibility_known;
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
