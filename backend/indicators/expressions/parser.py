"""Reads an expression. The grammar, from the loosest to the tightest:

    expression = term { ("+" | "-") term }
    term       = factor { ("*" | "/") factor }
    factor     = "-" factor | "(" expression ")" | number | measure [ "[" filter { "," filter } "]" ]
    filter     = ("item" | "priority" | "source") "=" value { "|" value }

Names are small letters, digits and _; numbers digits, with a point perhaps; blanks do not matter. Pure.
"""

import re
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from backend.indicators.errors import ExpressionWrong
from backend.indicators.expressions.nodes import DIMENSIONS, Constant, MeasureReading, Negative, Node, Operation
from backend.indicators.expressions.vocabulary import ANY, Vocabulary
from backend.words import EXPRESSION

LENGTH_MOST, DEPTH_MOST, ALTERNATIVES_MOST = EXPRESSION, 30, 40
_TOKEN = re.compile(r"\s*(?:([A-Za-z][A-Za-z0-9_]*)|([0-9]+(?:\.[0-9]+)?)|([-+*/()\[\],=|]))", re.ASCII)
_DIGITS_MOST = 12


class _Token(NamedTuple):
    kind: str
    """word, number, sign or end."""
    text: str
    position: int
    """From 1."""


def parse(text: str, vocabulary: Vocabulary = ANY) -> Node:
    """The tree of an expression. Raises ExpressionWrong with the position of what is wrong."""
    # Only stored expressions are read again and again; what is typed comes with a vocabulary of its own.
    return known(text) if vocabulary is ANY else _parsed(text, vocabulary)


@lru_cache(maxsize=4096)
def known(text: str) -> Node:
    """The same with any item: of expressions that are stored, or ship."""
    return _parsed(text, ANY)


def _parsed(text: str, vocabulary: Vocabulary) -> Node:
    if len(text) > LENGTH_MOST:
        raise ExpressionWrong("too_long", LENGTH_MOST + 1)
    reader = _Reader(_tokens(text), vocabulary)
    node = reader.expression(0)
    if reader.here.kind != "end":
        raise ExpressionWrong("left_over", reader.here.position, reader.here.text)
    return node


def _tokens(text: str) -> list[_Token]:
    found, at, end = [], 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            at += len(text[at:]) - len(text[at:].lstrip())
            raise ExpressionWrong("character", at + 1, text[at])
        word, number, sign = match.groups()
        kind = "word" if word else "number" if number else "sign"
        said = word or number or sign
        found.append(_Token(kind, said, match.end() - len(said) + 1))
        at = match.end()
    return [*found, _Token("end", "", end + 1)]


class _Reader:
    """Walks over the tokens. `here` is the next one."""

    def __init__(self, tokens: list[_Token], vocabulary: Vocabulary) -> None:
        self._tokens, self._at, self._vocabulary = tokens, 0, vocabulary

    @property
    def here(self) -> _Token:
        return self._tokens[self._at]

    def expression(self, depth: int) -> Node:
        node = self._term(depth)
        while self.here.text in ("+", "-"):
            node = Operation(self._take().text, node, self._term(depth))
        return node

    def _term(self, depth: int) -> Node:
        node = self._factor(depth)
        while self.here.text in ("*", "/"):
            node = Operation(self._take().text, node, self._factor(depth))
        return node

    def _factor(self, depth: int) -> Node:
        token = self._take()
        if depth > DEPTH_MOST:
            raise ExpressionWrong("too_deep", token.position)
        if token.text == "-":
            return Negative(self._factor(depth + 1))
        if token.text == "(":
            node = self.expression(depth + 1)
            self._expect(")")
            return node
        if token.kind == "number":
            return _constant(token)
        if token.kind == "word":
            return self._reading(token)
        raise ExpressionWrong("ends_early" if token.kind == "end" else "operand", token.position, token.text)

    def _reading(self, name: _Token) -> MeasureReading:
        if name.text not in self._vocabulary.measures:
            raise ExpressionWrong("measure", name.position, name.text)
        if self.here.text != "[":
            return MeasureReading(name.text)
        opening, filters = self._take(), dict[str, list[str]]()
        self._filter(filters)
        while self.here.text == ",":
            self._take()
            self._filter(filters)
        self._expect("]")
        names = [dimension for dimension in DIMENSIONS if dimension in filters]
        selectors = [tuple(zip(names, values, strict=True)) for values in product(*(filters[name] for name in names))]
        if len(selectors) > ALTERNATIVES_MOST:
            raise ExpressionWrong("alternatives", opening.position)
        return MeasureReading(name.text, tuple(selectors))

    def _filter(self, filters: dict[str, list[str]]) -> None:
        dimension = self._take()
        if dimension.text not in DIMENSIONS:
            raise ExpressionWrong("filter", dimension.position, dimension.text)
        if dimension.text in filters:
            raise ExpressionWrong("filter_twice", dimension.position, dimension.text)
        self._expect("=")
        values = filters[dimension.text] = [self._value(dimension.text, [])]
        while self.here.text == "|":
            self._take()
            values.append(self._value(dimension.text, values))

    def _value(self, dimension: str, before: list[str]) -> str:
        token = self._take()
        if token.kind != "word" or not self._vocabulary.has(dimension, token.text):
            raise ExpressionWrong(f"value_of_{dimension}", token.position, token.text)
        is_item = dimension == "item"
        if any(is_item and (token.text.startswith(each) or each.startswith(token.text)) for each in before):
            raise ExpressionWrong("overlap", token.position, token.text)
        if token.text in before:
            raise ExpressionWrong("overlap", token.position, token.text)
        return token.text

    def _take(self) -> _Token:
        token = self.here
        self._at = min(self._at + 1, len(self._tokens) - 1)
        return token

    def _expect(self, text: str) -> None:
        token = self._take()
        if token.text != text:
            raise ExpressionWrong("expected", token.position, text)


def _constant(token: _Token) -> Constant:
    if len(token.text) > _DIGITS_MOST:
        raise ExpressionWrong("number", token.position, token.text)
    value = Fraction(token.text)
    return Constant(int(value) if value.denominator == 1 else value)
