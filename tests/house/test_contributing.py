"""CONTRIBUTING's examples are of this code base: imports import, names exist, the good test is a test."""

import importlib
import importlib.util
import re
from pathlib import Path

import pytest

from tests.house import figures

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
ALIASES = {"rules": "backend.orders.model.rules", "orders": "backend.orders.verbs", "db": "backend.db"}
"""What the examples call by its usual name, as our modules import it."""
_IMPORT = re.compile(r"`from ([\w.]+) import (\w+)(?: as \w+)?`")
_CALL = re.compile(rf"(?<![\w.])({'|'.join(ALIASES)})\.(\w+)")
_CLASS = re.compile(r"`([A-Z]\w*[a-z]\w*)\b")
_COMMAND = re.compile(r"`python -m ([\w.]+)")
_FOREIGN = {"HTTPException"}
"""In a bad example, and of Litestar."""


@pytest.mark.parametrize(("module", "name"), _IMPORT.findall(TEXT))
def test_an_import_of_the_examples_imports(module, name):
    try:
        importlib.import_module(f"{module}.{name}")
    except ModuleNotFoundError:
        assert hasattr(importlib.import_module(module), name)


@pytest.mark.parametrize(("alias", "name"), sorted(set(_CALL.findall(TEXT))))
def test_a_call_of_the_examples_exists(alias, name):
    assert hasattr(importlib.import_module(ALIASES[alias]), name)


@pytest.mark.parametrize("name", sorted(set(_CLASS.findall(TEXT)) - _FOREIGN))
def test_a_class_of_the_examples_exists(name):
    assert name in figures.class_names()


@pytest.mark.parametrize("module", _COMMAND.findall(TEXT))
def test_a_module_that_is_run_exists(module):
    assert importlib.util.find_spec(module) is not None


def test_the_good_name_of_a_test_is_the_name_of_one():
    (name,) = re.findall(r"Good: `(test_\w+)`", TEXT)

    assert any(f"def {name}(" in file.read_text("utf-8") for file in (ROOT / "tests").rglob("test_*.py"))


def test_there_are_examples():
    assert _IMPORT.findall(TEXT)
    assert _CALL.findall(TEXT)
    assert _CLASS.findall(TEXT)
