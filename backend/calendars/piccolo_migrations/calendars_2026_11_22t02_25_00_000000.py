"""One word about a day, windows within a day, modes that end after they start."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-22T02:25:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Checks of calendars"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '300s';
ALTER TABLE calendar_day
    ADD CONSTRAINT calendar_day_area_prefix CHECK (area_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})?$'),
    ADD CONSTRAINT calendar_day_once UNIQUE (area_code, on_date),
    ADD CONSTRAINT calendar_day_origin_known CHECK (origin IN ('package', 'person'));
ALTER TABLE clock_window
    ADD CONSTRAINT clock_window_area_prefix CHECK (area_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})?$'),
    ADD CONSTRAINT clock_window_clock_known CHECK (clock IN ('service', 'work')),
    ADD CONSTRAINT clock_window_within_day CHECK (0 <= opens_min AND opens_min < closes_min AND closes_min <= 1440),
    ADD CONSTRAINT clock_window_opens_once UNIQUE (area_code, clock, opens_min);
ALTER TABLE weather_mode
    ADD CONSTRAINT weather_mode_area_prefix CHECK (area_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})?$'),
    ADD CONSTRAINT weather_mode_level_known CHECK (level IN ('red', 'orange')),
    ADD CONSTRAINT weather_mode_ends_later CHECK (ends_at > starts_at);
CREATE INDEX weather_mode_by_area ON weather_mode (area_code, starts_at);
"""

BACKWARDS = """
DROP INDEX weather_mode_by_area;
ALTER TABLE weather_mode DROP CONSTRAINT weather_mode_area_prefix, DROP CONSTRAINT weather_mode_level_known,
    DROP CONSTRAINT weather_mode_ends_later;
ALTER TABLE clock_window DROP CONSTRAINT clock_window_area_prefix, DROP CONSTRAINT clock_window_clock_known,
    DROP CONSTRAINT clock_window_within_day, DROP CONSTRAINT clock_window_opens_once;
ALTER TABLE calendar_day DROP CONSTRAINT calendar_day_area_prefix, DROP CONSTRAINT calendar_day_once,
    DROP CONSTRAINT calendar_day_origin_known;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="calendars", description=DESCRIPTION)
    manager.add_raw(_forwards)
    manager.add_raw_backwards(_backwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)


async def _backwards() -> None:
    await db.execute(BACKWARDS)
