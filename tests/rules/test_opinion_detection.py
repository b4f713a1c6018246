"""What rises is found where it rises, chance is found seldom, and how seldom is known beforehand."""

from datetime import date, timedelta
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.public_opinion.detection import mentions as counting
from backend.public_opinion.detection.chance import ShuffledPast, false_per_month, threshold_for
from backend.public_opinion.detection.emerging import find_matters, find_rising
from backend.public_opinion.detection.mentions import Mentions, Text
from backend.public_opinion.detection.replay import days_of, follow, replay
from backend.public_opinion.rules import LEAST_VOICES

TOWN, HERE, THERE = "310115105", "310115105001", "310115105002"
FIRST = date(2026, 1, 5)
DAYS = 100
LAST = (FIRST + timedelta(days=DAYS - 1)).toordinal()
WORDS = range(100, 140)
OUTBREAK = (501, 502)


def background(chance: Random, per_day: int = 10) -> list[Text]:
    return [
        Text(number, chance.choice((HERE, THERE)), day_of(number // per_day), number, chance.sample(WORDS, 4))
        for number in range(DAYS * per_day)
    ]


def day_of(number: int) -> date:
    return FIRST + timedelta(days=number)


def outbreak(many: int, area: str = HERE, *, reporter: int | None = None) -> list[Text]:
    """In the last seven days, of two words that always come together."""
    numbers = range(90_000, 90_000 + many)
    return [
        Text(number, area, day_of(DAYS - 1 - number % 7), reporter or number, [*OUTBREAK, WORDS[number % 40]])
        for number in numbers
    ]


def built(texts: list[Text]) -> tuple[Mentions, np.ndarray]:
    mentions = Mentions.build(TOWN, texts)
    return mentions, np.zeros(len(mentions.words), bool)


def test_an_outbreak_is_one_matter_in_the_committee_where_it_is() -> None:
    mentions, is_place = built(background(Random(1)) + outbreak(14))

    [matter] = find_matters(mentions, LAST, is_place)

    assert {int(mentions.words[each]) for each in matter.words} == set(OUTBREAK)
    assert (matter.area_code, matter.voices, len(matter.order_ids)) == (HERE, 14, 14)
    assert matter.false_discovery <= 0.05


def test_what_rises_all_over_the_town_is_told_of_the_town() -> None:
    mentions, is_place = built(
        background(Random(1))
        + outbreak(10)
        + [text._replace(order_id=text.order_id + 500, reporter=text.reporter + 500) for text in outbreak(10, THERE)]
    )

    assert [matter.area_code for matter in find_matters(mentions, LAST, is_place)] == [TOWN]


def test_one_person_who_reports_much_is_one_voice() -> None:
    mentions, is_place = built(background(Random(1)) + outbreak(40, reporter=7_777_777))

    assert find_matters(mentions, LAST, is_place) == []


@pytest.mark.parametrize("many", range(1, LEAST_VOICES))
def test_what_fewer_than_five_say_is_told_to_nobody(many: int) -> None:
    mentions, is_place = built(background(Random(1)) + outbreak(many))

    assert find_matters(mentions, LAST, is_place) == []


def test_places_alone_are_no_matter_and_beside_one_say_where() -> None:
    mentions, _ = built(background(Random(1)) + outbreak(14))
    places = np.isin(mentions.words, OUTBREAK)

    assert find_matters(mentions, LAST, places) == []
    places[np.flatnonzero(places)[0]] = False
    assert len(find_matters(mentions, LAST, places)[0].words) == 2


def test_nothing_rises_without_weeks_to_compare_with() -> None:
    mentions, is_place = built(outbreak(30))

    assert find_matters(mentions, LAST, is_place) == []
    assert find_matters(Mentions.build(TOWN, []), LAST, np.zeros(0, bool)) == []


def test_no_texts_with_words_are_looked_through() -> None:
    mentions, is_place = built([text._replace(word_ids=()) for text in background(Random(1))])

    assert find_matters(mentions, LAST, is_place) == []


def test_a_matter_that_is_seen_on_several_days_is_one() -> None:
    mentions, is_place = built(background(Random(1)) + outbreak(14))
    seen = follow(mentions, is_place, range(LAST - 3, LAST + 1))

    assert len([each for each in seen if each.surprise > 5]) == 1


def test_shuffled_days_make_few_matters_and_a_threshold_keeps_their_rate() -> None:
    mentions, is_place = built(background(Random(1)) + outbreak(14))
    replayed = replay(mentions, is_place, Random(3), 12)

    threshold = threshold_for(replayed, 1.0)

    assert replayed.days == len(days_of(mentions)) * 12
    assert threshold is not None and false_per_month(replayed, threshold) <= 1.0
    assert find_matters(mentions, LAST, is_place)[0].surprise >= threshold


@given(st.lists(st.floats(2, 30), max_size=30), st.integers(28, 5000), st.floats(0.1, 30))
def test_a_threshold_accepts_no_more_than_was_said_and_less_where_less_is_accepted(
    surprises: list[float], days: int, accepted: float
) -> None:
    replayed = ShuffledPast(tuple(sorted(surprises)), days)
    threshold, stricter = threshold_for(replayed, accepted), threshold_for(replayed, accepted / 2)

    if threshold is not None:
        assert false_per_month(replayed, threshold) <= accepted
    if stricter is not None:
        assert threshold is not None and threshold <= stricter


def test_a_past_that_is_too_short_gives_no_threshold() -> None:
    assert threshold_for(ShuffledPast((), 0), 30.0) is None
    assert threshold_for(ShuffledPast((), 20), 0.1) is None


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(st.integers(0, 70), st.sampled_from([HERE, THERE, TOWN]), st.integers(0, 5), st.integers(0, 3)),
        max_size=60,
    )
)
def test_voices_are_counted_as_by_hand(rows: list[tuple[int, str, int, int]]) -> None:
    texts = [
        Text(number, area, day_of(day), reporter, [word]) for number, (day, area, reporter, word) in enumerate(rows)
    ]
    mentions, until = Mentions.build(TOWN, texts), day_of(70).toordinal()
    found = counting.count_voices(mentions, until) if texts else None
    weeks = {text.order_id: (until - text.day.toordinal()) // 7 for text in texts}

    for row in range(len(found.area)) if found else ():
        area, word = mentions.code_of(int(found.area[row])), int(mentions.words[found.word[row]])
        said = {
            (weeks[text.order_id], text.reporter)
            for text in texts
            if text.word_ids == [word] and area in (text.area_code, TOWN) and weeks[text.order_id] <= 8
        }
        assert found.now[row] == sum(week == 0 for week, _ in said)
        assert found.before[row] == sum(week > 0 for week, _ in said)


def test_rising_words_are_those_that_pass_the_test() -> None:
    mentions, _ = built(background(Random(1)) + outbreak(14))

    assert {int(mentions.words[each.word]) for each in find_rising(mentions, LAST)} == set(OUTBREAK)
