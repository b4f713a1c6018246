"""What the clocks keep: pauses, limits, the ladder. A change of an order wakes its ladder."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-22T02:25:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Guards of clocks and ladder"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '300s';
ALTER TABLE work_order DROP CONSTRAINT work_order_deadlines_ordered;
ALTER TABLE work_order
    ADD CONSTRAINT work_order_deadlines_later CHECK (respond_by >= opened_at AND resolve_by >= opened_at) NOT VALID;
ALTER TABLE work_order VALIDATE CONSTRAINT work_order_deadlines_later;
ALTER TABLE work_order ALTER COLUMN ladder_at SET DEFAULT '-infinity';

ALTER TABLE order_pause
    ADD CONSTRAINT order_pause_kind_known CHECK (kind IN ('extension', 'suspension', 'verification')),
    ADD CONSTRAINT order_pause_ends_later CHECK (ends_at >= starts_at),
    ADD CONSTRAINT order_pause_extension_has_minutes CHECK (
        (kind = 'extension') = (minutes IS NOT NULL) AND minutes > 0);
CREATE INDEX order_pause_by_order ON order_pause (order_id, starts_at);
CREATE UNIQUE INDEX order_pause_open_once ON order_pause (order_id) WHERE kind = 'suspension' AND ends_at IS NULL;

ALTER TABLE sla_policy
    ADD CONSTRAINT sla_policy_area_prefix CHECK (area_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})?$'),
    ADD CONSTRAINT sla_policy_once UNIQUE (item_code, area_code),
    ADD CONSTRAINT sla_policy_positive CHECK (
        respond_min > 0 AND arrive_min > 0 AND safe_min > 0 AND resolve_min > 0 AND verify_min > 0);

ALTER TABLE escalation_rung
    ADD CONSTRAINT escalation_rung_area_prefix CHECK (area_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})?$'),
    ADD CONSTRAINT escalation_rung_stage_known CHECK (stage IN ('respond', 'arrive', 'safe', 'resolve', 'verify')),
    ADD CONSTRAINT escalation_rung_percent CHECK (at_percent BETWEEN 1 AND 10000),
    ADD CONSTRAINT escalation_rung_who_known CHECK (
        who IN ('handler', 'unit', 'verifier', 'supervisor', 'street', 'district')),
    ADD CONSTRAINT escalation_rung_quiet_known CHECK (quiet IN ('urgent', 'never', 'always')),
    ADD CONSTRAINT escalation_rung_once UNIQUE (area_code, item_prefix, stage, at_percent, who);

ALTER TABLE escalation
    ADD CONSTRAINT escalation_once UNIQUE (order_id, stage, rung_id, round_at);
CREATE INDEX escalation_by_rung ON escalation (rung_id);

CREATE FUNCTION wake_ladder() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.ladder_at := CASE
        WHEN NEW.state IN ('closed', 'cancelled', 'suspended') THEN NULL ELSE '-infinity'::timestamptz END;
    RETURN NEW;
END $$;
CREATE TRIGGER work_order_wakes_ladder BEFORE UPDATE ON work_order FOR EACH ROW
    WHEN ((OLD.state, OLD.respond_by, OLD.arrive_by, OLD.safe_by, OLD.resolve_by, OLD.verify_by, OLD.made_safe_at)
        IS DISTINCT FROM
        (NEW.state, NEW.respond_by, NEW.arrive_by, NEW.safe_by, NEW.resolve_by, NEW.verify_by, NEW.made_safe_at))
    EXECUTE FUNCTION wake_ladder();
"""

BACKWARDS = """
DROP TRIGGER work_order_wakes_ladder ON work_order;
DROP FUNCTION wake_ladder();
DROP INDEX escalation_by_rung, order_pause_by_order, order_pause_open_once;
ALTER TABLE escalation DROP CONSTRAINT escalation_once;
ALTER TABLE escalation_rung DROP CONSTRAINT escalation_rung_area_prefix, DROP CONSTRAINT escalation_rung_stage_known,
    DROP CONSTRAINT escalation_rung_percent, DROP CONSTRAINT escalation_rung_who_known,
    DROP CONSTRAINT escalation_rung_quiet_known, DROP CONSTRAINT escalation_rung_once;
ALTER TABLE sla_policy DROP CONSTRAINT sla_policy_area_prefix, DROP CONSTRAINT sla_policy_once,
    DROP CONSTRAINT sla_policy_positive;
ALTER TABLE order_pause DROP CONSTRAINT order_pause_kind_known, DROP CONSTRAINT order_pause_ends_later,
    DROP CONSTRAINT order_pause_extension_has_minutes;
ALTER TABLE work_order ALTER COLUMN ladder_at DROP DEFAULT;
ALTER TABLE work_order DROP CONSTRAINT work_order_deadlines_later;
-- Orders that a second unit answers for may break it: it binds what is written from now on.
ALTER TABLE work_order ADD CONSTRAINT work_order_deadlines_ordered
    CHECK (respond_by >= opened_at AND resolve_by >= respond_by) NOT VALID;
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
