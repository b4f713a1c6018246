"""Guards of who stands where: one of each, a beat within one unit, a named duty for a beat or for an area."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-25T03:23:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Guards of duty"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';
ALTER TABLE team
    ADD CONSTRAINT team_code_said CHECK (code <> ''),
    ADD CONSTRAINT team_code_once UNIQUE (unit_id, code),
    ADD CONSTRAINT team_of_its_unit UNIQUE (id, unit_id);
ALTER TABLE team_member ADD CONSTRAINT team_member_once UNIQUE (account_id, team_id);
CREATE INDEX team_member_by_team ON team_member (team_id);
ALTER TABLE team_beat ADD CONSTRAINT team_beat_once UNIQUE (grid_code, team_id);
CREATE INDEX team_beat_by_team ON team_beat (team_id);

ALTER TABLE named_duty
    ADD CONSTRAINT named_duty_somewhere CHECK ((team_id IS NULL) <> (area_code IS NULL)),
    ADD CONSTRAINT named_duty_area_prefix CHECK (area_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'),
    ADD CONSTRAINT named_duty_supervised_by_another CHECK (supervisor_id <> account_id),
    ADD CONSTRAINT named_duty_team_of_its_unit FOREIGN KEY (team_id, unit_id) REFERENCES team (id, unit_id)
        ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE UNIQUE INDEX named_duty_once ON named_duty
    (unit_id, coalesce(item_code, ''), coalesce(team_id, 0), coalesce(area_code, ''));
CREATE INDEX named_duty_by_account ON named_duty (account_id);

ALTER TABLE staff_position
    ADD CONSTRAINT staff_position_accuracy_not_negative CHECK (accuracy_m >= 0);
"""

BACKWARDS = """
ALTER TABLE staff_position DROP CONSTRAINT staff_position_accuracy_not_negative;
DROP INDEX named_duty_once, named_duty_by_account, team_beat_by_team, team_member_by_team;
ALTER TABLE named_duty DROP CONSTRAINT named_duty_somewhere, DROP CONSTRAINT named_duty_area_prefix,
    DROP CONSTRAINT named_duty_supervised_by_another, DROP CONSTRAINT named_duty_team_of_its_unit;
ALTER TABLE team_beat DROP CONSTRAINT team_beat_once;
ALTER TABLE team_member DROP CONSTRAINT team_member_once;
ALTER TABLE team DROP CONSTRAINT team_code_said, DROP CONSTRAINT team_code_once, DROP CONSTRAINT team_of_its_unit;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="duty", description=DESCRIPTION)
    manager.add_raw(_forwards)
    manager.add_raw_backwards(_backwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)


async def _backwards() -> None:
    await db.execute(BACKWARDS)
