"""Keys of places that are made of what they are called are made of it anew, folded, and given keys lose their width.

Where several old rows come to one key, that one gets it that has it already, else the oldest; the others keep the key
that they have, which no file leads to any more: `yima places duplicates` names them, and what hangs there.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T05:31:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Keys of places by folded words"

FORWARDS = r"""
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '600s';
WITH keyed AS (
    SELECT id, dataset, source_key, CASE WHEN source_key ~ '^called:[0-9a-f]{32}$'
        THEN 'called:' || left(encode(sha256(convert_to(
            kind || E'\x1f' || place_fold(name) || E'\x1f' || place_fold(address), 'UTF8')), 'hex'), 32)
        ELSE normalize(source_key, NFKC) END AS new_key
    FROM place
),
ranked AS (
    SELECT *, row_number() OVER (PARTITION BY dataset, new_key ORDER BY source_key = new_key DESC, id) AS nr FROM keyed
)
UPDATE place SET source_key = ranked.new_key FROM ranked
WHERE ranked.id = place.id AND ranked.nr = 1 AND ranked.new_key <> place.source_key
    AND length(ranked.new_key) <= 200 AND btrim(ranked.new_key) <> '';
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="places", description=DESCRIPTION)
    manager.add_raw(_forwards)
    manager.add_raw_backwards(_backwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)


async def _backwards() -> None:
    """The keys stay: the old ones are not remembered, and code of before makes its own anew."""
