"""Cameras, what they told, and the events into which that is folded. Columns that are asked for by nobody have no index.

Of one camera and kind the latest event is looked up with each message; the numbers of messages are unique by camera.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-28T05:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Cameras and their events"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';
CREATE TABLE camera (
    id bigserial PRIMARY KEY,
    source_id bigint NOT NULL REFERENCES intake_source (id) ON DELETE RESTRICT ON UPDATE CASCADE,
    camera_no varchar(64) NOT NULL,
    name varchar(120) NOT NULL DEFAULT '',
    place_id bigint REFERENCES place (id) ON DELETE RESTRICT ON UPDATE CASCADE,
    area_code varchar(12) NOT NULL,
    spot varchar(8) NOT NULL DEFAULT 'other',
    state varchar(7) NOT NULL DEFAULT 'unknown',
    right_count integer NOT NULL DEFAULT 0,
    wrong_count integer NOT NULL DEFAULT 0,
    seen_at timestamptz,
    claimed_by_id bigint REFERENCES account (id) ON DELETE RESTRICT ON UPDATE CASCADE,
    claimed_at timestamptz,
    CONSTRAINT camera_number_once UNIQUE (source_id, camera_no),
    CONSTRAINT camera_number_is_one CHECK (camera_no <> ''),
    CONSTRAINT camera_spot_known
        CHECK (spot IN ('lift', 'corridor', 'exit', 'street', 'front', 'bins', 'yard', 'other')),
    CONSTRAINT camera_state_known CHECK (state IN ('unknown', 'in_use', 'off')),
    CONSTRAINT camera_in_use_has_a_place CHECK (state <> 'in_use' OR place_id IS NOT NULL),
    CONSTRAINT camera_counts_up CHECK (right_count >= 0 AND wrong_count >= 0)
);
CREATE INDEX camera_by_area ON camera (area_code varchar_pattern_ops, id);
CREATE INDEX camera_by_place ON camera (place_id) WHERE place_id IS NOT NULL;
CREATE TABLE camera_event (
    id bigserial PRIMARY KEY,
    camera_id bigint NOT NULL REFERENCES camera (id) ON DELETE RESTRICT ON UPDATE CASCADE,
    kind varchar(24) NOT NULL,
    class_code varchar(80) NOT NULL DEFAULT '',
    text varchar(500) NOT NULL DEFAULT '',
    first_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    detection_count integer NOT NULL DEFAULT 1,
    photo_id uuid,
    fate varchar(8) NOT NULL,
    notified_percent smallint,
    record_id bigint REFERENCES intake_record (id) ON DELETE RESTRICT ON UPDATE CASCADE,
    order_id bigint REFERENCES work_order (id) ON DELETE RESTRICT ON UPDATE CASCADE,
    ended_at timestamptz,
    verdict varchar(5),
    CONSTRAINT camera_event_fate_known CHECK (fate IN ('held', 'watched', 'notified', 'filed', 'over')),
    CONSTRAINT camera_event_runs_forward CHECK (first_at <= last_at),
    CONSTRAINT camera_event_has_detections CHECK (detection_count >= 1),
    CONSTRAINT camera_event_verdict_known CHECK (verdict IN ('right', 'wrong')),
    CONSTRAINT camera_event_filed_is_on_record CHECK (fate <> 'filed' OR record_id IS NOT NULL),
    CONSTRAINT camera_event_percent_is_one CHECK (notified_percent BETWEEN 0 AND 100)
);
CREATE INDEX camera_event_by_kind ON camera_event (camera_id, kind, last_at DESC) WHERE ended_at IS NULL;
CREATE INDEX camera_event_by_camera ON camera_event (camera_id, id DESC);
CREATE INDEX camera_event_by_order ON camera_event (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX camera_event_by_record ON camera_event (record_id) WHERE record_id IS NOT NULL;
CREATE TABLE camera_detection (
    id bigserial PRIMARY KEY,
    camera_id bigint NOT NULL REFERENCES camera (id) ON DELETE CASCADE ON UPDATE CASCADE,
    detection_no varchar(80) NOT NULL,
    event_id bigint NOT NULL REFERENCES camera_event (id) ON DELETE CASCADE ON UPDATE CASCADE,
    received_at timestamptz NOT NULL,
    CONSTRAINT camera_detection_once UNIQUE (camera_id, detection_no)
);
CREATE INDEX camera_detection_by_event ON camera_detection (event_id);
CREATE TABLE viid_registration (
    id bigserial PRIMARY KEY,
    source_id bigint NOT NULL REFERENCES intake_source (id) ON DELETE CASCADE ON UPDATE CASCADE,
    device_no varchar(20) NOT NULL,
    address varchar(45) NOT NULL,
    until timestamptz NOT NULL,
    CONSTRAINT viid_registration_once UNIQUE (device_no, address)
);
CREATE INDEX viid_registration_by_source ON viid_registration (source_id);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="intake", description=DESCRIPTION)
    manager.add_raw(_forwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)
