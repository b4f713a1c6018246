"""Indicators of towns as the database has them."""

import asyncpg

from backend.indicators.structs import Direction, Indicator, IndicatorUnit

COLUMNS = """i.code, i.version, i.area_code, i.name_zh, i.name_en, i.numerator, i.denominator, i.unit, i.direction,
    i.exclusions, i.source, i.retired_at, coalesce(a.name, i.area_code) AS owner"""
FROM = "town_indicator i LEFT JOIN area a ON a.code = i.area_code"


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
