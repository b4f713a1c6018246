"""Names are the standard terms of work-order, dispatch and web software: words of our own do not come back."""

import ast
from collections.abc import Iterator

from tests.house.product import ROOT, sources, tree

NOT_IN_NAMES = {
    "told": "notified, shown, problem, message",
    "wanted": "filter, request, what it is",
    "sought": "search",
    "chosen": "selected, current, what it is",
    "asked": "requested, checked",
    "kept": "stored, retained",
    "brought": "uploaded",
    "mover": "actor, transition context",
    "rung": "level",
    "rungs": "levels",
    "rang": "sent",
    "ringing": "due",
    "climb": "escalate",
    "climbing": "escalation",
    "hears": "matches, filter",
    "heard": "received",
    "room": "package, runtime, available space",
    "rooms": "packages",
    "house": "system, instance",
    "staircase": "layers",
    "doorway": "request middleware",
    "porter": "guard",
    "knock": "request",
    "shelf": "cache, store",
    "ear": "socket, listener",
    "stir": "wake",
}
"""Word of a name → what the field calls it."""
COLUMNS = {"asked_at", "asked_by", "asked_by_id", "house_number", "rung_at", "rung_id"}
"""Columns and fields of answers, which keep their names; a house number is one."""


def _bound(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.id if isinstance(node, ast.Name) else node.attr


def test_no_name_says_it_in_words_of_our_own() -> None:
    found = {
        f"{file.relative_to(ROOT)}: {name}"
        for file in sources()
        for name in {*_bound(tree(file)), file.stem}
        if name not in COLUMNS and not NOT_IN_NAMES.keys().isdisjoint(name.lower().strip("_").split("_"))
    }

    assert found == set()
