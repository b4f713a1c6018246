"""A migration that makes tables as Piccolo sees them and runs the SQL beside it: a package's first, or a later one."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import AddColumnClass, AddConstraintClass, MigrationManager
from piccolo.table import Table

from backend import db

PARTS = ("functions", "columns", "constraints", "indexes", "triggers", "rows")
"""The files of SQL, in the order in which one needs the other; a package has those that it needs."""


@dataclass
class FirstMigration(MigrationManager):
    """Makes the tables, then runs the SQL, all in one transaction."""

    statements: list[str] = field(default_factory=list)

    async def run(self, backwards: bool = False) -> None:
        """Raises NotImplementedError for the way back, which would drop every row of the package."""
        if backwards:
            raise NotImplementedError("the first migration is not taken back: drop the database instead")
        async with db.transaction():
            await db.execute("SET LOCAL lock_timeout = '5s'")
            await super().run()
            for text in self.statements:
                await self._say_or_do(text)

    async def _say_or_do(self, text: str) -> None:
        if self.preview:
            sys.stdout.write(f"\n{text}")
        else:
            await db.execute(text)


def first_migration(app_name: str, migration_id: str, tables: Sequence[type[Table]], folder: Path) -> FirstMigration:
    """The migration that makes these tables, and runs the files of the folder that are named in PARTS."""
    return tables_migration(app_name, migration_id, "The schema of the first release", tables, folder)


def tables_migration(
    app_name: str, migration_id: str, description: str, tables: Sequence[type[Table]], folder: Path
) -> FirstMigration:
    """A migration that makes these tables and what its caller adds to it; then it runs the files of the folder."""
    files = [folder / f"{part}.sql" for part in PARTS]
    statements = [file.read_text("utf-8") for file in files if file.exists()]
    manager = FirstMigration(
        migration_id=migration_id, app_name=app_name, description=description, statements=statements
    )
    for table in tables:
        _add(manager, table)
    return manager


def _add(manager: MigrationManager, table: type[Table]) -> None:
    """Tell the manager of a table what Piccolo's generated code would tell it column by column."""
    names = {"table_class_name": table.__name__, "tablename": table._meta.tablename, "schema": table._meta.schema}
    manager.add_table(class_name=table.__name__, tablename=table._meta.tablename, schema=table._meta.schema)
    for column in table._meta.non_default_columns:
        manager.add_columns.append(AddColumnClass(column=column, **names))
    for constraint in table._meta.constraints:
        manager.add_constraints.append(AddConstraintClass(constraint=constraint, **names))
