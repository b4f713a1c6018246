"""What was read a moment ago is told again: for so long, of so many, and never what could not be read."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.routes.http.recent_answers import RecentAnswers

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
LIFE = timedelta(seconds=5)


class Source:
    def __init__(self) -> None:
        self.reads = 0

    async def read(self) -> int:
        self.reads += 1
        if self.reads == 3:
            raise RuntimeError
        return self.reads


async def test_an_answer_is_good_for_its_life_and_for_no_earlier_instant() -> None:
    source, answers = Source(), RecentAnswers[int](LIFE, most=9)

    told = [await answers.get("a", NOW + at, source.read) for at in (timedelta(), LIFE / 2, LIFE)]

    assert told == [1, 1, 2]
    assert await answers.get("a", NOW + LIFE * 1.5, source.read) == 2
    with pytest.raises(RuntimeError):
        await answers.get("a", NOW, source.read)


async def test_each_key_has_its_own_answer_and_the_longest_unused_goes_first() -> None:
    source, answers = Source(), RecentAnswers[int](LIFE, most=2)
    source.reads = 10

    told = [await answers.get(key, NOW, source.read) for key in ("a", "b", "a", "c", "a", "b")]

    assert told == [11, 12, 11, 13, 11, 14]


async def test_what_could_not_be_read_is_asked_again() -> None:
    source, answers = Source(), RecentAnswers[int](LIFE, most=2)
    source.reads = 2
    with pytest.raises(RuntimeError):
        await answers.get("a", NOW, source.read)

    assert await answers.get("a", NOW, source.read) == 4
