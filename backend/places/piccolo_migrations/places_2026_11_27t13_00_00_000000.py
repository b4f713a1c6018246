"""Words of places are found by single characters, too: 路 alone was looked for in every place."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T13:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "An index of the characters of words, and of every two that follow one another"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '15min';

-- Every character, and every two that follow one another: what may be asked for.
CREATE FUNCTION place_grams(folded text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
    SELECT coalesce(array_agg(DISTINCT substr(folded, nr, chars)), '{}'::text[])
    FROM generate_series(1, length(folded)) nr, generate_series(1, 2) chars
$$;

-- What of it leads to words: their pairs, or their only character. The characters of pairs would narrow nothing.
CREATE FUNCTION place_query_grams(folded text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE WHEN length(folded) > 1 THEN public.place_pairs(folded) ELSE ARRAY[folded] END
$$;

CREATE INDEX place_words_grams ON place USING gin (place_grams(words));
DROP INDEX place_words_pairs;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="places", description=DESCRIPTION)
    manager.add_raw(_forwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)
