"""Checks, indexes and the append-only guard of the trunk."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-22T01:45:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Guards and indexes of orders"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';
ALTER TABLE work_order
    ADD CONSTRAINT work_order_state_known CHECK (state IN ('dispatched', 'accepted', 'on_site', 'handled', 'closed')),
    ADD CONSTRAINT work_order_closed_has_time CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
    ADD CONSTRAINT work_order_taken_has_handler CHECK (state = 'dispatched' OR handler_id IS NOT NULL),
    ADD CONSTRAINT work_order_priority_known CHECK (priority ~ '^P[0-4]$'),
    ADD CONSTRAINT work_order_area_code CHECK (area_code ~ '^([0-9]{6}|[0-9]{9}|[0-9]{12})$'),
    ADD CONSTRAINT work_order_deadlines_ordered CHECK (respond_by >= opened_at AND resolve_by >= respond_by),
    ADD CONSTRAINT work_order_rating_range CHECK (rating BETWEEN 1 AND 5),
    ADD CONSTRAINT work_order_rework_counted CHECK (rework_count >= 0);
CREATE INDEX work_order_open_by_time ON work_order (resolve_by, id) WHERE state <> 'closed';
CREATE INDEX work_order_open_by_unit ON work_order (unit_id, resolve_by, id) WHERE state <> 'closed';
CREATE INDEX work_order_open_by_place ON work_order (place_id, opened_at) WHERE state <> 'closed';
CREATE INDEX work_order_by_handler ON work_order (handler_id, resolve_by, id);
CREATE INDEX work_order_by_opener ON work_order (opened_by_id, id);

ALTER TABLE order_step
    ADD CONSTRAINT order_step_states_known CHECK (
        to_state IN ('dispatched', 'accepted', 'on_site', 'handled', 'closed')
        AND (from_state IS NULL) = (move = 'open')),
    ADD CONSTRAINT order_step_datum_known CHECK (datum IN ('wgs84', 'gcj02', 'bd09')),
    ADD CONSTRAINT order_step_accuracy_not_negative CHECK (accuracy_m >= 0);
CREATE INDEX order_step_by_order ON order_step (order_id, id);
CREATE UNIQUE INDEX order_step_sent_once ON order_step (order_id, actor_id, idempotency_key)
    WHERE idempotency_key IS NOT NULL;
CREATE TRIGGER order_step_append_only BEFORE UPDATE OR DELETE ON order_step
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

ALTER TABLE check_in
    ADD CONSTRAINT check_in_method_proved CHECK (
        method = 'gps' AND distance_m IS NOT NULL OR method = 'code' AND qr_code IS NOT NULL),
    ADD CONSTRAINT check_in_lengths_not_negative CHECK (distance_m >= 0 AND accuracy_m >= 0 AND radius_m >= 0);
"""

BACKWARDS = """
ALTER TABLE check_in DROP CONSTRAINT check_in_method_proved, DROP CONSTRAINT check_in_lengths_not_negative;
DROP TRIGGER order_step_append_only ON order_step;
DROP INDEX order_step_by_order, order_step_sent_once, work_order_open_by_time, work_order_open_by_unit,
    work_order_open_by_place, work_order_by_handler, work_order_by_opener;
ALTER TABLE order_step DROP CONSTRAINT order_step_states_known, DROP CONSTRAINT order_step_datum_known,
    DROP CONSTRAINT order_step_accuracy_not_negative;
ALTER TABLE work_order DROP CONSTRAINT work_order_state_known, DROP CONSTRAINT work_order_closed_has_time,
    DROP CONSTRAINT work_order_taken_has_handler, DROP CONSTRAINT work_order_priority_known,
    DROP CONSTRAINT work_order_area_code, DROP CONSTRAINT work_order_deadlines_ordered,
    DROP CONSTRAINT work_order_rating_range, DROP CONSTRAINT work_order_rework_counted;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="orders", description=DESCRIPTION)
    manager.add_raw(_forwards)
    manager.add_raw_backwards(_backwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)


async def _backwards() -> None:
    await db.execute(BACKWARDS)
