"""What a request asks of PostgreSQL, as a pgbench script in which each transaction has values of its own. Pure.

The request was recorded many times (`bench/parts/inside.py`), for different codes, each of them twice. How a value came
about shows in how it differs from recording to recording; nothing here knows a statement of the product, so another
statement, another order of them or one large statement instead of nine needs no change here. A value is, in this order:

    the same in all recordings                      a constant
    what the request was made of (code, photo …)    the expression that stands for it, see `Inputs`
    what an earlier statement answered in one row   the variable of that column (`\\gset`), or an element of its array
    the same whenever the code is the same          a list with one value per code, as of an answer kept in memory
    different each time, and looks drawn by chance  drawn by chance (uuid, hexadecimal text, a token)
    anything else, such as the time                 as it was recorded; `Script.as_recorded` says where

Texts and bytes (a fact as JSON, the payload of a job) are taken apart into words, and each word is explained like a
value. A request whose statements are not those of most others is left out. When a value is explained wrongly, give it a
name as an input (`Inputs.expressions`, `Recording.inputs`).
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

Value = Any
"""None, a text, a list of values, or {"hex": …}: as `bench/parts/inside.py` writes them."""

_WORD = re.compile(r"[^\s\"'\[\]{}(),:]+")
_DRAWN = re.compile(r"(\\x)?(?=.*[A-Za-z])[0-9A-Za-z_-]{16,}")
_OF_WORDS = {"text", "character varying", "json", "jsonb", "bytea"}
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NAME = re.compile(r"[a-z_][a-z0-9_]*")
_PIECES = re.compile(r"(--[^\n]*)|('(?:[^']|'')*')|\$(\d+)|((?<!:):(?=[A-Za-z_]))")


class Statement(NamedTuple):
    sql: str
    types: list[str]
    """Of the placeholders, as PostgreSQL names them."""
    values: list[Value]
    rows: list[dict[str, Value]] | None


class Recording(NamedTuple):
    """One request: what it was made of, by name, and what it sent."""

    inputs: dict[str, str]
    statements: list[Statement]


class Inputs(NamedTuple):
    """How pgbench makes what a request is made of."""

    head: str = ""
    """Lines before the first statement, such as `\\set n :n + 1`."""
    expressions: Mapping[str, str] = {}
    """SQL for each input, as text."""
    key: str = ""
    """The input by which a recording is repeated; `:pick` is the number of its value, from 1 on, in `keys`."""
    keys: Sequence[str] = ()


NO_INPUTS = Inputs()


class Script(NamedTuple):
    text: str
    variables: dict[str, str]
    statements: int
    as_recorded: list[str]
    """Values that differ and were not explained: statement, placeholder, an example."""


class NothingInCommon(RuntimeError):
    """The recordings have too little in common to make one script of them."""


def script_of(recordings: Sequence[Recording], inputs: Inputs = NO_INPUTS) -> Script:
    """The script of what most recordings sent, empty where they sent nothing. Raises NothingInCommon."""
    texts = Counter(_texts(each) for each in recordings)
    sent, count = texts.most_common(1)[0] if texts else ((), 0)
    if count * 2 <= len(recordings):
        raise NothingInCommon(f"{count} of {len(recordings)} requests sent the same statements")
    return _Writer([each for each in recordings if _texts(each) == sent], inputs).script()


def _texts(recording: Recording) -> tuple[str, ...]:
    return tuple(each.sql for each in recording.statements)


class _Writer:
    def __init__(self, recordings: list[Recording], inputs: Inputs) -> None:
        self.recordings = recordings
        self.inputs = inputs
        self.first = recordings[0].statements
        self.sources = [(self._input(name), inputs.expressions[name]) for name in inputs.expressions]
        self.variables: dict[str, str] = {}
        self.used: set[int] = set()
        self.as_recorded: list[str] = []
        self.here = ""

    def script(self) -> Script:
        lines = [self._line(at) for at in range(len(self.first))]
        ends = [f" \\gset s{at}_" if at in self.used else ";" for at in range(len(lines))]
        body = "\n".join(line + end for line, end in zip(lines, ends, strict=True))
        if self.inputs.keys:
            self.variables["keys"] = _array(self.inputs.keys)
        return Script(f"{self.inputs.head}{body}\n", self.variables, len(lines), self.as_recorded)

    def _line(self, at: int) -> str:
        statement = self.first[at]
        series = [[each.statements[at].values[n] for each in self.recordings] for n in range(len(statement.values))]
        placed = []
        for number, (values, kind) in enumerate(zip(series, statement.types, strict=True), 1):
            self.here = f"{' '.join(statement.sql.split()[:3])} ${number}"
            placed.append(self._expression(values, kind))
        self.sources += self._answers(at)
        return _with_values(statement.sql, placed)

    def _expression(self, series: list[Value], kind: str) -> str:
        """SQL of the placeholder's own type for a value that was this in each recording."""
        if all(value == series[0] for value in series):
            return f"{self._constant(_literal(series[0]))}::{kind}"
        if kind.endswith("[]") and len({len(value) if isinstance(value, list) else -1 for value in series}) == 1:
            element = kind.removesuffix("[]")
            columns = [list(each) for each in zip(*series, strict=True)]
            return f"ARRAY[{', '.join(self._expression(each, element) for each in columns)}]::{kind}"
        decoded = _decoded(series) if kind == "bytea" else None
        texts = decoded or [_literal(value) for value in series]
        expression = self._explained(texts) or (self._by_words(texts) if kind in _OF_WORDS else None)
        if expression is None:  # not by way of text: PostgreSQL would read a time anew for each row
            return f"{self._as_recorded(series[-1])}::{kind}"
        if decoded:
            return f"convert_to({expression}, 'UTF8')"
        return f"({expression})::{kind}" if kind == "text" else f"nullif({expression}, '')::{kind}"

    def _explained(self, series: list[str | None]) -> str | None:
        if all(text == series[0] for text in series):
            return f"{self._constant(series[0])}::text"
        for known, expression in self.sources:
            if known == series:
                self.used.update(int(found) for found in re.findall(r":s(\d+)_", expression))
                return expression
        if by_key := self._by_key(series):
            values = _array([by_key.get(key) for key in self.inputs.keys])
            return f"({self._constant(values)}::text[])[:pick::int]"
        if len(set(series)) == len(series) and all(text and _DRAWN.fullmatch(text) for text in series):
            return self._drawn(series[0] or "")
        return None

    def _by_words(self, series: list[str | None]) -> str | None:
        if any(text is None for text in series):
            return None
        split = [_WORD.split(text or "") for text in series]
        words = [_WORD.findall(text or "") for text in series]
        if any(gaps != split[0] for gaps in split) or not words[0] or not any(split[0]):
            return None
        parts = [split[0][0]]  # constant text and SQL in turn
        for at, gap in enumerate(split[0][1:]):
            column: list[str | None] = [each[at] for each in words]
            if all(word == column[0] for word in column):
                parts[-1] += f"{column[0]}{gap}"
            else:
                parts += [self._explained(column) or f"{self._as_recorded(column[-1])}::text", gap]
        return " || ".join(self._constants_and_sql(parts))

    def _constants_and_sql(self, parts: list[str]) -> Iterator[str]:
        """SQL for what is constant and SQL in turn."""
        for at, part in enumerate(parts):
            if at % 2 or part:
                yield part if at % 2 else f"{self._constant(part)}::text"

    def _by_key(self, series: list[str | None]) -> dict[str, str | None]:
        """The value of each key, where it depends on nothing else; empty where it does, or where nobody can tell."""
        found: dict[str, str | None] = {}
        keys = self._input(self.inputs.key) if self.inputs.key else []
        for key, value in zip(keys, series, strict=False):
            if found.setdefault(key or "", value) != value:
                return {}
        return found if len(found) < len(keys) and found.keys() >= set(self.inputs.keys) else {}

    def _drawn(self, example: str) -> str:
        salt = self._constant(self.here + example)
        if _UUID.fullmatch(example):
            return f"md5(concat({salt}::text, :photo::text))::uuid::text"
        prefix, length = ("'\\x'", len(example) - 2) if example.startswith("\\x") else ("''", len(example))
        return f"concat({prefix}, left(repeat(md5(concat({salt}::text, :photo::text)), {length // 32 + 1}), {length}))"

    def _as_recorded(self, value: Value) -> str:
        self.as_recorded.append(f"{self.here}: {_literal(value)}")
        return self._constant(_literal(value))

    def _constant(self, text: str | None) -> str:
        if not text:  # pgbench defines no empty variables
            return "NULL" if text is None else "''"
        name = next((name for name, known in self.variables.items() if known == text), f"c{len(self.variables) + 1}")
        self.variables[name] = text
        return f":{name}"

    def _input(self, name: str) -> list[str | None]:
        return [each.inputs[name] for each in self.recordings]

    def _answers(self, at: int) -> Iterator[tuple[list[str | None], str]]:
        """What is known once the statement has answered: values that differ, of one row."""
        rows = [each.statements[at].rows or [] for each in self.recordings]
        if any(len(each) != 1 for each in rows) or not all(_NAME.fullmatch(name) for name in rows[0][0]):
            return
        for name in rows[0][0]:
            column = [each[0][name] for each in rows]
            if all(isinstance(value, list) for value in column):
                for n in range(min(map(len, column))):
                    yield [_literal(value[n]) for value in column], f"(:s{at}_{name}::text[])[{n + 1}]"
            yield [_literal(value) for value in column], f":s{at}_{name}::text"


def _with_values(sql: str, placed: Sequence[str]) -> str:
    """The text with expressions for its placeholders, and nothing that pgbench would take for a variable."""

    def replacement(found: re.Match[str]) -> str:
        comment, quoted, number, colon = found.groups()
        if comment:
            return ""
        if number:
            return placed[int(number) - 1]
        if colon:
            return ": "
        apart = re.sub(r":(?=[A-Za-z_])", ":' || '", quoted)
        return quoted if apart == quoted else f"({apart})"

    return _PIECES.sub(replacement, sql.strip().rstrip(";"))


def _decoded(series: list[Value]) -> list[str | None] | None:
    try:
        return [bytes.fromhex(value["hex"]).decode() for value in series]
    except (TypeError, UnicodeDecodeError):
        return None


def _literal(value: Value) -> str | None:
    """A value in PostgreSQL's text form, None for NULL."""
    if isinstance(value, list):
        return _array([_literal(each) for each in value])
    return "\\x" + value["hex"] if isinstance(value, dict) else value


def _array(texts: Sequence[str | None]) -> str:
    return "{" + ",".join("NULL" if text is None else _quoted(text) for text in texts) + "}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
