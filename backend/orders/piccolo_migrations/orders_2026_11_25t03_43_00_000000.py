"""Guards of graded arrivals: the rows that are there, looked at while others go on writing."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-25T03:43:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Guards of graded arrivals hold for old rows too"

CHECKS = (
    "check_in_method_proved",
    "check_in_grade_known",
    "check_in_appeal_graded",
    "check_in_strong_by_code",
    "check_in_doubts_known",
    "check_in_fix_whole",
    "check_in_fix_on_globe",
    "check_in_datum_known",
    "check_in_source_known",
    "check_in_age_of_a_day",
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="orders", description=DESCRIPTION)
    manager.add_raw(_forwards)
    manager.add_raw_backwards(_backwards)
    return manager


async def _forwards() -> None:
    """A step of its own: in the one that adds a check its lock would stand until every row was read."""
    await db.execute("SET LOCAL lock_timeout = '5s'; SET LOCAL statement_timeout = '300s'")
    for name in CHECKS:
        await db.execute(f"ALTER TABLE check_in VALIDATE CONSTRAINT {name}")


async def _backwards() -> None:
    """A check that holds may stay so."""
