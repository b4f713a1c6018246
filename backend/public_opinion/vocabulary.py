"""The words of a town as the database has them, ready to be looked for in texts."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from backend import db
from backend.public_opinion.words import clauses
from backend.public_opinion.words.found_word import FoundWord
from backend.public_opinion.words.matching import Matcher
from backend.sql import sql

_LIST = "SELECT id, town_code, word, is_place FROM opinion_word WHERE town_code = ANY($1::text[]) AND NOT is_dropped"
_ADD = """
    INSERT INTO opinion_word (town_code, word, is_place, found_at)
    SELECT :town, word, is_place, :now FROM unnest(:words::text[], :places::bool[]) AS found (word, is_place)
    ON CONFLICT ON CONSTRAINT opinion_word_once DO UPDATE SET is_place = EXCLUDED.is_place
    WHERE NOT opinion_word.is_dropped AND opinion_word.is_place <> EXCLUDED.is_place
"""
_DROP = "UPDATE opinion_word SET is_dropped = true WHERE id = ANY($1::bigint[])"


class TownVocabulary(NamedTuple):
    """A town's words: those that are looked for in what is said, places before everything else."""

    matters: Matcher
    places: Matcher
    letters: dict[str, int]
    words: dict[int, str]

    def numbers_in(self, text: str) -> list[int]:
        """The words of a text, each once, rising."""
        said = clauses.read(text, self.places)
        found = self.matters.numbers(said.runs) | said.places
        found.update(self.letters[each] for each in said.letters if each in self.letters)
        return sorted(found)


def vocabulary_of(rows: Iterable[tuple[int, str, bool]]) -> TownVocabulary:
    """Of words with their numbers, and whether each is a place. Pure."""
    matters: dict[str, int] = {}
    places: dict[str, int] = {}
    letters: dict[str, int] = {}
    for number, word, is_place in rows:
        (letters if word.isascii() else places if is_place else matters)[word] = number
    words = {number: word for each in (matters, places, letters) for word, number in each.items()}
    return TownVocabulary(Matcher(matters), Matcher(places), letters, words)


async def read(town_codes: Sequence[str]) -> dict[str, TownVocabulary]:
    """The words of some towns; of a town without any, an empty vocabulary."""
    rows = await db.fetch(_LIST, list(town_codes))
    return {
        town: vocabulary_of((row["id"], row["word"], row["is_place"]) for row in rows if row["town_code"] == town)
        for town in town_codes
    }


async def add(town_code: str, found: Sequence[FoundWord], now: datetime) -> None:
    """Words that were found; those that are there already stay, and those that were dropped stay dropped."""
    words, places = [each.word for each in found], [each.is_place for each in found]
    await db.execute(sql(_ADD, town=town_code, words=words, places=places, now=now))


async def drop(word_ids: Sequence[int]) -> None:
    """Words that are somebody's name after all."""
    if word_ids:
        await db.execute(_DROP, list(word_ids))
