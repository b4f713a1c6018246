"""What is posted: fields of a form in the order in which they came, attributes among them. Pure.

Empty is the same as absent. An attribute is `attribute[CODE]=v`; of several values `attribute[CODE][]=v` is repeated,
or, as clients in the wild do, `attribute[CODE]=v`.
"""

import re
from collections.abc import Sequence
from hashlib import sha256

import msgspec

from backend.errors import BadRequest

_ATTRIBUTE = re.compile(r"attribute\[([^\[\]]{1,64})\](?:\[\d*\])?")
_NOT_SAID = ("api_key", "jurisdiction_id")
"""Who sends it to whom: no part of what it says."""


class FieldMissing(BadRequest):
    """`extra`: the field."""

    code = "open311-field-missing"


class FieldTooLong(BadRequest):
    """`extra`: the field, and how many characters may stand there."""

    code = "open311-field-too-long"


class PostedForm(msgspec.Struct, frozen=True):
    """The fields as pairs. The same name may come more than once."""

    pairs: Sequence[tuple[str, str]]

    def all_of(self, *names: str) -> list[str]:
        """Every value under one of these names, without the empty ones."""
        return [value.strip() for name, value in self.pairs if name in names and value.strip()]

    def value(self, *names: str, most: int = 400) -> str:
        """The first value under one of these names, or "". Raises FieldTooLong."""
        found = self.all_of(*names)
        if found and len(found[0]) > most:
            raise FieldTooLong(field=names[0], most=most)
        return found[0] if found else ""

    def required(self, *names: str, most: int = 400) -> str:
        """The same. Raises FieldMissing besides."""
        found = self.value(*names, most=most)
        if not found:
            raise FieldMissing(field=names[0])
        return found

    def attributes(self) -> dict[str, list[str]]:
        """The values of each attribute by its code."""
        found: dict[str, list[str]] = {}
        for name, value in self.pairs:
            if (match := _ATTRIBUTE.fullmatch(name)) and value.strip():
                found.setdefault(match[1], []).append(value.strip())
        return found

    def raw(self) -> bytes:
        """What was said, to be sealed: without the key."""
        return msgspec.json.encode([pair for pair in self.pairs if pair[0] != "api_key"])

    def print_of(self, *more: bytes) -> str:
        """64 characters that are the same for the same words, however its sender calls itself. `more`: of the files."""
        said = sorted((name, value.strip()) for name, value in self.pairs if name not in _NOT_SAID and value.strip())
        return sha256(msgspec.json.encode(said) + b"".join(sorted(more))).hexdigest()
