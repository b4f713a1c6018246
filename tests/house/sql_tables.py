"""Which tables a text of SQL reads and which it writes, also of a piece that others are put together from. Pure.

It follows the words that stand before a table (FROM, JOIN, USING, INTO, UPDATE, TRUNCATE, COPY, LOCK) and the commas
after one. A common table expression, a function and what an f-string or `{fragment}` fills in are no tables.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

UNKNOWN = "{}"
"""Stands in a text for what only the running program knows, and in an answer for a table of such a name."""
_SKIP = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'", re.DOTALL)
_TOKEN = re.compile(r'\{[^{}]*\}|"[^"]+"|[A-Za-z_][\w$]*|[(),.;]|\S')
_BEFORE_TABLE = frozenset({"lateral", "only", "table", "if", "exists", "not"})
_TAKES_FROM = frozenset({"extract", "substring", "trim", "overlay", "position"})
"""Functions in whose parentheses FROM means something else."""
_ENDS_LIST = frozenset(
    (
        *("where", "group", "order", "having", "limit", "offset", "window", "set", "returning", "for"),
        *("union", "except", "intersect", "select", "values"),
    )
)
_WRITES = {
    ("insert", "into"),
    ("delete", "from"),
    ("merge", "into"),
    ("alter", "table"),
    ("drop", "table"),
    ("create", "table"),
}
_NO_UPDATE = frozenset({"for", "key", "do", "on", "before", "after", "or"})
"""Before UPDATE: a lock, an answer to a conflict or a trigger, not a statement."""


class Tables(NamedTuple):
    reads: frozenset[str]
    writes: frozenset[str]
    defined: frozenset[str]
    """Names that the text gives itself: common table expressions and temporary tables."""


def tables_of(text: str) -> Tables:
    """The tables of a text; `UNKNOWN` among them where a table's name is filled in."""
    tokens = [token.strip('"').lower() for token in _TOKEN.findall(_SKIP.sub(" ", text))]
    defined = frozenset((*_expressions(tokens), *_temporary(tokens)))
    return Tables(frozenset(_reads(tokens)) - defined, frozenset(_writes(tokens)) - defined, defined)


def _temporary(tokens: list[str]) -> Iterator[str]:
    for number, token in enumerate(tokens[:-2]):
        if token in ("temp", "temporary") and tokens[number + 1] == "table":
            yield tokens[number + 2]


def _expressions(tokens: list[str]) -> Iterator[str]:
    """Names of common table expressions."""
    for number, token in enumerate(tokens):
        if token != "as" or number == 0:
            continue
        ahead = [word for word in tokens[number + 1 : number + 4] if word not in ("not", "materialized")]
        before = number - 1
        if tokens[before] == ")":
            before = tokens[:before].index("(", _opening(tokens, before)) - 1
        if ahead[:1] == ["("] and before >= 0:
            yield tokens[before]


def _opening(tokens: list[str], closing: int) -> int:
    depth = 0
    for number in range(closing, -1, -1):
        depth += (tokens[number] == ")") - (tokens[number] == "(")
        if depth == 0:
            return number
    return 0


def _writes(tokens: list[str]) -> Iterator[str]:
    for number, token in enumerate(tokens):
        before = tokens[number - 1] if number else ""
        is_statement = token in ("truncate", "copy") or (token == "update" and before not in _NO_UPDATE)
        if (before, token) in _WRITES or is_statement:
            yield from _names(tokens, number + 1)


def _reads(tokens: list[str]) -> Iterator[str]:
    """What follows FROM, JOIN, USING or LOCK, and each comma of such a list in the same parentheses."""
    lists, functions = [False], [False]
    for number, token in enumerate(tokens):
        before = tokens[number - 1] if number else ""
        if token == "(":
            lists.append(False)
            functions.append(before in _TAKES_FROM)
        elif token == ")" and len(lists) > 1:
            lists.pop()
            functions.pop()
        elif token in _ENDS_LIST:
            lists[-1] = False
        elif _begins_list(token, before, tokens[number + 1 : number + 2]) and not functions[-1]:
            lists[-1] = True
            yield from _names(tokens, number + 1)
        elif token == "join" or (token == "," and lists[-1]):
            yield from _names(tokens, number + 1)


def _begins_list(token: str, before: str, after: list[str]) -> bool:
    if token == "from":
        return before not in ("delete", "distinct")
    return token == "using" and after not in (["("], ["index"])


def _names(tokens: list[str], start: int) -> Iterator[str]:
    """The table that begins here; nothing for a subquery or a function."""
    rest = [word for word in tokens[start : start + 8] if word not in _BEFORE_TABLE]
    if len(rest) > 2 and rest[1] == ".":
        rest = rest[2:]
    if not rest:  # a text that breaks off where a table should stand: something is put behind it
        yield UNKNOWN
        return
    if not re.match(r"[a-z_{]", rest[0]) or rest[0] in _ENDS_LIST:
        return
    if rest[1:2] != ["("] or tokens[start - 1] == "into":
        yield UNKNOWN if rest[0].startswith("{") else rest[0]
