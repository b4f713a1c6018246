"""Find the words of each town, each night, in what was said there of late, and have counted anew what has them."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import asyncpg

from backend import db
from backend.calendars.rules import shanghai_date
from backend.places import called
from backend.public_opinion import people, queueing, towns, vocabulary
from backend.public_opinion.texts import SAID
from backend.public_opinion.vocabulary import TownVocabulary
from backend.public_opinion.words import clauses, finding
from backend.public_opinion.words.clauses import Clauses
from backend.public_opinion.words.found_word import FoundWord
from backend.public_opinion.words.matching import Matcher
from backend.sql import sql

LOOKED_AT = timedelta(weeks=13)
TEXTS_MOST = 20_000
"""Of a town, the latest."""
_TEXTS = f"""
    SELECT t.order_id, t.record_id, t.word_ids, {SAID} AS said
    FROM opinion_text t LEFT JOIN work_order o ON o.id = t.order_id LEFT JOIN campaign_record r ON r.id = t.record_id
    WHERE t.town_code = :town AND t.week >= :since ORDER BY t.day DESC, t.id DESC LIMIT :most
"""


class Discovery(NamedTuple):
    """What was found: the words, the stored words that are none any more, and the orders to count anew."""

    words: list[FoundWord]
    dropped: list[int]


async def discover(now: datetime) -> None:
    """In every town in which anything was said of late."""
    await queueing.reconcile(now)
    for town_code in await towns.list_codes(now - LOOKED_AT):
        await discover_in(town_code, now)


async def discover_in(town_code: str, now: datetime) -> int:
    """Find the words of a town. Returns how many of its texts are to be counted anew."""
    since = shanghai_date(now - LOOKED_AT)
    texts = await db.fetch(sql(_TEXTS, town=town_code, since=since, most=TEXTS_MOST))
    gazetteer = await called.list_place_names(town_code)
    known = (await vocabulary.read([town_code]))[town_code]
    said = await asyncio.to_thread(_read, texts, gazetteer)
    named = await people.list_names(_candidates(said, known))
    found = await asyncio.to_thread(_find, said, gazetteer, known, named)
    async with db.transaction():
        await vocabulary.add(town_code, found.words, now)
        await vocabulary.drop(found.dropped)
        await towns.note_found(town_code, now)
    grown = (await vocabulary.read([town_code]))[town_code]
    changed = await asyncio.to_thread(_changed, texts, grown)
    await queueing.note([text["order_id"] for text in changed if text["order_id"]])
    await queueing.note_records([text["record_id"] for text in changed if text["record_id"]])
    return len(changed)


def _read(texts: Sequence[asyncpg.Record], gazetteer: Sequence[str]) -> list[Clauses]:
    places = Matcher({name: number for number, name in enumerate(gazetteer)})
    return [clauses.read(text["said"] or "", places) for text in texts]


def _candidates(said: Sequence[Clauses], known: TownVocabulary) -> set[str]:
    """Runs that may be somebody's name: of the words that would be found, and of those that are stored."""
    found = {each.word for each in finding.find_words(said)} | set(known.words.values())
    return {
        word[start : start + length]
        for word in found
        for length in range(2, 5)
        for start in range(len(word) - length + 1)
    }


def _find(said: Sequence[Clauses], gazetteer: Sequence[str], known: TownVocabulary, named: set[str]) -> Discovery:
    everybody = named.union(*(text.names for text in said)) if said else named
    places = {name: 0 for name in gazetteer}
    for text in said:
        for number in text.places:
            places[gazetteer[number]] += 1
    words = [each for each in finding.find_words(said, named) if each.word not in places]
    words += [FoundWord(name, many, True) for name, many in places.items() if many >= finding.LEAST]
    dropped = [
        number
        for number, word in known.words.items()
        if word not in places and not word.isascii() and not finding.may_be_word(word, everybody)
    ]
    return Discovery(words, dropped)


def _changed(texts: Sequence[asyncpg.Record], known: TownVocabulary) -> list[asyncpg.Record]:
    """Texts whose words are others than were counted."""
    return [text for text in texts if known.numbers_in(text["said"] or "") != list(text["word_ids"])]
