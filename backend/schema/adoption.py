"""Databases that a longer chain of migrations made before the first ones: adopted where they agree, else untouched.

A database agrees when the chain before had run to its end, and when its schema is what the first migrations make: they
are run into a schema of their own, inside a transaction that is rolled back, and the two are compared.
"""

import contextlib
import io

import asyncpg

from backend import db
from backend.schema.catalogue import describe
from backend.schema.migrations import list_known, list_recorded

FIRST_ID = "2026-11-27T08:45:00:000000"
"""The first migration of every package; what stands in the database under a smaller number is of the chain before."""
LAST_BEFORE = {
    "accounts": "2026-11-27T07:20:00:000000",
    "calendars": "2026-11-22T02:25:00:000000",
    "duty": "2026-11-27T07:20:00:000000",
    "events": "2026-11-22T01:45:00:000000",
    "items": "2026-11-27T07:20:00:000000",
    "jobs": "2026-11-27T05:28:11:290672",
    "media": "2026-11-27T07:20:00:000000",
    "orders": "2026-11-27T07:20:00:000000",
    "places": "2026-11-27T07:20:00:000000",
    "push": "2026-11-22T03:20:00:000000",
    "qr": "2026-11-27T07:20:00:000000",
    "quotas": "2026-11-27T06:06:00:000000",
    "reports": "2026-11-27T05:21:00:000000",
}
"""How far each package's chain before went: the last of them changed rows alone, which no schema shows."""
_SCRATCH = "yima_adoption"
_MOST_NAMED = 10
_FORGET = "DELETE FROM migration WHERE name < $1 AND app_name = ANY($2)"
_RECORD = "INSERT INTO migration (name, app_name) SELECT $1, unnest($2::text[])"

UNDECIDED_ZH = "数据库由较早的版本创建：请执行 yima migrate，结构一致即沿用，否则不作任何改动并说明处理办法"
UNDECIDED_EN = (
    "the database was made by an earlier build: `yima migrate` adopts it where its schema agrees, and otherwise leaves"
    " it as it is and says what to do"
)
REFUSED_ZH = (
    "数据库由较早的版本创建，结构与本版本不一致，未作任何改动：请先用最后一个旧版本更新它（见 docs/operations.md），"
    "或改用新的空数据库（演示数据可执行 make demo-reset）"
)
REFUSED_EN = (
    "the database was made by an earlier build and its schema is not that of this version, so nothing was changed:"
    " let the last earlier build bring it up to date (docs/operations.md), or start with an empty database"
    " (for the demo: make demo-reset)"
)


class SchemaDiffers(RuntimeError):
    """The database is of before and does not agree; nothing was changed. Says what to do, and where it differs."""

    def __init__(self, found: list[str]) -> None:
        more = [f"… {len(found) - _MOST_NAMED} more"] if len(found) > _MOST_NAMED else []
        super().__init__("\n".join([REFUSED_ZH, REFUSED_EN, *found[:_MOST_NAMED], *more]))


async def is_of_before(connection: asyncpg.Connection) -> bool:
    """Whether the chain before made this database, and it has not been adopted yet."""
    recorded = await list_recorded(connection)
    return any(app_name in LAST_BEFORE and name < FIRST_ID for app_name, name in recorded)


async def adopt(connection: asyncpg.Connection) -> None:
    """Record the first migrations in place of the chain before, and touch nothing else. Raises SchemaDiffers."""
    if found := await list_differences(connection):
        raise SchemaDiffers(found)
    async with connection.transaction():
        await connection.execute(_FORGET, FIRST_ID, list(LAST_BEFORE))
        await connection.execute(_RECORD, FIRST_ID, list(LAST_BEFORE))


async def list_differences(connection: asyncpg.Connection) -> list[str]:
    """What the database lacks (-) or has beside (+) what the first migrations make; nothing where it agrees."""
    if behind := sorted(LAST_BEFORE.items() - await list_recorded(connection)):
        return [f"- migration {app_name} {name}" for app_name, name in behind]
    here = await describe(connection)
    made = await _make_and_describe()
    return [f"- {line}" for line in sorted(made - here)] + [f"+ {line}" for line in sorted(here - made)]


async def _make_and_describe() -> frozenset[str]:
    async with db.transaction() as transaction:
        await db.execute(f"CREATE SCHEMA {_SCRATCH}")
        await db.execute(f"SELECT set_config('search_path', '{_SCRATCH}, ' || current_setting('search_path'), true)")
        for module in [module for (_, name), module in list_known().items() if name == FIRST_ID]:
            with contextlib.redirect_stdout(io.StringIO()):
                await (await module.forwards()).run()
        async with db.connection() as connection:
            made = await describe(connection)
        await transaction.rollback()
    return made
