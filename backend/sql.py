"""Statements whose values are bound by name, and fragments that carry their own values. Pure.

`:name` in a text stands for a bound value, `{name}` for a fragment:

    sql("SELECT o.id FROM work_order o WHERE {visible} AND o.state = :state", visible=visible_to(actor), state=state)

Values never become text. `::type` and literals such as 'HH24:MI' or '{}' stay as they are. Composing and numbering are
done once per set of texts.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec

_VALUE = re.compile(r"(?<![:\w]):([a-z_][a-z0-9_]*)")
_FRAGMENT = re.compile(r"\{([a-z_][a-z0-9_]*)\}")


class Sql(msgspec.Struct, frozen=True):
    """A text with `:name` values, and the values of those names."""

    text: str
    values: Mapping[str, Any] = {}

    def bound(self) -> tuple[str, list[Any]]:
        """The text with `$1` … and the values in that order. Raises TypeError for a value too few or too many."""
        numbered, names = _numbered(self.text)
        if len(names) != len(self.values):
            raise TypeError(f"values of a statement: {sorted(names)} asked for, {sorted(self.values)} given")
        try:
            return numbered, [self.values[name] for name in names]
        except KeyError as missing:
            raise TypeError(f"values of a statement: {missing} is missing") from missing


def sql(text: str, /, **given: Any) -> Sql:
    """Compose a statement or a fragment of one. Raises TypeError where two fragments give one name different values."""
    fragments = {name: value for name, value in given.items() if isinstance(value, Sql)}
    values = {name: value for name, value in given.items() if name not in fragments}
    for fragment in fragments.values():
        for name, value in fragment.values.items():
            if name in values and values[name] is not value and values[name] != value:
                raise TypeError(f"values of a statement: {name} is given twice")
            values[name] = value
    texts = tuple((name, fragment.text) for name, fragment in fragments.items())
    return Sql(_composed(text, texts) if texts else text, values)


@lru_cache(maxsize=4096)
def _composed(text: str, fragments: tuple[tuple[str, str], ...]) -> str:
    by_name = dict(fragments)
    unused = by_name.keys() - set(_FRAGMENT.findall(text))
    if unused:
        raise TypeError(f"fragments of a statement: no place for {sorted(unused)}")
    return _FRAGMENT.sub(lambda found: by_name.get(found[1], found[0]), text)


@lru_cache(maxsize=4096)
def _numbered(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with `$n`, and the names in the order of their numbers; a name used twice has one number."""
    names = tuple(dict.fromkeys(_VALUE.findall(text)))
    numbers = {name: f"${number}" for number, name in enumerate(names, start=1)}
    return _VALUE.sub(lambda found: numbers[found[1]], text), names
