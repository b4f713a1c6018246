"""到场核实: what a graded arrival must say. Arrivals from before have no grade; they are looked at in the next step."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-25T03:41:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Guards of graded arrivals"

CHECKS = {
    "check_in_method_proved": """method = 'gps' AND distance_m IS NOT NULL OR method = 'code' AND qr_code IS NOT NULL
        OR method = 'appeal' AND coalesce(btrim(appeal_reason), '') <> ''""",
    "check_in_grade_known": "grade IN ('strong', 'fair', 'weak', 'appealed')",
    "check_in_appeal_graded": "(method = 'appeal') = (grade IS NOT DISTINCT FROM 'appealed')",
    "check_in_strong_by_code": "grade <> 'strong' OR method = 'code' AND cardinality(doubts) = 0",
    "check_in_doubts_known": """doubts <@ ARRAY['mock', 'impossible_speed', 'vague', 'stale', 'by_hand', 'offline',
        'clock_wrong', 'code_not_fresh', 'code_elsewhere']::varchar[]""",
    "check_in_fix_whole": "num_nulls(raw_lng, raw_lat, raw_datum, fixed_at) IN (0, 4)",
    "check_in_fix_on_globe": "raw_lng BETWEEN -180 AND 180 AND raw_lat BETWEEN -90 AND 90",
    "check_in_datum_known": "raw_datum IN ('wgs84', 'gcj02', 'bd09')",
    "check_in_source_known": "source IN ('gps', 'network', 'fused', 'wechat', 'manual', 'unknown')",
    "check_in_age_of_a_day": "age_s BETWEEN 0 AND 86400",
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="orders", description=DESCRIPTION)
    manager.add_raw(_forwards)
    manager.add_raw_backwards(_backwards)
    return manager


async def _forwards() -> None:
    await db.execute("SET LOCAL lock_timeout = '5s'")
    await db.execute("ALTER TABLE check_in DROP CONSTRAINT check_in_method_proved")
    for name, check in CHECKS.items():
        await db.execute(f"ALTER TABLE check_in ADD CONSTRAINT {name} CHECK ({check}) NOT VALID")


async def _backwards() -> None:
    """Appeals stay; the older code takes them for arrivals whose method it does not know."""
    for name in CHECKS:
        await db.execute(f"ALTER TABLE check_in DROP CONSTRAINT {name}")
    await db.execute("""ALTER TABLE check_in ADD CONSTRAINT check_in_method_proved CHECK (
        method = 'gps' AND distance_m IS NOT NULL OR method = 'code' AND qr_code IS NOT NULL) NOT VALID""")
