"""预警: look for what rises in each town, remember each matter once, and notify of those that chance hardly makes."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from math import inf
from random import Random
from typing import NamedTuple

import asyncpg
import numpy as np

from backend import db
from backend.calendars.rules import shanghai_date
from backend.events import service as events
from backend.public_opinion import towns
from backend.public_opinion.detection import emerging
from backend.public_opinion.detection.emerging import Matter
from backend.public_opinion.detection.mentions import Mentions, Text
from backend.public_opinion.detection.replay import LEADING, replay
from backend.public_opinion.events import MatterEmerged
from backend.public_opinion.rules import BASE_DAYS, GAP_DAYS, QUIET_DAYS
from backend.public_opinion.structs import MatterStepKind
from backend.public_opinion.weeks import monday_of
from backend.sql import sql

WATCHED = timedelta(days=GAP_DAYS + BASE_DAYS)
REPLAYED = timedelta(weeks=26)
_REPLAY_EVERY = timedelta(days=6, hours=12)
ROUNDS = 4
"""How often the past is shuffled."""
_ALONE = "SELECT pg_advisory_xact_lock(hashtext('public_opinion.warn ' || $1))"
_TEXTS = """
    SELECT id, area_code, day, reporter, word_ids FROM opinion_text
    WHERE town_code = :town AND week >= :since AND day <= :until ORDER BY day, id
"""
_WORDS = "SELECT id, word, is_place FROM opinion_word WHERE town_code = $1 AND NOT is_dropped"
_OF_BEFORE = """
    SELECT id, area_code, word_ids, warned_at FROM emerging_matter
    WHERE town_code = :town
      AND CASE WHEN warned_at IS NULL THEN first_on >= :since ELSE coalesce(quiet_until, last_on + 28) >= :today END
    ORDER BY warned_at DESC NULLS LAST, last_on DESC, id DESC FOR UPDATE
"""
_EVIDENCE = """
    SELECT count(DISTINCT coalesce(t.order_id, -t.record_id)) AS orders, count(DISTINCT CASE
               WHEN o.place_id IS NOT NULL THEN 'p' || o.place_id WHEN o.grid_code <> '' THEN 'g' || o.grid_code
               ELSE 't' || t.id END) AS spots,
           (SELECT jsonb_object_agg(source, many)::text FROM (
               SELECT source, count(*) AS many FROM opinion_text WHERE id = ANY($1::bigint[]) GROUP BY source) each
           ) AS sources
    FROM opinion_text t LEFT JOIN work_order o ON o.id = t.order_id WHERE t.id = ANY($1::bigint[])
"""
_ADD = """
    INSERT INTO emerging_matter (town_code, area_code, word_ids, first_on, last_on, orders, reporters, expected,
        surprise, false_discovery, days, spots, sources)
    VALUES (:town, :area, :word_ids, :today, :today, :orders, :reporters, :expected, :surprise, :false_discovery,
        :days, :spots, :sources::jsonb)
    RETURNING id
"""
_SEEN_AGAIN = """
    UPDATE emerging_matter SET last_on = greatest(last_on, :today), orders = greatest(orders, :orders),
        reporters = greatest(reporters, :reporters), surprise = greatest(surprise, :surprise),
        false_discovery = least(false_discovery, :false_discovery), spots = greatest(spots, :spots),
        days = CASE WHEN surprise < :surprise THEN :days ELSE days END,
        expected = CASE WHEN surprise < :surprise THEN :expected ELSE expected END,
        sources = CASE WHEN surprise < :surprise THEN :sources::jsonb ELSE sources END
    WHERE id = :id
"""
_WARN = """
    UPDATE emerging_matter SET warned_at = :now, threshold = :threshold, quiet_until = :quiet_until
    WHERE id = :id AND warned_at IS NULL RETURNING id
"""
_RAISED = f"INSERT INTO matter_step (matter_id, kind, at) VALUES ($1, '{MatterStepKind.RAISED}', $2)"


class Warned(NamedTuple):
    """When a warning is given, from which surprise on, and until when it is not given again."""

    now: datetime
    threshold: float
    quiet_until: date


class Watched(NamedTuple):
    """A town's texts and words."""

    mentions: Mentions
    words: dict[int, tuple[str, bool]]
    """The word, and whether it is a place."""

    @property
    def is_place(self) -> np.ndarray:
        return np.array([self.words[each][1] for each in self.mentions.words.tolist()], bool)

    def ids_of(self, matter: Matter) -> list[int]:
        return [int(self.mentions.words[each]) for each in matter.words]


async def warn(now: datetime) -> None:
    """Look in every town in which anything was said of late."""
    for town_code in await towns.list_codes(now - WATCHED):
        await warn_in(town_code, now)


async def warn_in(town_code: str, now: datetime) -> list[int]:
    """Look in one town. Returns the matters of which its desk is notified now."""
    today, accepted = shanghai_date(now), await towns.read(town_code)
    watched = await _watch(town_code, now - WATCHED, today)
    least = inf if accepted.threshold is None else accepted.threshold
    found = await asyncio.to_thread(emerging.find_matters, watched.mentions, today.toordinal(), watched.is_place, least)
    if not found:
        return []
    warned: list[int] = []
    async with db.transaction():
        await db.execute(_ALONE, town_code)
        since = today - timedelta(days=QUIET_DAYS)
        before = await db.fetch(sql(_OF_BEFORE, town=town_code, since=since, today=today))
        for matter in found:
            matter_id = await _remember(town_code, matter, watched, before, today)
            if accepted.threshold is not None and matter.surprise >= least:
                quiet_until = today + timedelta(days=accepted.quiet_days)
                warned += await _notify(matter_id, matter, watched, Warned(now, least, quiet_until))
    return warned


async def replay_past(now: datetime) -> None:
    """Find out, once a week for every town, how often chance alone looks like a matter."""
    for town_code in await towns.list_due(now - WATCHED, now - _REPLAY_EVERY):
        await replay_in(town_code, now)


async def replay_in(town_code: str, now: datetime) -> None:
    """The same of one town."""
    watched = await _watch(town_code, now - REPLAYED, shanghai_date(now))
    seeded = Random(f"{town_code} {shanghai_date(now)}")  # noqa: S311 - nothing is kept secret by it
    replayed = await asyncio.to_thread(replay, watched.mentions, watched.is_place, seeded, ROUNDS)
    await towns.note_replay(town_code, replayed, now)


async def _watch(town_code: str, since: datetime, until: date) -> Watched:
    rows = await db.fetch(_WORDS, town_code)
    words = {row["id"]: (row["word"], row["is_place"]) for row in rows}
    texts = await db.fetch(sql(_TEXTS, town=town_code, since=monday_of(shanghai_date(since)), until=until))
    mentions = await asyncio.to_thread(_build, town_code, texts, words)
    return Watched(mentions, words)


def _build(town_code: str, rows: Sequence[asyncpg.Record], words: dict[int, tuple[str, bool]]) -> Mentions:
    texts = (Text(*row.values()) for row in rows)
    return Mentions.build(
        town_code, (text._replace(word_ids=[each for each in text.word_ids if each in words]) for text in texts)
    )


async def _remember(
    town_code: str, matter: Matter, watched: Watched, before: Sequence[asyncpg.Record], today: date
) -> int:
    word_ids = watched.ids_of(matter)
    evidence = await db.fetchrow(_EVIDENCE, sorted(matter.text_ids))
    assert evidence is not None
    values = {
        **dict(evidence),
        "today": today,
        "days": matter.days,
        "reporters": matter.voices,
        "expected": matter.expected,
        "surprise": matter.surprise,
        "false_discovery": matter.false_discovery,
    }
    for row in before:
        is_near = row["area_code"].startswith(matter.area_code) or matter.area_code.startswith(row["area_code"])
        if is_near and set(row["word_ids"][:LEADING]) & set(word_ids[:LEADING]):
            await db.execute(sql(_SEEN_AGAIN, id=row["id"], **values))
            return row["id"]
    place = {"town": town_code, "area": matter.area_code, "word_ids": word_ids}
    return await db.fetchval(sql(_ADD, **place, **values))


async def _notify(matter_id: int, matter: Matter, watched: Watched, warned: Warned) -> list[int]:
    """Once for a matter, however often it is seen."""
    if await db.fetchval(sql(_WARN, id=matter_id, **warned._asdict())) is None:
        return []
    await db.execute(_RAISED, matter_id, warned.now)
    fact = MatterEmerged(
        subject_id=matter_id,
        area_code=matter.area_code,
        words=tuple(watched.words[each][0] for each in watched.ids_of(matter)),
        reporters=matter.voices,
        days=matter.days,
        expected=matter.expected,
        week=monday_of(shanghai_date(warned.now)).isoformat(),
    )
    await events.record(fact)
    return [matter_id]
