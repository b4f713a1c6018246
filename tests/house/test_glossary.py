"""The glossary names what exists: each name in its code column stands in the product's source."""

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

from tests.house import figures

ROOT = Path(__file__).parents[2]
GLOSSARY = ROOT / "docs" / "glossary.md"
OTHER_FILES = ("*.js", "*.css", "*.html")
_NAMED = re.compile(r"`([^`]+)`")
_PYTHON = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")


@cache
def words() -> frozenset[str]:
    """Every word of the product's Python source."""
    return frozenset(word for file in figures.sources() for word in re.findall(r"\w+", file.read_text("utf-8")))


@cache
def members() -> dict[str, set[str]]:
    """Name of a class or NewType to the names that its body assigns, declares or defines."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in figures.sources():
        for node in ast.walk(figures.tree(file)):
            if isinstance(node, ast.ClassDef):
                found[node.name] |= {name for part in node.body for name in _defined(part)}
            elif isinstance(node, ast.Assign) and ast.unparse(node.value).startswith("NewType("):
                found[_defined(node)[0]] |= set()
    return found


@cache
def file_names() -> frozenset[str]:
    return frozenset(file.name for pattern in OTHER_FILES for file in (ROOT / "backend" / "web").rglob(pattern))


def _defined(part: ast.stmt) -> list[str]:
    if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
        return [part.name]
    targets = part.targets if isinstance(part, ast.Assign) else [part.target] if isinstance(part, ast.AnnAssign) else []
    return [target.id for target in targets if isinstance(target, ast.Name)]


def named_in_code() -> list[str]:
    rows = [line.strip("|").split("|") for line in GLOSSARY.read_text("utf-8").splitlines() if line.startswith("|")]
    return [name for row in rows[2:] for name in _NAMED.findall(row[2])]


def exists(name: str) -> bool:
    if "/" in name:
        return name.startswith("/") or (ROOT / name).exists()
    if name in file_names() or not _PYTHON.fullmatch(name):
        return True
    first, *rest = name.split(".")
    if rest and first in members():
        return set(rest) <= members()[first]
    return {first, *rest} <= words()


def test_each_name_in_the_code_column_exists():
    named = named_in_code()

    assert len(named) > 100
    assert [name for name in named if not exists(name)] == []


def test_a_class_that_is_named_is_defined_somewhere():
    classes = [name.split(".")[0] for name in named_in_code() if re.fullmatch(r"[A-Z]\w*[a-z]\w*(\.\w+)*", name)]

    assert [name for name in classes if name not in members()] == []


def test_each_row_has_four_columns():
    rows = [line for line in GLOSSARY.read_text("utf-8").splitlines() if line.startswith("|")]

    assert [row for row in rows if row.count("|") != 5] == []


def test_no_field_term_stands_twice():
    terms = [row.split("|")[1].strip() for row in GLOSSARY.read_text("utf-8").splitlines() if row.startswith("|")]

    assert sorted({term for term in terms if terms.count(term) > 1}) == []
