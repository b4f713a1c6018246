"""Named checks and prefix indexes of places: what neither Piccolo's columns nor its constraints can say."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-22T01:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Checks and prefix indexes of areas, cells, roads and places"

CHECKS = {
    ("area", "area_code_is_national"): "code ~ '^[0-9]{6}([0-9]{3}){0,2}$'",
    ("area", "area_level_follows_code"): (
        "level = CASE length(code) WHEN 6 THEN 'district' WHEN 9 THEN 'town' ELSE 'committee' END"
    ),
    ("area", "area_is_named"): "btrim(name) <> ''",
    ("grid_cell", "grid_cell_code_in_area"): "code ~ '^[0-9]{15}$' AND left(code, 12) = area_code",
    ("road", "road_is_named"): "btrim(name) <> ''",
    ("place", "place_kind_is_known"): "kind IN ('doorplate', 'storefront', 'point')",
    ("place", "place_is_named"): "btrim(name || address || road_name) <> ''",
    ("place", "place_grid_in_area"): "grid_code IS NULL OR left(grid_code, length(area_code)) = area_code",
    ("place", "place_raw_on_globe"): "raw_lng BETWEEN -180 AND 180 AND raw_lat BETWEEN -90 AND 90",
    ("place", "place_raw_datum_is_known"): "raw_datum IN ('wgs84', 'gcj02', 'bd09')",
    ("place", "place_loc_is_a_position"): "NOT ST_IsEmpty(loc::geometry)",
    ("place", "place_source_is_named"): "btrim(dataset) <> '' AND btrim(source_key) <> ''",
}

# Equality and prefix alike, whatever the database's collation: varchar_pattern_ops with the operators of scope.py.
PREFIX_INDEXES = {
    "area_code_prefix": "area (code varchar_pattern_ops)",
    "grid_cell_code_prefix": "grid_cell (code varchar_pattern_ops)",
    "road_area_prefix": "road (area_code varchar_pattern_ops)",
    "place_area_prefix": "place (area_code varchar_pattern_ops, id)",
}


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="places", description=DESCRIPTION)

    async def run():
        await db.execute("SET LOCAL lock_timeout = '5s'; SET LOCAL statement_timeout = '60s'")
        for (table, name), check in CHECKS.items():
            await db.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({check})")
        for name, target in PREFIX_INDEXES.items():
            await db.execute(f"CREATE INDEX {name} ON {target}")

    async def undo():
        for name in PREFIX_INDEXES:
            await db.execute(f"DROP INDEX {name}")
        for table, name in CHECKS:
            await db.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")

    manager.add_raw(run)
    manager.add_raw_backwards(undo)

    return manager
