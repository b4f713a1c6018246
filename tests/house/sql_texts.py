"""The texts of SQL in the product: strings, f-strings with what their own module fills in, and tables copied into.

What another module fills in is left unknown: it is the text of that module, and read there.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from tests.house.product import sources, tree
from tests.house.sql_tables import UNKNOWN

_IS_SQL = re.compile(
    r"\b(SELECT|INSERT INTO|DELETE FROM|TRUNCATE|UPDATE|MERGE INTO|COPY|(CREATE|ALTER|DROP)\s+(TEMP )?TABLE)\b"
    r"|\b(FROM|JOIN|USING)\s+\S"
    r"|\bWITH( RECURSIVE)? [a-z_{]"
    r"|\w \([a-z_, ]*\) AS (NOT )?MATERIALIZED"
)


class SqlText(NamedTuple):
    file: Path
    line: int
    text: str


def product_texts() -> Iterator[SqlText]:
    for file in sources():
        for line, text in texts_of(tree(file)):
            yield SqlText(file, line, text)


def texts_of(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and text of whatever looks like SQL in a module; docstrings do not count."""
    constants = _constants(module)
    docstrings = (node.value for node in ast.walk(module) if isinstance(node, ast.Expr))
    inside = {id(text) for text in docstrings if isinstance(text, ast.Constant)}
    for node in ast.walk(module):
        if id(node) in inside or not isinstance(node, ast.Constant | ast.JoinedStr | ast.Call):
            continue
        text = _copied_to(node) if isinstance(node, ast.Call) else _text(node, constants)
        if text is not None and _IS_SQL.search(text):
            yield node.lineno, text
        if isinstance(node, ast.JoinedStr):
            inside |= {id(part) for part in node.values}


def _constants(module: ast.Module) -> dict[str, str]:
    """The texts that a module gives a name to, in its order: one may be filled into the next."""
    found: dict[str, str] = {}
    for node in module.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            text = _text(node.value, found)
            if text is not None:
                found[node.targets[0].id] = text
    return found


def _text(node: ast.AST, constants: Mapping[str, str]) -> str | None:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(UNKNOWN if (text := _text(part, constants)) is None else text for part in parts)
        case ast.FormattedValue(value=ast.Name(id=name)):
            return constants.get(name)
        case ast.FormattedValue(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="format"))):
            return constants.get(name)
    return None


def _copied_to(call: ast.Call) -> str | None:
    """COPY as asyncpg's methods say it."""
    if not isinstance(call.func, ast.Attribute) or not call.func.attr.startswith("copy_records_to_table"):
        return None
    table = call.args[0] if call.args else None
    return f"COPY {table.value if isinstance(table, ast.Constant) else UNKNOWN}"
