"""A town's own indicators: added, changed by a version more, retired. The versions before stay as they were."""

from datetime import datetime

import asyncpg

from backend import db
from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Actor
from backend.indicators.errors import (
    ExpressionWrong,
    IndicatorCodeTaken,
    IndicatorIncomplete,
    IndicatorRetired,
    IndicatorUnchanged,
    IndicatorUnknown,
    NotYourIndicators,
    TooManyIndicators,
    TooManyVersions,
)
from backend.indicators.expressions.nodes import reads_percentile, text_of
from backend.indicators.expressions.parser import LENGTH_MOST, parse
from backend.indicators.expressions.vocabulary import Vocabulary
from backend.indicators.registry.inputs import IndicatorDraft
from backend.indicators.registry.shipped import shipped
from backend.indicators.structs import IndicatorUnit
from backend.items import queries as items
from backend.sql import sql

INDICATORS_MOST, VERSIONS_MOST = 200, 50
"""Of an area, those that stand; of an indicator. What is retired stays readable, and makes room."""
_ALONE = "SELECT pg_advisory_xact_lock(hashtextextended('town_indicator ' || $1, 0))"
_STANDING = """
    SELECT count(*) FROM (
        SELECT DISTINCT ON (code) retired_at FROM town_indicator WHERE area_code = $1 ORDER BY code, version DESC
    ) latest WHERE retired_at IS NULL
"""
_LATEST = "SELECT * FROM town_indicator WHERE code = $1 ORDER BY version DESC LIMIT 1 FOR UPDATE"
_SAID = ("name_zh", "name_en", "numerator", "denominator", "unit", "direction", "exclusions", "source")
_INSERT = """
    INSERT INTO town_indicator (code, version, area_code, name_zh, name_en, numerator, denominator, unit, direction,
        exclusions, source, made_by_id, made_at)
    VALUES (:code, :version, :area_code, :name_zh, :name_en, :numerator, :denominator, :unit, :direction,
        :exclusions, :source, :by_id, :now)
"""
_RETIRE = "UPDATE town_indicator SET retired_at = $2, retired_by_id = $3 WHERE id = $1"
_CATEGORY_CHARS, _ITEM_CHARS = 1, 2


async def vocabulary() -> Vocabulary:
    """What an expression may name here: the measures, and the codes of the dictionary at its three levels."""
    codes = await items.list_names()
    return Vocabulary(frozenset(part for code in codes for part in (code[:_CATEGORY_CHARS], code[:_ITEM_CHARS], code)))


async def set_indicator(draft: IndicatorDraft, actor: Actor, now: datetime) -> int:
    """Add an indicator, or a version of it. Returns the version.

    Raises NotYourIndicators, ExpressionWrong (`field`: numerator or denominator), IndicatorIncomplete,
    IndicatorCodeTaken, IndicatorUnchanged, TooManyIndicators, TooManyVersions.
    """
    _require_area(actor, draft.area_code)
    said = await _read(draft)
    try:
        async with db.transaction():
            return await _insert(draft, said, actor, now)
    except asyncpg.UniqueViolationError as error:
        raise IndicatorCodeTaken from error


async def retire(code: str, actor: Actor, now: datetime) -> None:
    """Take an indicator out of the lists; its figures stay readable. Raises IndicatorUnknown, NotYourIndicators,
    IndicatorRetired."""
    async with db.transaction():
        latest = await db.fetchrow(_LATEST, code)
        if latest is None:
            raise IndicatorUnknown(indicator=code)
        _require_area(actor, latest["area_code"])
        if latest["retired_at"] is not None:
            raise IndicatorRetired
        await db.execute(_RETIRE, latest["id"], now, actor.account_id)


async def _insert(draft: IndicatorDraft, said: dict[str, str], actor: Actor, now: datetime) -> int:
    latest = await db.fetchrow(_LATEST, draft.code)
    if draft.code in shipped() or (latest is not None and latest["area_code"] != draft.area_code):
        raise IndicatorCodeTaken
    is_same = latest is not None and all(latest[name] == said[name] for name in _SAID)
    if is_same and latest is not None and latest["retired_at"] is None:
        raise IndicatorUnchanged
    version = latest["version"] + 1 if latest else 1
    if version > VERSIONS_MOST:
        raise TooManyVersions(most=VERSIONS_MOST)
    if latest is None or latest["retired_at"] is not None:
        await _require_fewer(draft.area_code)
    row = {"code": draft.code, "version": version, "area_code": draft.area_code, **said}
    await db.execute(sql(_INSERT, **row, by_id=actor.account_id, now=now))
    return version


async def _require_fewer(area_code: str) -> None:
    """Raises TooManyIndicators. Whoever adds one for the area at the same time waits."""
    await db.execute(_ALONE, area_code)
    if await db.fetchval(_STANDING, area_code) >= INDICATORS_MOST:
        raise TooManyIndicators(most=INDICATORS_MOST)


async def _read(draft: IndicatorDraft) -> dict[str, str]:
    """What the row says, expressions in their canonical form."""
    known = await vocabulary()
    said = {name: str(getattr(draft, name)) for name in _SAID}
    for field in ("numerator", "denominator"):
        if said[field]:
            said[field] = _canonical(said[field], known, field)
    if not _is_complete(draft.unit, said):
        raise IndicatorIncomplete
    return said


def _is_complete(unit: IndicatorUnit, said: dict[str, str]) -> bool:
    """A count has no denominator; all else has one, but a time that is a percentile."""
    if said["denominator"]:
        return unit is not IndicatorUnit.COUNT
    return unit is IndicatorUnit.COUNT or (unit is IndicatorUnit.MINUTES and reads_percentile(parse(said["numerator"])))


def _canonical(text: str, known: Vocabulary, field: str) -> str:
    try:
        written = text_of(parse(text, known))
    except ExpressionWrong as error:
        raise ExpressionWrong(error.reason, error.position, error.part, field) from error
    return written if len(written) <= LENGTH_MOST else text


def _require_area(actor: Actor, area_code: str) -> None:
    if not may_within(actor, Permission.READ_DESK, area_code):
        raise NotYourIndicators
