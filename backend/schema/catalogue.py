"""A schema of a database in lines of text, read from the catalogue, so that two schemas can be compared.

Names are written without their schema, as the search path finds them, and columns without their order. Left out are
what an extension brought along, the queue's own (its library makes and upgrades it) and the list of migrations.
"""

import re

import asyncpg

_CASTS = re.compile(r"::(character varying|text)(\[\])?(?!\w)")
"""PostgreSQL writes `IN ('a', 'b')` on a varchar with such casts, and after a backup was put back with others."""
_LEFT_OUT = "'migration', 'migration_id_seq'"
_RELATIONS = f"""
    SELECT c.oid, c.relname AS name, c.relkind, c.relpersistence, c.reloptions
    FROM pg_class c
    WHERE c.relnamespace = current_schema()::regnamespace
      AND c.relname NOT IN ({_LEFT_OUT}) AND c.relname NOT LIKE 'pgqueuer%'
      AND NOT EXISTS (SELECT FROM pg_depend d
                      WHERE d.deptype = 'e' AND ((d.classid = 'pg_class'::regclass AND d.objid = c.oid)
                          OR (d.classid = 'pg_type'::regclass AND d.objid = c.reltype)))
"""
_TABLES = f"tables AS (SELECT * FROM ({_RELATIONS}) found WHERE relkind NOT IN ('i', 'I'))"
_LINES = {
    "table": f"""
        WITH {_TABLES} SELECT concat_ws(' ', name, relkind, relpersistence, reloptions::text) FROM tables
    """,
    "column": f"""
        WITH {_TABLES}
        SELECT concat_ws(' ', t.name || '.' || a.attname, format_type(a.atttypid, a.atttypmod),
            CASE WHEN a.attnotnull THEN 'NOT NULL' END, nullif(a.attidentity, ''), nullif(a.attgenerated, ''),
            CASE WHEN a.attcollation <> y.typcollation THEN a.attcollation::regcollation::text END,
            'DEFAULT ' || pg_get_expr(d.adbin, d.adrelid))
        FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
        JOIN pg_type y ON y.oid = a.atttypid
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE t.relkind <> 'S'
    """,
    # Whether a column may be null is said above; newer servers say it here too, under names of their own.
    "constraint": f"""
        WITH {_TABLES}
        SELECT concat_ws(' ', t.name, o.conname, pg_get_constraintdef(o.oid, true))
        FROM tables t JOIN pg_constraint o ON o.conrelid = t.oid WHERE o.contype NOT IN ('n', 't')
    """,
    "index": f"""
        WITH {_TABLES}
        SELECT concat_ws(' ', pg_get_indexdef(i.indexrelid, 0, true), CASE WHEN NOT i.indisvalid THEN 'INVALID' END)
        FROM tables t JOIN pg_index i ON i.indrelid = t.oid
    """,
    "trigger": f"""
        WITH {_TABLES}
        SELECT concat_ws(' ', pg_get_triggerdef(g.oid, true), nullif(g.tgenabled, 'O'))
        FROM tables t JOIN pg_trigger g ON g.tgrelid = t.oid WHERE NOT g.tgisinternal
    """,
    "function": """
        SELECT concat_ws(' ', f.proname || '(' || pg_get_function_arguments(f.oid) || ')',
            pg_get_function_result(f.oid), l.lanname, f.prokind, f.provolatile, f.proparallel, f.proisstrict,
            f.prosecdef, f.proleakproof, f.proconfig::text, f.prosrc)
        FROM pg_proc f JOIN pg_language l ON l.oid = f.prolang
        WHERE f.pronamespace = current_schema()::regnamespace AND f.proname NOT LIKE '%pgqueuer%'
          AND NOT EXISTS (SELECT FROM pg_depend d
                          WHERE d.classid = 'pg_proc'::regclass AND d.objid = f.oid AND d.deptype = 'e')
    """,
    "sequence": f"""
        WITH {_TABLES}
        SELECT concat_ws(' ', t.name, format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, s.seqmax,
            s.seqcycle)
        FROM tables t JOIN pg_sequence s ON s.seqrelid = t.oid
    """,
}


async def describe(connection: asyncpg.Connection) -> frozenset[str]:
    """Everything that the connection's current schema consists of, a line for each thing: `index CREATE INDEX …`."""
    found: set[str] = set()
    for kind, text in _LINES.items():
        found |= {f"{kind} {_CASTS.sub('', line)}" for (line,) in await connection.fetch(text)}
    return frozenset(found)
