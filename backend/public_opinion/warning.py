"""预警: look for what rises in each town, remember each matter once, and notify of those that chance hardly makes."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, timedelta
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
from backend.public_opinion.detection.replay import LEADING, SAME_MATTER_DAYS, replay
from backend.public_opinion.events import MatterEmerged
from backend.public_opinion.weeks import monday_of
from backend.sql import sql

WATCHED = timedelta(weeks=10)
REPLAYED = timedelta(weeks=26)
_REPLAY_EVERY = timedelta(days=6, hours=12)
ROUNDS = 4
"""How often the past is shuffled."""
_ALONE = "SELECT pg_advisory_xact_lock(hashtext('public_opinion.warn ' || $1))"
_TEXTS = """
    SELECT order_id, area_code, day, reporter, word_ids FROM opinion_text
    WHERE town_code = :town AND week >= :since AND day <= :until ORDER BY order_id
"""
_WORDS = "SELECT id, word, is_place FROM opinion_word WHERE town_code = $1 AND NOT is_dropped"
_OF_BEFORE = """
    SELECT id, area_code, word_ids, warned_at FROM emerging_matter
    WHERE town_code = :town AND last_on >= :since ORDER BY last_on DESC, id DESC FOR UPDATE
"""
_ADD = """
    INSERT INTO emerging_matter (town_code, area_code, word_ids, first_on, last_on, orders, reporters, expected,
        surprise, false_discovery)
    VALUES (:town, :area, :word_ids, :today, :today, :orders, :reporters, :expected, :surprise, :false_discovery)
    RETURNING id
"""
_SEEN_AGAIN = """
    UPDATE emerging_matter SET last_on = greatest(last_on, :today), orders = greatest(orders, :orders),
        reporters = greatest(reporters, :reporters), surprise = greatest(surprise, :surprise),
        false_discovery = least(false_discovery, :false_discovery)
    WHERE id = :id
"""
_WARN = "UPDATE emerging_matter SET warned_at = $2, threshold = $3 WHERE id = $1 AND warned_at IS NULL RETURNING id"


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
    today = shanghai_date(now)
    watched = await _watch(town_code, now - WATCHED, today)
    found = await asyncio.to_thread(emerging.find_matters, watched.mentions, today.toordinal(), watched.is_place)
    if not found:
        return []
    threshold = (await towns.read(town_code)).threshold
    warned: list[int] = []
    async with db.transaction():
        await db.execute(_ALONE, town_code)
        since = today - timedelta(days=SAME_MATTER_DAYS)
        before = await db.fetch(sql(_OF_BEFORE, town=town_code, since=since))
        for matter in found:
            matter_id = await _remember(town_code, matter, watched, before, today)
            if threshold is not None and matter.surprise >= threshold:
                warned += await _notify(matter_id, matter, watched, threshold, now)
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
    values = {
        "today": today,
        "orders": len(matter.order_ids),
        "reporters": matter.voices,
        "surprise": matter.surprise,
        "false_discovery": matter.false_discovery,
    }
    for row in before:
        is_near = row["area_code"].startswith(matter.area_code) or matter.area_code.startswith(row["area_code"])
        if is_near and set(row["word_ids"][:LEADING]) & set(word_ids[:LEADING]):
            await db.execute(sql(_SEEN_AGAIN, id=row["id"], **values))
            return row["id"]
    place = {"town": town_code, "area": matter.area_code, "word_ids": word_ids, "expected": matter.expected}
    return await db.fetchval(sql(_ADD, **place, **values))


async def _notify(matter_id: int, matter: Matter, watched: Watched, threshold: float, now: datetime) -> list[int]:
    """Once for a matter, however often it is seen."""
    if await db.fetchval(_WARN, matter_id, now, threshold) is None:
        return []
    fact = MatterEmerged(
        subject_id=matter_id,
        area_code=matter.area_code,
        words=tuple(watched.words[each][0] for each in watched.ids_of(matter)),
        reporters=matter.voices,
        expected=matter.expected,
        week=monday_of(shanghai_date(now)).isoformat(),
    )
    await events.record(fact)
    return [matter_id]
