"""Indicators of towns as the database has them."""

import asyncpg

from backend.indicators.structs import Direction, Indicator, IndicatorUnit


def indicator_of(row: asyncpg.Record) -> Indicator:
    return Indicator(
        **{name: row[name] for name in ("code", "version", "area_code", "name_zh", "name_en", "numerator", "source")},
        denominator=row["denominator"] or None,
        unit=IndicatorUnit(row["unit"]),
        direction=Direction(row["direction"]),
        exclusions_zh=row["exclusions"],
        exclusions_en=row["exclusions"],
        owner_zh=row["owner"],
        owner_en=row["owner"],
        retired_at=row["retired_at"],
    )
