"""The whole life: states of suspension and cancelling, requests, follow-up calls."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-22T02:15:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The whole life of an order"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '300s';
ALTER TABLE work_order
    DROP CONSTRAINT work_order_state_known,
    DROP CONSTRAINT work_order_taken_has_handler,
    ADD CONSTRAINT work_order_state_known CHECK (state IN
        ('dispatched', 'accepted', 'on_site', 'handled', 'suspended', 'closed', 'cancelled')) NOT VALID,
    ADD CONSTRAINT work_order_taken_has_handler CHECK
        (state IN ('dispatched', 'cancelled') OR handler_id IS NOT NULL) NOT VALID,
    ADD CONSTRAINT work_order_cancelled_has_time CHECK
        ((state = 'cancelled') = (cancelled_at IS NOT NULL)) NOT VALID,
    ADD CONSTRAINT work_order_moves_counted CHECK (hop_count >= 0 AND reopen_count IN (0, 1)) NOT VALID,
    ADD CONSTRAINT work_order_not_its_own_parent CHECK (parent_id <> id) NOT VALID;
ALTER TABLE work_order VALIDATE CONSTRAINT work_order_state_known;
ALTER TABLE work_order VALIDATE CONSTRAINT work_order_taken_has_handler;
ALTER TABLE work_order VALIDATE CONSTRAINT work_order_cancelled_has_time;
ALTER TABLE work_order VALIDATE CONSTRAINT work_order_moves_counted;
ALTER TABLE work_order VALIDATE CONSTRAINT work_order_not_its_own_parent;

ALTER TABLE order_step DROP CONSTRAINT order_step_states_known;
ALTER TABLE order_step ADD CONSTRAINT order_step_states_known CHECK (
    to_state IN ('dispatched', 'accepted', 'on_site', 'handled', 'suspended', 'closed', 'cancelled')
    AND (from_state IS NULL) = (move = 'open')) NOT VALID;
ALTER TABLE order_step VALIDATE CONSTRAINT order_step_states_known;

ALTER TABLE order_request
    ADD CONSTRAINT order_request_kind_known CHECK (kind IN ('extension', 'suspension')),
    ADD CONSTRAINT order_request_minutes_asked CHECK ((kind = 'extension') = (minutes IS NOT NULL) AND minutes > 0),
    ADD CONSTRAINT order_request_decided_whole CHECK (
        (decided_at IS NULL) = (decided_by_id IS NULL) AND (decided_at IS NULL) = (is_granted IS NULL)),
    ADD CONSTRAINT order_request_reason_said CHECK (btrim(reason) <> '');
CREATE UNIQUE INDEX order_request_open_once ON order_request (order_id) WHERE decided_at IS NULL;
CREATE INDEX order_request_by_order ON order_request (order_id, id);

ALTER TABLE follow_up
    ADD CONSTRAINT follow_up_result_known CHECK (result IN ('satisfied', 'unsatisfied', 'unreached', 'refused')),
    ADD CONSTRAINT follow_up_called_whole CHECK (
        (result IS NULL) = (called_at IS NULL) AND (result IS NULL) = (called_by_id IS NULL));
CREATE INDEX follow_up_waiting ON follow_up (listed_at, id) WHERE result IS NULL;
"""

BACKWARDS = """
DROP INDEX follow_up_waiting, order_request_open_once, order_request_by_order;
ALTER TABLE follow_up DROP CONSTRAINT follow_up_result_known, DROP CONSTRAINT follow_up_called_whole;
ALTER TABLE order_request DROP CONSTRAINT order_request_kind_known, DROP CONSTRAINT order_request_minutes_asked,
    DROP CONSTRAINT order_request_decided_whole, DROP CONSTRAINT order_request_reason_said;
ALTER TABLE work_order DROP CONSTRAINT work_order_cancelled_has_time, DROP CONSTRAINT work_order_moves_counted,
    DROP CONSTRAINT work_order_not_its_own_parent;
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
