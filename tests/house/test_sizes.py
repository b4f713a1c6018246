"""A file holds one idea: how long files and functions may be, with a short list of excuses."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("backend", "qr", "push", "media", "shops", "grab_orders", "openapi")
FILE_LINES, TEST_FILE_LINES, FUNCTION_LINES, HANDLER_LINES = 300, 500, 40, 15
HANDLERS = {"get", "post", "put", "patch", "delete", "head", "route"}
"""The decorators that make a function answer a request."""


def sources(*folders: str) -> list[Path]:
    found = [file for folder in folders for file in (ROOT / folder).rglob("*.py")]
    return [file for file in found if "piccolo_migrations" not in file.parts]


def lines(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("file", sources(*PACKAGES, "deploy", "bench"), ids=str)
def test_no_source_file_needs_a_wall(file):
    assert lines(file) <= FILE_LINES


@pytest.mark.parametrize("file", sources("tests"), ids=str)
def test_no_test_file_needs_a_wall(file):
    assert lines(file) <= TEST_FILE_LINES


def test_the_median_file_is_a_page_long():
    assert median(lines(file) for file in sources(*PACKAGES) if lines(file) > 3) <= 90


def test_no_function_is_longer_than_a_screen():
    long = [
        f"{file.relative_to(ROOT)}:{node.lineno} {node.name}"
        for file in sources(*PACKAGES, "deploy", "bench")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno + 1 > FUNCTION_LINES
    ]

    assert long == []


def test_no_handler_does_more_than_ask_and_answer():
    long = [
        f"{file.relative_to(ROOT)}:{node.lineno} {node.name}"
        for file, node in handlers()
        if (node.end_lineno or node.lineno) - node.lineno + 1 > HANDLER_LINES
    ]

    assert long == []


def test_the_handlers_are_found():
    assert len(list(handlers())) > 100


def handlers() -> Iterator[tuple[Path, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Every function of the routes that answers a request; its lines are counted without the decorators."""
    for file in sources("backend/routes"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and HANDLERS & set(
                map(_name, node.decorator_list)
            ):
                yield file, node


def _name(decorator: ast.expr) -> str:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return ast.unparse(called).rpartition(".")[2]
