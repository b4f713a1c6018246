"""Which package owns which table, and which statements of other packages read or write it."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple, TypeGuard

from tests.house.product import name_of, package_of, sources, tree
from tests.house.sql_tables import tables_of
from tests.house.sql_texts import product_texts

_LIBRARIES = {"pgqueuer": "backend/jobs", "pgqueuer_log": "backend/jobs", "migration": "backend/schema"}
"""Tables of libraries, and who may touch them."""
_ENTRY_FILES = {"backend/migrate.py"}
"""Files that stand for themselves: the package around them is all of the product."""


class Use(NamedTuple):
    where: str
    reader: str
    """The package of the statement, as a path."""
    table: str


@cache
def owners() -> dict[str, str]:
    """Each table, and the package that declares it or uses it of a library."""
    files = (file for file in sources() if "tables" in file.stem)
    declared = {
        _table(node): name_of(package_of(file)) for file in files for node in tree(file).body if _is_table(node)
    }
    return declared | _LIBRARIES


def foreign_uses(kind: Literal["reads", "writes"]) -> Iterator[Use]:
    """Statements of other packages than the table's owner, one for each table that they use."""
    for each in product_texts():
        file = name_of(each.file)
        reader = file if file in _ENTRY_FILES else name_of(package_of(each.file))
        for table in sorted(getattr(tables_of(each.text), kind) & owners().keys()):
            if owners()[table] != reader:
                yield Use(f"{file}:{each.line}", reader, table)


def _is_table(node: ast.AST) -> TypeGuard[ast.ClassDef]:
    return isinstance(node, ast.ClassDef) and any(ast.unparse(base) == "Table" for base in node.bases)


def _table(declared: ast.ClassDef) -> str:
    """The name as given, else as Piccolo makes it of the class name."""
    given = [word.value for word in declared.keywords if word.arg == "tablename"]
    return ast.literal_eval(given[0]) if given else re.sub(r"(?<!^)(?=[A-Z])", "_", declared.name).lower()
