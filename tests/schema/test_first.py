"""The first migration of each package, and the SQL beside it."""

import re
from pathlib import Path

import pytest
from piccolo.apps.migrations.commands.base import BaseMigrationManager

from backend.piccolo_conf import APP_REGISTRY
from backend.schema import adoption
from backend.schema.first import PARTS, FirstMigration

ROOT = Path(__file__).parents[2]
FOLDERS = {name: Path(config.resolved_migrations_folder_path) for name, config in APP_REGISTRY.app_configs.items()}
FILES = sorted(file for folder in FOLDERS.values() for file in (folder / "first").glob("*"))
_MOST_LINES = 300
_BODY = re.compile(r"\$\$.*?\$\$", re.DOTALL)


@pytest.mark.parametrize("app_name", FOLDERS)
async def test_a_package_starts_with_its_first_migration(app_name):
    modules = BaseMigrationManager().get_migration_modules(str(FOLDERS[app_name]))
    first = min(modules)

    assert isinstance(await modules[first].forwards(), FirstMigration)
    if app_name in adoption.LAST_BEFORE:
        assert first == adoption.FIRST_ID


async def test_the_first_migration_is_not_taken_back():
    with pytest.raises(NotImplementedError, match="drop the database"):
        await FirstMigration(migration_id=adoption.FIRST_ID, app_name="orders").run(backwards=True)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_statement_says_why(file):
    text = file.read_text("utf-8")
    head, *statements = _BODY.sub("$$", text).rstrip().removesuffix(";").split("\n\n")

    assert file.stem in PARTS
    assert head.startswith("-- ")
    assert [each for each in statements if not each.startswith("-- ")] == []
    assert max(each.rstrip().rstrip(";").count(";\n") for each in statements) == 0, "one statement at a time"
    assert text.count("\n") <= _MOST_LINES
    assert max(map(len, text.splitlines())) <= 120
