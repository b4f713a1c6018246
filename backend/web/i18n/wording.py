"""A sentence with its facts filled in: `{n} {n:order|orders}` says "1 order" and "2 orders". Pure."""

import string
from collections.abc import Mapping
from typing import Any

_CHOICE = "|"


class _Choosing(string.Formatter):
    """Takes `one|many` behind a fact as the two words of which the number chooses one."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if _CHOICE not in format_spec:
            return super().format_field(value, format_spec)
        one, _, many = format_spec.partition(_CHOICE)
        return one if str(value) == "1" else many


_CHOOSING = _Choosing()


def filled(sentence: str, facts: Mapping[str, Any]) -> str:
    """Raises KeyError for a fact that is missing, ValueError and TypeError for one of another kind."""
    if _CHOICE in sentence:
        return _CHOOSING.vformat(sentence, (), facts)
    return sentence.format_map(facts)
