"""并案: a state of its own for merged orders, and who follows an order besides its opener."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-22T02:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Guards of merged orders"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '300s';
ALTER TABLE work_order
    DROP CONSTRAINT work_order_state_known,
    DROP CONSTRAINT work_order_taken_has_handler,
    ADD CONSTRAINT work_order_state_known CHECK (state IN
        ('dispatched', 'accepted', 'on_site', 'handled', 'suspended', 'closed', 'cancelled', 'merged')) NOT VALID,
    ADD CONSTRAINT work_order_taken_has_handler CHECK
        (state IN ('dispatched', 'cancelled', 'merged') OR handler_id IS NOT NULL) NOT VALID,
    ADD CONSTRAINT work_order_merged_has_survivor CHECK
        ((state = 'merged') = (merged_into_id IS NOT NULL)) NOT VALID,
    ADD CONSTRAINT work_order_not_merged_into_itself CHECK (merged_into_id <> id) NOT VALID,
    ADD CONSTRAINT work_order_root_cause_of_a_place CHECK
        (root_cause_of IS NULL OR place_id IS NOT NULL) NOT VALID;
ALTER TABLE work_order VALIDATE CONSTRAINT work_order_state_known;
ALTER TABLE work_order VALIDATE CONSTRAINT work_order_taken_has_handler;
ALTER TABLE work_order VALIDATE CONSTRAINT work_order_merged_has_survivor;
ALTER TABLE work_order VALIDATE CONSTRAINT work_order_not_merged_into_itself;
ALTER TABLE work_order VALIDATE CONSTRAINT work_order_root_cause_of_a_place;

ALTER TABLE order_step DROP CONSTRAINT order_step_states_known;
ALTER TABLE order_step ADD CONSTRAINT order_step_states_known CHECK (
    to_state IN ('dispatched', 'accepted', 'on_site', 'handled', 'suspended', 'closed', 'cancelled', 'merged')
    AND (from_state IS NULL) = (move = 'open')) NOT VALID;
ALTER TABLE order_step VALIDATE CONSTRAINT order_step_states_known;

ALTER TABLE order_follower ADD CONSTRAINT order_follower_once UNIQUE (order_id, account_id, origin_id);
CREATE INDEX order_follower_by_account ON order_follower (account_id, order_id);

CREATE OR REPLACE FUNCTION wake_ladder() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.ladder_at := CASE
        WHEN NEW.state IN ('closed', 'cancelled', 'suspended', 'merged') THEN NULL
        ELSE '-infinity'::timestamptz END;
    RETURN NEW;
END $$;
"""

BACKWARDS = """
DROP INDEX order_follower_by_account;
ALTER TABLE order_follower DROP CONSTRAINT order_follower_once;
ALTER TABLE work_order DROP CONSTRAINT work_order_merged_has_survivor,
    DROP CONSTRAINT work_order_not_merged_into_itself, DROP CONSTRAINT work_order_root_cause_of_a_place;
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
