"""When two reports are one case: the rules, with defaults by category. 0 minutes of window: never."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-22T02:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Rules of duplicates"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';
ALTER TABLE duplicate_rule
    ADD CONSTRAINT duplicate_rule_lengths CHECK (radius_m BETWEEN 0 AND 1000 AND window_min >= 0 AND closed_min >= 0);
INSERT INTO duplicate_rule (prefix, radius_m, window_min, closed_min) VALUES
    ('', 30, 4320, 1440),
    ('A1', 30, 240, 60),
    ('A2', 30, 480, 120),
    ('A5', 50, 43200, 2880),
    ('B1', 30, 4320, 240),
    ('B2', 30, 4320, 240),
    ('B3', 50, 43200, 1440),
    ('B4', 50, 4320, 240),
    ('B103', 0, 0, 0),
    ('B302', 0, 0, 0),
    ('B401', 0, 0, 0),
    ('C', 0, 0, 0)
ON CONFLICT (prefix) DO NOTHING;
"""

BACKWARDS = """
ALTER TABLE duplicate_rule DROP CONSTRAINT duplicate_rule_lengths;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="reports", description=DESCRIPTION)
    manager.add_raw(_forwards)
    manager.add_raw_backwards(_backwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)


async def _backwards() -> None:
    await db.execute(BACKWARDS)
