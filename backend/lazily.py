"""Modules that load when they are used, or never, for what a library imports and we hardly ever need."""

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


def load(name: str) -> None:
    """Let every later `import name` find a module that loads itself at the first look at one of its public names.

    The standard LazyLoader loads at any look, and whoever walks over all modules (inspect) looks for their files.
    """
    if name in sys.modules:
        return
    stand_in = ModuleType(name)
    stand_in.__spec__ = importlib.util.find_spec(name)

    def find(attribute: str) -> Any:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        if sys.modules.get(name) is stand_in:
            del sys.modules[name]
        return getattr(import_module(name), attribute)

    setattr(stand_in, "__getattr__", find)  # noqa: B010 - the type of a module knows no such name
    sys.modules[name] = stand_in


@contextmanager
def missing(name: str) -> Iterator[None]:
    """Whoever imports it within the block is told that there is none, and does without, unless it is loaded already."""
    is_here = name in sys.modules
    if not is_here:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if not is_here:
            del sys.modules[name]
