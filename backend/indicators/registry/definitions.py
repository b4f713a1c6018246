"""Reads of definitions: those that ship and those of towns, the latest version of each or all of them."""

import re
from collections.abc import Sequence

from backend import db
from backend.indicators.errors import IndicatorUnknown
from backend.indicators.registry.rows import indicator_of
from backend.indicators.registry.shipped import shipped
from backend.indicators.structs import Indicator

_CODE = re.compile("[a-z][a-z0-9_]{2,39}")
_FROM = """
    i.code, i.version, i.area_code, i.name_zh, i.name_en, i.numerator, i.denominator, i.unit, i.direction,
        i.exclusions, i.source, i.retired_at, coalesce(a.name, i.area_code) AS owner
    FROM town_indicator i LEFT JOIN area a ON a.code = i.area_code
"""
_LATEST = f"""
    SELECT DISTINCT ON (i.code) {_FROM}
    WHERE $1::text[] IS NULL OR i.code = ANY($1) ORDER BY i.code, i.version DESC
"""
_VERSIONS = f"SELECT {_FROM} WHERE i.code = $1 ORDER BY i.version DESC"


async def list_indicators(areas: Sequence[str] | None = None) -> list[Indicator]:
    """All that stand: those that ship, then those of towns. `areas`: only of towns that readers of these see."""
    # A code that ships since a town took it is the shipped one's, as in `find_indicators`.
    own = [indicator_of(row) for row in await db.fetch(_LATEST, None) if row["code"] not in shipped()]
    return [*shipped().values(), *(each for each in own if not each.retired_at and concerns(each, areas))]


async def find_indicators(codes: Sequence[str]) -> dict[str, Indicator]:
    """The latest version of each, retired ones as well. Raises IndicatorUnknown."""
    found = {code: shipped()[code] for code in codes if code in shipped()}
    if rest := [code for code in dict.fromkeys(codes) if code not in found and _CODE.fullmatch(code)]:
        found |= {row["code"]: indicator_of(row) for row in await db.fetch(_LATEST, rest)}
    if unknown := [code for code in codes if code not in found]:
        raise IndicatorUnknown(indicator=unknown[0][:60])
    return {code: found[code] for code in codes}


async def list_versions(code: str) -> list[Indicator]:
    """Every version of an indicator, the latest first. Raises IndicatorUnknown."""
    if code in shipped():
        return [shipped()[code]]
    rows = await db.fetch(_VERSIONS, code) if _CODE.fullmatch(code) else []
    if rows:
        return [indicator_of(row) for row in rows]
    raise IndicatorUnknown(indicator=code[:60])


def concerns(indicator: Indicator, areas: Sequence[str] | None) -> bool:
    """Whether readers of these areas see the definition."""
    own = indicator.area_code
    return not own or areas is None or any(each.startswith(own) or own.startswith(each) for each in areas)
