"""The indicators that ship: families of `shipped.json`, each narrowed to the slices that it names."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from backend.indicators.expressions.nodes import narrowed, text_of
from backend.indicators.expressions.parser import parse
from backend.indicators.structs import Direction, Indicator, IndicatorUnit

_FILE = Path(__file__).with_name("shipped.json")


class IndicatorFamily(msgspec.Struct, frozen=True, kw_only=True):
    """One definition, and to which sets of slices it is narrowed besides."""

    code: str
    zh: str
    en: str
    numerator: str
    denominator: str | None = None
    unit: IndicatorUnit
    direction: Direction
    slices: str
    source: str
    exclusions_zh: str = ""
    exclusions_en: str = ""


class Slice(msgspec.Struct, frozen=True, kw_only=True):
    dimension: str
    value: str
    zh: str
    en: str


class _Shipped(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    version: int
    owner_zh: str
    owner_en: str
    slice_sets: dict[str, list[str]]
    slices: dict[str, list[Slice]]
    families: list[IndicatorFamily]


@cache
def shipped() -> dict[str, Indicator]:
    """Every indicator that ships, by its code, each family before its slices."""
    read = msgspec.json.decode(_FILE.read_bytes(), type=_Shipped)
    return {each.code: each for family in read.families for each in _of_family(read, family)}


def _of_family(read: _Shipped, family: IndicatorFamily) -> Iterator[Indicator]:
    yield _indicator(read, family, None)
    for name in read.slice_sets[family.slices]:
        for each in read.slices[name]:
            yield _indicator(read, family, each)


def _indicator(read: _Shipped, family: IndicatorFamily, part: Slice | None) -> Indicator:
    return Indicator(
        code=f"{family.code}.{part.value.lower()}" if part else family.code,
        version=read.version,
        name_zh=f"{family.zh}·{part.zh}" if part else family.zh,
        name_en=f"{family.en}: {part.en}" if part else family.en,
        numerator=_expression(family.numerator, part) or "",
        denominator=_expression(family.denominator, part),
        unit=family.unit,
        direction=family.direction,
        exclusions_zh=family.exclusions_zh,
        exclusions_en=family.exclusions_en,
        owner_zh=read.owner_zh,
        owner_en=read.owner_en,
        source=family.source,
        family=family.code if part else "",
    )


def _expression(text: str | None, part: Slice | None) -> str | None:
    if text is None:
        return None
    node = parse(text)
    return text_of(narrowed(node, part.dimension, part.value) if part else node)
