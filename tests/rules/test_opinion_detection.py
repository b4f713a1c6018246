"""What rises is found where it rises, chance is found seldom, and how seldom is known beforehand."""

from datetime import date, timedelta
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.public_opinion.detection.chance import ShuffledPast, false_per_month, threshold_for, tradeoffs
from backend.public_opinion.detection.emerging import find_matters
from backend.public_opinion.detection.mentions import Mentions, Text
from backend.public_opinion.detection.replay import days_of, follow, replay
from backend.public_opinion.detection.scanning import find_rising, scan
from backend.public_opinion.detection.series import by_area
from backend.public_opinion.detection.tails import needed, upper_tail
from backend.public_opinion.rules import BASE_DAYS, FALSE_DISCOVERIES, GAP_DAYS, LEAST_VOICES, WINDOWS

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
    assert (matter.area_code, matter.voices, len(matter.text_ids)) == (HERE, 14, 14)
    assert matter.false_discovery <= 0.05


def test_what_rises_all_over_the_town_is_told_of_the_town() -> None:
    mentions, is_place = built(
        background(Random(1))
        + outbreak(10)
        + [text._replace(text_id=text.text_id + 500, reporter=text.reporter + 500) for text in outbreak(10, THERE)]
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


TINY = st.lists(
    st.tuples(st.integers(0, 70), st.sampled_from([HERE, THERE, TOWN]), st.integers(0, 5), st.integers(0, 3)),
    max_size=60,
)


def tiny(rows: list[tuple[int, str, int, int]]) -> list[Text]:
    return [
        Text(number, area, day_of(day), reporter, [word]) for number, (day, area, reporter, word) in enumerate(rows)
    ]


@settings(max_examples=30)
@given(TINY)
def test_voices_by_day_are_counted_as_by_hand(rows: list[tuple[int, str, int, int]]) -> None:
    texts = tiny(rows)
    mentions = Mentions.build(TOWN, texts)

    for voices in by_area(mentions):
        area = mentions.code_of(voices.area)
        for row, word in enumerate(voices.words.tolist()):
            said = {
                (text.reporter, text.day.toordinal())
                for text in texts
                if text.word_ids == [int(mentions.words[word])] and area in (text.area_code, TOWN)
            }
            heard = [
                day - int(mentions.day[0])
                for who, day in said
                if not any(other == who and 0 < day - earlier < max(WINDOWS) for other, earlier in said)
            ]
            assert voices.said[row].tolist() == [
                sum(day < days for day in heard) for days in range(len(voices.said[row]))
            ]


@settings(max_examples=30)
@given(TINY, st.randoms(use_true_random=False))
def test_texts_on_other_days_keep_their_words_reporters_and_areas(
    rows: list[tuple[int, str, int, int]], chance: Random
) -> None:
    mentions = Mentions.build(TOWN, tiny(rows))
    order = list(range(len(mentions.day)))
    chance.shuffle(order)
    moved = mentions.on_days(mentions.day[order])

    def rows_of(each: Mentions) -> set[tuple[int, ...]]:
        return {
            (int(each.text_ids[of]), int(each.reporter[of]), int(each.area[of]), int(word))
            for of, word in zip(each.of, each.word, strict=True)
        }

    assert rows_of(moved) == rows_of(mentions)
    assert sorted(moved.day) == sorted(mentions.day) and list(moved.of) == sorted(moved.of)


def test_rising_words_are_those_that_pass_the_test() -> None:
    mentions, _ = built(background(Random(1)) + outbreak(14))
    believed = [each for each in find_rising(mentions, LAST) if each.false_discovery <= FALSE_DISCOVERIES]

    assert {int(mentions.words[each.word]) for each in believed} == set(OUTBREAK)


def test_a_scan_of_many_days_finds_on_each_what_a_look_at_that_day_alone_finds() -> None:
    mentions, _ = built(background(Random(4)) + outbreak(14))
    days = range(LAST - 20, LAST + 1)

    found = scan(mentions, days)

    assert found
    for day in days:
        alone, among = find_rising(mentions, day), found.get(day, [])
        assert [each[:4] for each in among] == [each[:4] for each in alone]
        assert [each.surprise for each in among] == pytest.approx([each.surprise for each in alone])


def growth_from(usual: int, days: int) -> list[Text]:
    """A word that `usual` say in a week, and that from a day on four times as many say."""
    texts, number = [], 200_000
    for day in range(DAYS):
        many = usual / 7 * (4 if day >= DAYS - days else 1)
        for _ in range(int((day + 1) * many) - int(day * many)):
            texts.append(Text(number, HERE if number % 2 else THERE, day_of(day), number, [601]))
            number += 1
    return texts


@pytest.mark.parametrize(("usual", "grew_for"), [(7, 9), (14, 5), (28, 3), (70, 2)])
def test_what_is_said_four_times_as_often_is_found_in_days_and_the_sooner_the_more_say_it(
    usual: int, grew_for: int
) -> None:
    mentions, is_place = built(background(Random(1), per_day=40) + growth_from(usual, grew_for))

    assert [int(mentions.words[each.words[0]]) for each in find_matters(mentions, LAST, is_place, 5.0)] == [601]


def test_a_day_on_which_twice_as_much_is_said_of_everything_surprises_nobody() -> None:
    busy = [
        text._replace(text_id=text.text_id + 70_000, reporter=text.reporter + 70_000) for text in background(Random(1))
    ]
    mentions, is_place = built(background(Random(1)) + [text for text in busy if text.day == day_of(DAYS - 1)])

    assert find_matters(mentions, LAST, is_place) == []


def test_growth_is_no_part_of_what_it_is_compared_with() -> None:
    """A word that began to grow four weeks ago stands beside the weeks before that."""
    mentions, _ = built(background(Random(1), per_day=40) + growth_from(14, GAP_DAYS))
    rising = [each for each in find_rising(mentions, LAST) if mentions.code_of(each.area) == TOWN]
    [found] = [each for each in rising if int(mentions.words[each.word]) == 601]

    assert found.days == GAP_DAYS
    assert found.expected == pytest.approx(14 * 4, rel=0.3)
    assert BASE_DAYS > GAP_DAYS


@given(st.lists(st.floats(3.5, 30), max_size=60), st.integers(200, 5000))
def test_who_accepts_more_is_warned_earlier_and_more_often_for_nothing(surprises: list[float], days: int) -> None:
    found = tradeoffs(ShuffledPast(tuple(sorted(surprises)), days), (0.5, 1.0, 2.0, 4.0, 8.0))
    known = [each for each in found if each.threshold is not None]

    assert all(each.by_chance <= each.by_chance_high <= each.accepted for each in known)
    for stricter, looser in pairwise(known):
        assert stricter.threshold >= looser.threshold and stricter.by_chance <= looser.by_chance


@pytest.mark.parametrize("usual", [0, 10, 40])
@pytest.mark.parametrize("surprise", [3.5, 5.0, 8.0])
def test_as_many_voices_are_needed_as_surprise_so_much(usual: int, surprise: float) -> None:
    many = needed(usual, 300.0, surprise)

    def chance(now: int) -> float:
        known = (now, 300.0, usual * 12, 300.0 * 12)
        return float(upper_tail(*(np.array([float(each)]) for each in known))[0])

    assert chance(many) <= 10**-surprise
    assert many == LEAST_VOICES or chance(many - 1) > 10**-surprise
