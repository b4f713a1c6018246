"""What a request may look like, field by field: unknown fields and wrong types are refused, as vendors do."""

from collections.abc import Callable, Mapping
from typing import Any

Shape = type | tuple[type, ...] | Mapping[str, Any] | Callable[[Any], bool]
"""A type, fields with their shapes, or a question about the value. A field whose name begins with * must be there."""


class NotSo(Exception):
    """`field`: the path of what is wrong. `why`: "unknown", "missing" or "invalid"."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field}: {why}")
        self.field, self.why = field, why


def hold(value: Any, shape: Any, at: str) -> None:
    """Raises NotSo."""
    if isinstance(shape, Mapping):
        _hold_fields(value, shape, at)
    elif isinstance(shape, type | tuple):
        if not isinstance(value, shape) or (isinstance(value, bool) and shape is not bool):
            raise NotSo(at, "invalid")
    elif not shape(value):
        raise NotSo(at, "invalid")


def _hold_fields(value: Any, shape: Mapping[str, Any], at: str) -> None:
    if not isinstance(value, dict):
        raise NotSo(at, "invalid")
    known = {name.lstrip("*"): each for name, each in shape.items()}
    for name in shape:
        if name.startswith("*") and name[1:] not in value:
            raise NotSo(f"{at}.{name[1:]}", "missing")
    for name, inner in value.items():
        if name not in known:
            raise NotSo(f"{at}.{name}", "unknown")
        hold(inner, known[name], f"{at}.{name}")


def words(most: int, least: int = 0) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and least <= len(value) <= most


def one_of(*values: Any) -> Callable[[Any], bool]:
    return lambda value: value in values and not isinstance(value, bool)


def whole(least: int, most: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def texts(value: Any) -> bool:
    """A map of strings to strings."""
    return isinstance(value, dict) and all(isinstance(part, str) for pair in value.items() for part in pair)
