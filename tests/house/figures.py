"""How the product is built, in figures: `python -m tests.house.figures`. Product files only, migrations left out.

Statements are strings with words of SQL in capitals, pieces that others are put together from among them; what an
f-string fills in counts as one unknown word.
"""

import ast
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

from tests.house.product import ROOT, sources, tree
from tests.house.table_uses import foreign_uses

BINDS_MOST = 4
_SQL = re.compile(
    r"\b(SELECT|INSERT INTO|DELETE FROM|TRUNCATE [a-z]|UPDATE\s+[a-z_]+(\s+[a-z]+)?\s+SET)\b"
    r"|\bWITH( RECURSIVE)? [a-z_]+ AS\b"
    r"|\b(FROM|JOIN)\s+[a-z_]+\b"
)
_BIND = re.compile(r"\$(\d+)")
_UNKNOWN = " _ "


class Statement(NamedTuple):
    file: Path
    line: int
    text: str

    @property
    def binds(self) -> int:
        return max(map(int, _BIND.findall(self.text)), default=0)


def file_lines() -> list[int]:
    return [lines for file in sources() if (lines := len(file.read_text("utf-8").splitlines()))]


def function_lines() -> list[int]:
    functions = (node for file in sources() for node in ast.walk(tree(file)) if isinstance(node, _FUNCTIONS))
    return [(node.end_lineno or node.lineno) - node.lineno + 1 for node in functions]


def class_names() -> Counter[str]:
    return Counter(node.name for file in sources() for node in ast.walk(tree(file)) if isinstance(node, ast.ClassDef))


def statements() -> Iterator[Statement]:
    for file in sources():
        inside = _docstrings(file)
        for node in ast.walk(tree(file)):
            text = _text(node)
            if text is None or id(node) in inside:
                continue
            inside |= {id(part) for part in ast.walk(node)}
            if _SQL.search(text):
                yield Statement(file, node.lineno, text)  # type: ignore[attr-defined]


def _docstrings(file: Path) -> set[int]:
    return {id(node.value) for node in ast.walk(tree(file)) if isinstance(node, ast.Expr)}


def foreign_keys_without_id() -> list[str]:
    found = []
    for file in (file for file in sources() if "tables" in file.stem):
        for node in ast.walk(tree(file)):
            if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)):
                continue
            if ast.unparse(node.value.func) != "ForeignKey" or not isinstance(node.targets[0], ast.Name):
                continue
            named = {word.arg: ast.unparse(word.value).strip("'\"") for word in node.value.keywords}
            column = named.get("db_column_name", node.targets[0].id)
            if not column.endswith("_id"):
                found.append(f"{file.relative_to(ROOT)}:{node.lineno} {column}")
    return found


def circles() -> list[list[str]]:
    """Modules that import each other when they are loaded, by way of however many."""
    graph = _imports()
    reach = {module: _reached(graph, module) for module in graph}
    groups = {frozenset(each for each in reach[module] if module in reach[each]) for module in graph}
    return sorted(sorted(group) for group in groups if group)


def _imports() -> dict[str, set[str]]:
    names = {_module(file): file for file in sources()}
    graph: dict[str, set[str]] = defaultdict(set)
    for name, file in names.items():
        graph[name] = set()
        for node in tree(file).body:
            if isinstance(node, ast.Import):
                graph[name] |= {alias.name for alias in node.names} & names.keys()
            if isinstance(node, ast.ImportFrom) and node.module:
                wanted = {f"{node.module}.{alias.name}" for alias in node.names}
                plain = {node.module} if any(each not in names for each in wanted) else set()
                graph[name] |= (wanted | plain) & names.keys()
    return graph


def _reached(graph: dict[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    todo = [start]
    while todo:
        new = graph[todo.pop()] - seen
        seen |= new
        todo += new
    return seen


def _module(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _text(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) or _UNKNOWN for part in node.values)
    return None


_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def _spread(lines: list[int]) -> str:
    return f"{median(lines):.0f} / {quantiles(lines, n=10)[-1]:.0f} / {max(lines)}"


def report() -> str:
    names, raw = class_names(), list(statements())
    twice = sorted(name for name, count in names.items() if count > 1)
    shared = sum(count for count in names.values() if count > 1) / sum(names.values())
    files, over = len({each.file for each in raw}), [each for each in raw if each.binds > BINDS_MOST]
    foreign = {(use.where.partition(":")[0], use.table) for use in foreign_uses("reads")}
    rows = {
        f"files ({len(file_lines())}): lines, median / p90 / largest": _spread(file_lines()),
        f"functions ({len(function_lines())}): lines, median / p90 / largest": _spread(function_lines()),
        "class names defined more than once (share of classes)": f"{len(twice)} ({shared:.1%})",
        "raw statements (files)": f"{len(raw)} ({files})",
        f"statements with more than {BINDS_MOST} binds by position": str(len(over)),
        "reads of other packages' tables (a file and a table)": str(len(foreign)),
        "foreign keys without _id": str(len(foreign_keys_without_id())),
        "import circles": str(len(circles())),
    }
    lines = ["| what | figure |", "|---|---|", *(f"| {what} | {figure} |" for what, figure in rows.items())]
    return "\n".join([*lines, "", f"More than once: {', '.join(twice)}"])


if __name__ == "__main__":
    sys.stdout.write(report() + "\n")
