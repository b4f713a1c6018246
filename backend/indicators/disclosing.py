"""Figures as they are shown beyond staff: none that rests on a few cases, since each of those is somebody's. Pure."""

from collections.abc import Sequence

import msgspec

from backend.indicators.structs import IndicatorFigure

PUBLIC_LEAST = 10
"""Under so many cases a figure says more of persons than of a town."""


class PublicFigure(msgspec.Struct, frozen=True, kw_only=True):
    """`value` is None also where `is_too_small`: then `n` is not told either."""

    code: str
    subject: str
    value: float | None
    n: int | None
    is_too_small: bool


def for_public(figures: Sequence[IndicatorFigure], least: int = PUBLIC_LEAST) -> list[PublicFigure]:
    """The same figures without their numerators, and without values that rest on fewer than `least` cases."""
    return [
        PublicFigure(
            code=each.code,
            subject=each.subject,
            value=None if (is_small := 0 < each.n < least) else each.value,
            n=None if is_small else each.n,
            is_too_small=is_small,
        )
        for each in figures
    ]
