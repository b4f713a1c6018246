"""What is offered is nobody's, and not for ever; checked of new rows from now on, of all in the next migration."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T15:01:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What holds of orders that are offered"

_STATES = "'offered', 'dispatched', 'accepted', 'on_site', 'handled', 'suspended', 'closed', 'cancelled', 'merged'"
FORWARDS = f"""
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';
ALTER TABLE work_order DROP CONSTRAINT work_order_state_known;
ALTER TABLE work_order ADD CONSTRAINT work_order_state_known CHECK (state IN ({_STATES})) NOT VALID;
ALTER TABLE work_order DROP CONSTRAINT work_order_taken_has_handler;
ALTER TABLE work_order ADD CONSTRAINT work_order_taken_has_handler
    CHECK (state IN ('offered', 'dispatched', 'cancelled', 'merged') OR handler_id IS NOT NULL) NOT VALID;
-- What is offered is nobody's, and not for ever.
ALTER TABLE work_order ADD CONSTRAINT work_order_offered_is_open
    CHECK (state <> 'offered' OR handler_id IS NULL AND offered_until IS NOT NULL) NOT VALID;
-- Whoever grabbed it has accepted it.
ALTER TABLE work_order ADD CONSTRAINT work_order_grabbed_is_accepted
    CHECK (grabbed_at IS NULL OR accepted_at IS NOT NULL) NOT VALID;
ALTER TABLE order_step DROP CONSTRAINT order_step_states_known;
ALTER TABLE order_step ADD CONSTRAINT order_step_states_known
    CHECK (to_state IN ({_STATES}) AND (from_state IS NULL) = (move = 'open')) NOT VALID;
-- Offers whose window is over.
CREATE INDEX work_order_offered ON work_order (offered_until, id) WHERE state = 'offered';
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="orders", description=DESCRIPTION)
    manager.add_raw(_forwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)
