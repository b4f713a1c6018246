"""Statements with more than four values are bound by name, not by position (docs/decisions/0040).

Values are counted three ways: the highest `$n` of a text, values given by position to `backend.db`, and numbers that
are only computed when the statement runs, which may be any.
"""

import ast
from collections import defaultdict
from pathlib import Path

from tests.house.figures import BINDS_MOST, ROOT, sources, statements, tree

_ALLOWED = frozenset({"backend/sql.py", "backend/jobs/queue.py"})
"""What turns names into numbers, and a statement whose text and numbers belong to the queue's library."""
_VERBS = frozenset({"fetch", "fetchrow", "fetchval", "execute"})


def test_more_than_four_values_are_bound_by_name():
    assert by_position() == {}, "bind these by name: sql(…, name=value) of backend/sql.py"


def test_values_are_counted_in_texts_calls_and_computed_numbers():
    numbered = _module('"SELECT $1, $5"')
    spread = _module("db.fetch(TEXT, a, *(b, c), *[d, e])")
    computed = _module('"SELECT id FROM place WHERE " + f"code = ${number}"')
    named = _module("db.fetch(sql(TEXT, a=a, b=b, c=c, d=d, e=e))", 'db.fetch("SELECT $4", a, b, c, d)')

    assert (list(calls_by_position(spread)), list(calls_by_position(named))) == ([1], [])
    assert (list(computed_numbers(computed)), list(computed_numbers(numbered))) == ([1], [])


def by_position() -> dict[str, list[str]]:
    """File → what in it binds more than four values by position, each with its line."""
    found: dict[str, list[str]] = defaultdict(list)
    for statement in statements():
        if statement.binds > BINDS_MOST:
            found[_name(statement.file)].append(f"line {statement.line}: ${statement.binds}")
    for file in sources():
        found[_name(file)] += [f"line {line}: values of a call" for line in calls_by_position(tree(file))]
        found[_name(file)] += [f"line {line}: computed numbers" for line in computed_numbers(tree(file))]
    return {file: lines for file, lines in found.items() if lines and file not in _ALLOWED}


def calls_by_position(module: ast.Module) -> list[int]:
    """Lines of calls such as `db.fetch(text, …)` that give more than four values after the text."""
    calls = (node for node in ast.walk(module) if isinstance(node, ast.Call) and _is_verb(node.func))
    return [call.lineno for call in calls if sum(map(_values, call.args[1:])) > BINDS_MOST]


def computed_numbers(module: ast.Module) -> list[int]:
    """Lines of texts in which a computed number follows a `$`."""
    texts = (node for node in ast.walk(module) if isinstance(node, ast.JoinedStr))
    return [text.lineno for text in texts if any(map(_is_dollar_before, text.values, text.values[1:]))]


def _is_verb(called: ast.expr) -> bool:
    return isinstance(called, ast.Attribute) and called.attr in _VERBS


def _values(argument: ast.expr) -> int:
    """How many values an argument stands for; a name spread by `*` says nothing and counts as one."""
    spread = argument.value if isinstance(argument, ast.Starred) else None
    return len(spread.elts) if isinstance(spread, ast.Tuple | ast.List) else 1


def _is_dollar_before(part: ast.expr, following: ast.expr) -> bool:
    ends_in_dollar = isinstance(part, ast.Constant) and str(part.value).endswith("$")
    return ends_in_dollar and isinstance(following, ast.FormattedValue)


def _module(*lines: str) -> ast.Module:
    return ast.parse("\n".join(lines))


def _name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()
