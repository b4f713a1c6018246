"""States stand in SQL as `{State.CLOSED}` or `{quoted(ENDED)}`, never as text of their own: a state is named once."""

import ast
import re
from collections.abc import Iterator

import pytest

from backend.orders.model.states import ENDED, State, quoted
from tests.house.product import name_of, sources, tree

_LITERAL = re.compile(rf"'({'|'.join(State)})'")


def test_no_statement_retypes_a_state():
    found = [f"{name_of(file)}:{line}: {state}" for file in sources() for line, state in retyped(tree(file))]

    assert found == [], "backend/orders/model/states.py: State and quoted"


@pytest.mark.parametrize(
    ("source", "states"),
    [
        ('''x = "o.state = 'closed'"''', ["closed"]),
        ('''x = f"CASE o.state WHEN 'handled' THEN {limit} ELSE {'accepted'} END"''', ["handled"]),
        ('''x = f"state IN ({quoted(ENDED)}) AND state <> '{State.CLOSED}'"''', []),
        ('''"""Says 'closed' in words."""''', []),
        ("""x = {"state": 'closed'}""", []),
    ],
)
def test_retyped_states_are_found(source, states):
    assert [state for _, state in retyped(ast.parse(source))] == states


def test_states_are_quoted_as_sql_lists_them():
    assert quoted(ENDED) == "'closed', 'cancelled', 'merged'"


def retyped(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and state of each state in quotes within a text; docstrings do not count."""
    docstrings = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield from ((node.lineno, state) for state in _LITERAL.findall(node.value))
