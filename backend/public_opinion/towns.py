"""What each town decided about its warnings, and what its replayed past says of chance."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from backend import db
from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Actor
from backend.calendars.rules import shanghai_date
from backend.geo.area_codes import TOWN_CHARS
from backend.public_opinion.detection.chance import ShuffledPast, false_per_month, threshold_for
from backend.public_opinion.detection.surprise import highest_rate
from backend.public_opinion.errors import AcceptedRateUnclear, OpinionAreaMissing
from backend.public_opinion.structs import WarningRates
from backend.sql import sql

ACCEPTED = 1.0
"""Warnings by chance alone in four weeks that are accepted where the town has decided nothing."""
ACCEPTED_LEAST, ACCEPTED_MOST = 0.1, 30.0
_MONTH_DAYS = 28
_CODES = "SELECT DISTINCT town_code FROM opinion_text WHERE week >= $1 ORDER BY town_code"
_DUE = """
    SELECT DISTINCT t.town_code FROM opinion_text t LEFT JOIN opinion_town o ON o.town_code = t.town_code
    WHERE t.week >= $1 AND (o.replayed_at IS NULL OR o.replayed_at < $2) ORDER BY t.town_code
"""
_FOUND = """
    INSERT INTO opinion_town (town_code, found_at) VALUES ($1, $2)
    ON CONFLICT ON CONSTRAINT opinion_town_once DO UPDATE SET found_at = EXCLUDED.found_at
"""
_REPLAYED = """
    INSERT INTO opinion_town (town_code, replayed_at, replayed_days, surprises)
    VALUES (:town, :now, :days, :surprises)
    ON CONFLICT ON CONSTRAINT opinion_town_once DO UPDATE SET replayed_at = EXCLUDED.replayed_at,
        replayed_days = EXCLUDED.replayed_days, surprises = EXCLUDED.surprises
"""
_ACCEPT = """
    INSERT INTO opinion_town (town_code, accepted_per_month, set_by_id, set_at)
    VALUES (:town, :accepted, :by_id, :now)
    ON CONFLICT ON CONSTRAINT opinion_town_once DO UPDATE SET accepted_per_month = EXCLUDED.accepted_per_month,
        set_by_id = EXCLUDED.set_by_id, set_at = EXCLUDED.set_at
"""
_READ = "SELECT accepted_per_month, replayed_at, replayed_days, surprises FROM opinion_town WHERE town_code = $1"
_JUDGED = """
    SELECT count(*) AS warnings, count(*) FILTER (WHERE verdict = 'useful') AS useful,
           count(*) FILTER (WHERE verdict = 'false_alarm') AS false_alarms
    FROM emerging_matter WHERE town_code = $1 AND warned_at IS NOT NULL
"""


class Accepted(NamedTuple):
    """What a town accepts in four weeks, and its replayed past."""

    per_month: float
    replayed: ShuffledPast
    replayed_at: datetime | None

    @property
    def threshold(self) -> float | None:
        return threshold_for(self.replayed, self.per_month)


async def list_codes(since: datetime) -> list[str]:
    """The towns in which anything was said since."""
    return [row["town_code"] for row in await db.fetch(_CODES, shanghai_date(since))]


async def list_due(since: datetime, replayed_before: datetime) -> list[str]:
    """Those whose past was not replayed since an instant."""
    return [row["town_code"] for row in await db.fetch(_DUE, shanghai_date(since), replayed_before)]


async def note_found(town_code: str, now: datetime) -> None:
    """The words of a town were looked for."""
    await db.execute(_FOUND, town_code, now)


async def note_replay(town_code: str, replayed: ShuffledPast, now: datetime) -> None:
    """What the replay of a town's past made."""
    surprises: Sequence[float] = list(replayed.surprises)
    await db.execute(sql(_REPLAYED, town=town_code, now=now, days=replayed.days, surprises=surprises))


async def read(town_code: str) -> Accepted:
    """What a town accepts; `ACCEPTED` where it has decided nothing."""
    row = await db.fetchrow(_READ, town_code)
    if row is None:
        return Accepted(ACCEPTED, ShuffledPast((), 0), None)
    replayed = ShuffledPast(tuple(row["surprises"]), row["replayed_days"])
    return Accepted(row["accepted_per_month"] or ACCEPTED, replayed, row["replayed_at"])


async def accept(town_code: str, per_month: float, actor: Actor, now: datetime) -> None:
    """Decide how many warnings by chance in four weeks a town accepts.

    Raises OpinionAreaMissing, AcceptedRateUnclear.
    """
    if len(town_code) != TOWN_CHARS or not may_within(actor, Permission.SET_WARNINGS, town_code):
        raise OpinionAreaMissing
    if not ACCEPTED_LEAST <= per_month <= ACCEPTED_MOST:
        raise AcceptedRateUnclear(least=ACCEPTED_LEAST, most=ACCEPTED_MOST)
    await db.execute(sql(_ACCEPT, town=town_code, accepted=per_month, by_id=actor.account_id, now=now))


async def view_rates(town_code: str) -> WarningRates:
    """How often a town is warned for nothing. Two statements."""
    accepted = await read(town_code)
    threshold, replayed = accepted.threshold, accepted.replayed
    row = await db.fetchrow(_JUDGED, town_code)
    assert row is not None
    above = sum(each >= threshold for each in replayed.surprises) if threshold is not None else 0
    is_known = threshold is not None and replayed.days > 0
    return WarningRates(
        accepted_per_month=accepted.per_month,
        threshold=threshold,
        by_chance=false_per_month(replayed, threshold) if is_known and threshold is not None else None,
        by_chance_high=highest_rate(above) * _MONTH_DAYS / replayed.days if is_known else None,
        replayed_days=replayed.days,
        replayed_at=accepted.replayed_at,
        warnings=row["warnings"],
        useful=row["useful"],
        false_alarms=row["false_alarms"],
    )
