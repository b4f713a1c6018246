"""Checks and indexes of the dictionary and its responsibility rules."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-22T01:45:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Checks and indexes of the dictionary"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';
ALTER TABLE item
    ADD CONSTRAINT item_code_plain CHECK (code ~ '^[A-Z][0-9]{3}$'),
    ADD CONSTRAINT item_clock_known CHECK (clock IN ('always', 'service', 'work')),
    ADD CONSTRAINT item_mode_known CHECK (dispatch_mode IN ('direct', 'grab', 'approval')),
    ADD CONSTRAINT item_verify_known CHECK
        (verify_mode IN ('photo_auto', 'inspector_check', 'two_person_check', 'merchant_confirm')),
    ADD CONSTRAINT item_priority_known CHECK (priority ~ '^P[0-4]$'),
    ADD CONSTRAINT item_limits_ordered CHECK (respond_min > 0 AND resolve_min >= respond_min),
    ADD CONSTRAINT item_evidence_counted CHECK (report_photos_min BETWEEN 0 AND 9
        AND before_photos_min BETWEEN 0 AND 9 AND after_photos_min BETWEEN 0 AND 9),
    ADD CONSTRAINT item_radius_not_negative CHECK (checkin_radius_m >= 0);

ALTER TABLE responsibility_rule
    ADD CONSTRAINT responsibility_rule_one_subject CHECK ((item_code IS NULL) <> (unit_type IS NULL)),
    ADD CONSTRAINT responsibility_rule_area_prefix CHECK (area_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$');
CREATE UNIQUE INDEX responsibility_rule_once ON responsibility_rule
    (coalesce(item_code, ''), coalesce(unit_type, ''), area_code);
CREATE INDEX responsibility_rule_by_unit ON responsibility_rule (unit_id);
"""

BACKWARDS = """
DROP INDEX responsibility_rule_once, responsibility_rule_by_unit;
ALTER TABLE responsibility_rule DROP CONSTRAINT responsibility_rule_one_subject,
    DROP CONSTRAINT responsibility_rule_area_prefix;
ALTER TABLE item DROP CONSTRAINT item_code_plain, DROP CONSTRAINT item_clock_known, DROP CONSTRAINT item_mode_known,
    DROP CONSTRAINT item_verify_known, DROP CONSTRAINT item_priority_known, DROP CONSTRAINT item_limits_ordered,
    DROP CONSTRAINT item_evidence_counted, DROP CONSTRAINT item_radius_not_negative;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="items", description=DESCRIPTION)
    manager.add_raw(_forwards)
    manager.add_raw_backwards(_backwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)


async def _backwards() -> None:
    await db.execute(BACKWARDS)
