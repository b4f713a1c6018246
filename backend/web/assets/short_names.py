"""Short names in a joined script: a stranger's phone pays for every letter that only its authors read.

A name is shortened everywhere in the script or not at all: where it is given at the top level, or where each of its
uses lies in a function that gives it, so that no global of a browser is meant. The new name stands nowhere else, so
what it meant before it means after. A name that may also be a property is left alone.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import count, product
from string import ascii_lowercase
from typing import NamedTuple

_GIVEN = re.compile(r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)
_STRING = r"'(?:[^'\\\n]|\\.)*'"
_PATTERN = r"(?<=[=(,:!&|?])/(?![/*])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*"
_WORD = re.compile(rf"{_STRING}|{_PATTERN}|\.?\b[A-Za-z_$][\w$]*")
"""Strings and patterns as they are, or a word, with the dot before a property."""
_BRACE = re.compile(rf"{_STRING}|{_PATTERN}|[{{}}]")
_FUNCTION = re.compile(r"\bfunction ?[\w$]*\(([\w$,]*)\)\{")
_DECLARED = re.compile(r"\b(?:function|const|let|class) ([\w$]+)|\bcatch\(([\w$]+)\)")
_RESERVED = frozenset({"as", "do", "if", "in", "of"})


class _Scope(NamedTuple):
    start: int
    end: int
    names: frozenset[str]


def given_by(sources: str) -> frozenset[str]:
    """The names that modules give at their top level, which starts a line."""
    return frozenset(_GIVEN.findall(sources))


def shorten(script: str, names: frozenset[str]) -> str:
    """The script without air, with these names and those of its functions shortened where that is safe."""
    found = [each for each in _WORD.finditer(script) if each.group()[0] not in "'/."]
    uses = Counter(each.group() for each in found)
    left_alone = {each.group() for each in found if _may_be_property(script, each)}
    left_alone |= _beyond(found, _scopes(script), names)
    long_names = sorted(uses.keys() - left_alone, key=lambda name: (-uses[name] * len(name), name))
    new = zip(long_names, _unused(script), strict=False)
    shorter = {name: short for name, short in new if len(short) < len(name)}
    return _WORD.sub(lambda each: shorter.get(each.group(), each.group()), script)


def _may_be_property(script: str, found: re.Match[str]) -> bool:
    """Whether it names a value of an object: before a colon, or by itself between braces and commas."""
    before, after = script[found.start() - 1 : found.start()], script[found.end() : found.end() + 1]
    return after == ":" or (before in ("{", ",") and after in (",", "}"))


def _beyond(found: list[re.Match[str]], scopes: list[_Scope], names: frozenset[str]) -> set[str]:
    """The words that are used, once at least, where neither the top level nor a function around gives them."""
    givers: dict[str, list[_Scope]] = {}
    for scope in scopes:
        for name in scope.names:
            givers.setdefault(name, []).append(scope)
    return {
        each.group()
        for each in found
        if each.group() not in names
        and not any(scope.start <= each.start() < scope.end for scope in givers.get(each.group(), ()))
    }


def _scopes(script: str) -> list[_Scope]:
    """Every function, from its word to its last brace, with the names that it gives."""
    return [_scope(script, head) for head in _FUNCTION.finditer(script)]


def _scope(script: str, head: re.Match[str]) -> _Scope:
    depth, end = 1, len(script)
    for brace in _BRACE.finditer(script, head.end()):
        depth += {"{": 1, "}": -1}.get(brace.group(), 0)
        if not depth:
            end = brace.end()
            break
    declared = {name for pair in _DECLARED.findall(script[head.end() : end]) for name in pair if name}
    return _Scope(head.start(), end, frozenset(declared | set(head.group(1).split(","))))


def _unused(script: str) -> Iterator[str]:
    """Names that stand nowhere in the script, the shortest first."""
    taken = set(re.findall(r"[\w$]+", script)) | _RESERVED
    letters = ("".join(each) for length in count(1) for each in product(ascii_lowercase, repeat=length))
    return (name for name in letters if name not in taken)
