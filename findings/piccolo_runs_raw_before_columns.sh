#!/bin/sh
# piccolo 1.38.0: what a migration hands to add_raw() runs before its columns are added, wherever the call stands.
#
# Expected: a migration does what its lines say in their order: add_column(), then add_raw() that fills the new column.
# Seen: MigrationManager keeps kinds of work apart and runs all raw functions first, then tables, columns, renames and
#   the rest. Filling a new column fails ("no such column"), and so does a constraint or an index on it. Where a raw
#   function means to read what the columns did, it reads the table as it was, without an error: below, it still sees the
#   old name of a column that was "renamed before". Raw work on new columns needs a later migration, or a subclass of the
#   manager that runs it at the end.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "piccolo[sqlite]==1.38.0"
cd "$folder"
cat > piccolo_conf.py <<'PY'
from piccolo.conf.apps import AppRegistry
from piccolo.engine.sqlite import SQLiteEngine

DB = SQLiteEngine(path="finding.sqlite")
APP_REGISTRY = AppRegistry(apps=[])
PY
PICCOLO_CONF=piccolo_conf "$folder/venv/bin/python" - <<'PY'
import asyncio

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Integer, Varchar
from piccolo.table import Table
from piccolo_conf import DB


class Thing(Table, db=DB):
    name = Varchar()


async def columns() -> list[str]:
    return [row["name"] for row in await Thing.raw("PRAGMA table_info(thing)")]


def manager(name: str) -> MigrationManager:
    return MigrationManager(migration_id=name, app_name="finding", description="")


async def main() -> None:
    await Thing.create_table()
    await Thing.insert(Thing(name="a"))
    seen: list[list[str]] = []

    async def look() -> None:
        seen.append(await columns())

    adding = manager("1")
    adding.add_column("Thing", "thing", "size", column_class=Integer, params={"default": 0, "null": False})
    adding.add_raw(look)
    await adding.run()
    print("\nraw saw", seen[-1], "- afterwards there are", await columns())
    assert seen[-1] == ["id", "name"], "changed: the column is there"
    assert await columns() == ["id", "name", "size"]

    renaming = manager("2")
    renaming.rename_column("Thing", "thing", "name", "title", "name", "title")
    renaming.add_raw(look)
    await renaming.run()
    print("\nraw saw", seen[-1], "- afterwards there are", await columns())
    assert seen[-1] == ["id", "name", "size"], "changed: the column has its new name"
    assert await columns() == ["id", "title", "size"]

    async def fill() -> None:
        await Thing.raw("UPDATE thing SET colour = 'red'")

    filling = manager("3")
    filling.add_column("Thing", "thing", "colour", column_class=Varchar, params={"default": "", "null": False})
    filling.add_raw(fill)
    try:
        await filling.run()
    except Exception as error:
        print("\nfilling the column that the line before adds:", error)
        assert "colour" in str(error)
    else:
        raise SystemExit("changed: it could be filled")


asyncio.run(main())
PY
