"""What each town decided about its warnings, and what its replayed past says of chance."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from backend import db
from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Actor
from backend.calendars.rules import shanghai_date
from backend.geo.area_codes import TOWN_CHARS
from backend.public_opinion.detection.chance import ShuffledPast, Tradeoff, threshold_for, tradeoffs
from backend.public_opinion.errors import AcceptedRateUnclear, OpinionAreaMissing, QuietDaysUnclear
from backend.public_opinion.rules import QUIET_DAYS, QUIET_LEAST, QUIET_MOST, SURPRISE_LEAST
from backend.public_opinion.structs import WarningRates, WarningTradeoff
from backend.sql import sql

ACCEPTED = 1.0
"""Warnings by chance alone in four weeks that are accepted where the town has decided nothing."""
ACCEPTED_LEAST, ACCEPTED_MOST = 0.1, 30.0
OFFERED = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Rates that the page shows beside the town's own."""
USUAL = (0, 10, 40)
"""Voices in seven days of which is told how many would be needed."""
_CODES = f"""
    SELECT DISTINCT area_code AS town_code FROM opinion_total
    WHERE week >= $1 AND length(area_code) = {TOWN_CHARS} ORDER BY area_code
"""
_DUE = f"""
    SELECT DISTINCT t.area_code AS town_code FROM opinion_total t LEFT JOIN opinion_town o ON o.town_code = t.area_code
    WHERE t.week >= $1 AND length(t.area_code) = {TOWN_CHARS} AND (o.replayed_at IS NULL OR o.replayed_at < $2)
    ORDER BY t.area_code
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
    INSERT INTO opinion_town (town_code, accepted_per_month, quiet_days, set_by_id, set_at)
    VALUES (:town, :accepted, :quiet_days, :by_id, :now)
    ON CONFLICT ON CONSTRAINT opinion_town_once DO UPDATE SET accepted_per_month = EXCLUDED.accepted_per_month,
        quiet_days = EXCLUDED.quiet_days, set_by_id = EXCLUDED.set_by_id, set_at = EXCLUDED.set_at
"""
_READ = """
    SELECT accepted_per_month, quiet_days, replayed_at, replayed_days, surprises FROM opinion_town WHERE town_code = $1
"""
_VOICES = """
    SELECT coalesce(sum(reporters), 0) / 4.0 FROM opinion_total
    WHERE area_code = $1 AND week BETWEEN $2::date - 28 AND $2::date - 7
"""
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
    quiet_days: int = QUIET_DAYS

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
    replayed = ShuffledPast(tuple(sorted(row["surprises"])), row["replayed_days"])
    quiet_days = row["quiet_days"] or QUIET_DAYS
    return Accepted(row["accepted_per_month"] or ACCEPTED, replayed, row["replayed_at"], quiet_days)


async def accept(town_code: str, per_month: float, actor: Actor, now: datetime, quiet_days: int = QUIET_DAYS) -> None:
    """Decide how many warnings by chance in four weeks a town accepts, and how long none is given again.

    Raises OpinionAreaMissing, AcceptedRateUnclear, QuietDaysUnclear.
    """
    if len(town_code) != TOWN_CHARS or not may_within(actor, Permission.SET_WARNINGS, town_code):
        raise OpinionAreaMissing
    if not ACCEPTED_LEAST <= per_month <= ACCEPTED_MOST:
        raise AcceptedRateUnclear(least=ACCEPTED_LEAST, most=ACCEPTED_MOST)
    if not QUIET_LEAST <= quiet_days <= QUIET_MOST:
        raise QuietDaysUnclear(least=QUIET_LEAST, most=QUIET_MOST)
    values = {"town": town_code, "accepted": per_month, "quiet_days": quiet_days, "by_id": actor.account_id}
    await db.execute(sql(_ACCEPT, **values, now=now))


async def view_rates(town_code: str, week: date) -> WarningRates:
    """How often a town is warned for nothing, and what other rates would come to. Three statements."""
    accepted = await read(town_code)
    judged = await db.fetchrow(_JUDGED, town_code)
    assert judged is not None
    voices = float(await db.fetchval(_VOICES, town_code, week))
    offered = sorted({*OFFERED, accepted.per_month})
    shown = [_view(each, voices) for each in tradeoffs(accepted.replayed, offered)]
    own = next(each for each in shown if each.accepted == accepted.per_month)
    return WarningRates(
        accepted_per_month=accepted.per_month,
        threshold=own.threshold,
        by_chance=own.by_chance,
        by_chance_high=own.by_chance_high,
        replayed_days=accepted.replayed.days,
        replayed_at=accepted.replayed_at,
        warnings=judged["warnings"],
        useful=judged["useful"],
        false_alarms=judged["false_alarms"],
        quiet_days=accepted.quiet_days,
        tradeoffs=tuple(shown),
    )


def _view(tradeoff: Tradeoff, voices: float) -> WarningTradeoff:
    if tradeoff.threshold is None:
        return WarningTradeoff(accepted=tradeoff.accepted, threshold=None, by_chance=None, by_chance_high=None)
    from backend.public_opinion.detection.tails import needed  # numpy comes with the first

    return WarningTradeoff(
        accepted=tradeoff.accepted,
        threshold=tradeoff.threshold,
        by_chance=tradeoff.by_chance,
        by_chance_high=tradeoff.by_chance_high,
        needed=tuple(needed(usual, voices, max(SURPRISE_LEAST, tradeoff.threshold)) for usual in USUAL),
    )
