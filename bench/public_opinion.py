"""How good hot words are, and how many warnings chance makes.

`python -m bench.public_opinion --cases FILE --dated FILE [--seeds N]`

`--cases`: texts with a label (CSV, plain or gzip: title, text, label), may be said several times. `--dated`: texts with
the time at which they came (title, text, time, and places between bars). Printed are

  words       how fast words are found and counted
  precision   of the 20 hottest words of a week in which one class of texts grows, how many that class is made of
  chance      warnings on later days, shuffled and as they were, at thresholds that earlier days set

A half of the labelled texts plays, the other half judges. Every text counts as a reporter of its own. How early a
warning comes is told by `bench.opinion_lead`.
"""

import argparse
import statistics
import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random

import numpy as np

from backend.intake.items import case_files
from backend.intake.items.structs import Case
from backend.public_opinion.detection.chance import false_per_month, most_false_per_month, threshold_for
from backend.public_opinion.detection.mentions import Mentions
from backend.public_opinion.detection.replay import follow, replay
from backend.public_opinion.detection.surprise import log_likelihood_ratio, share_interval
from backend.public_opinion.detection.tails import benjamini_hochberg, chances_of
from backend.public_opinion.rules import HOT_FALSE
from backend.public_opinion.vocabulary import vocabulary_of
from backend.public_opinion.words import clauses, finding
from bench.parts.opinion_texts import (
    Dated,
    Numbered,
    halves,
    mentions_of,
    read_dated,
    said_of,
    vocabulary_from,
)

FIRST = date(2026, 1, 5)
WEEKS, PER_WEEK, SURGE, SHOWN = 8, 100, 40, 20
_SURE = 3.84
"""G² that one word in twenty reaches by chance."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, action="append", default=[])
    parser.add_argument("--dated", type=Path)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--squeeze", type=int, default=1, help="take so many days of the dated texts for one")
    parser.add_argument("--words", action="store_true", help="say which words and matters, too")
    arguments = parser.parse_args()
    cases = list({case.text: case for file in arguments.cases for case in case_files.read_cases(file)}.values())
    if cases:
        words(cases)
        precision(cases, arguments.seeds, shows_words=arguments.words)
    if arguments.dated:
        dated = squeezed(list(read_dated(arguments.dated)), arguments.squeeze)
        chance(dated, arguments.seeds, shows_words=arguments.words)


def words(cases: Sequence[Case]) -> None:
    began = time.thread_time()
    said = [clauses.read(said_of(case)) for case in cases]
    found = finding.find_words(said)
    took = time.thread_time() - began
    known = vocabulary_of((number, each.word, each.is_place) for number, each in enumerate(found))
    each_took = []
    for case in cases:
        began = time.thread_time()
        known.numbers_in(said_of(case))
        each_took.append((time.thread_time() - began) * 1000)
    p50, p99 = np.quantile(each_took, (0.5, 0.99))
    length = statistics.median(len(case.text) for case in cases)
    _say(f"words: {len(found)} found in {len(cases)} texts of {length:.0f} characters in {took:.1f} s; ")
    _say(f"a text is counted in p50 {p50:.2f} ms, p99 {p99:.2f} ms\n")


def precision(cases: Sequence[Case], seeds: int, *, shows_words: bool) -> None:
    """A word is right where the judging half says it of the class clearly more often than of the others (G² 3.84)."""
    playing, judging = halves(cases)
    vocabulary = vocabulary_from([said_of(case) for case in playing])
    played, judged = (
        [Numbered(case.label, vocabulary.numbers_in(said_of(case))) for case in half] for half in (playing, judging)
    )
    right, shown, any_right, labels = 0, 0, 0, sorted({case.label for case in cases})
    for label in labels:
        good, counted = belonging(label, judged), Counter[str]()
        any_right += len(good)
        for seed in range(seeds):
            hot = hot_words(played, label, Random(f"{label} {seed}"))
            counted.update(shown=len(hot), right=sum(word in good for word in hot))
            if shows_words and not seed:
                said = (vocabulary.words[word] + ("" if word in good else "✗") for word in hot)
                _say(f"  {label}: {' '.join(said)}\n")
        right, shown = right + counted["right"], shown + counted["shown"]
        _say(f"precision at {SHOWN}, {label}: {_share(counted['right'], counted['shown'])}\n")
    _say(f"precision at {SHOWN}, all: {_share(right, shown)}; ")
    _say(f"of any words {_share(any_right, len(labels) * len(vocabulary.words))}\n")


def hot_words(played: Sequence[Numbered], label: str, chance_: Random) -> list[int]:
    """Eight weeks of all classes alike and one in which one class grows: its hottest words."""
    order = list(played)
    chance_.shuffle(order)
    surge = [each for each in order if each.label == label][:SURGE]
    inside = {id(each) for each in surge}
    rest = [each for each in order if id(each) not in inside]
    before = rest[: WEEKS * PER_WEEK]
    now = rest[len(before) : len(before) + PER_WEEK] + surge
    earlier, counts = (Counter(word for each in group for word in each.words) for group in (before, now))
    tried = [(word, many) for word, many in counts.items() if many >= finding.LEAST]
    chances = chances_of([(many, len(now), earlier[word], len(before)) for word, many in tried])
    believed = benjamini_hochberg(chances, len(tried)) <= HOT_FALSE
    ranked = sorted(
        (-log_likelihood_ratio(many, len(now), earlier[word], len(before)), word)
        for (word, many), is_hot in zip(tried, believed, strict=True)
        if is_hot
    )
    return [word for _, word in ranked[:SHOWN]]


def belonging(label: str, judged: Sequence[Numbered]) -> set[int]:
    """The words that the judging half says of a class clearly more often than of the others."""
    own, others = Counter[int](), Counter[int]()
    for each in judged:
        (own if each.label == label else others).update(each.words)
    own_of = sum(each.label == label for each in judged)
    return {
        word
        for word, many in own.items()
        if log_likelihood_ratio(many, own_of, others[word], len(judged) - own_of) >= _SURE
    }


def chance(dated: Sequence[Dated], seeds: int, *, shows_words: bool) -> None:
    """The threshold is set by shuffles of the first half of the days, and held against the second."""
    places = sorted({place for each in dated for place in each.places if len(place) > 2})
    vocabulary = vocabulary_from([each.said for each in dated], places)
    rows = [(each.day, vocabulary.numbers_in(each.said)) for each in dated]
    middle = min(rows)[0] + (max(rows)[0] - min(rows)[0]) / 2
    earlier, later = (mentions_of(row for row in rows if (row[0] <= middle) == is_first) for is_first in (True, False))

    def places_of(mentions: Mentions) -> np.ndarray:
        return np.array([vocabulary.words[int(word)] in set(places) for word in mentions.words], bool)

    began = time.thread_time()
    calibrated = replay(earlier, places_of(earlier), Random("calibrate"), seeds)
    took = (time.thread_time() - began) / max(1, calibrated.days) * 1000
    _say(f"replay: {len(earlier.day)} texts, {calibrated.days} days, {took:.0f} ms a day looked at\n")
    anew = replay(later, places_of(later), Random("held out"), seeds)
    everything = mentions_of(rows)
    days = range(middle.toordinal() + 1, int(everything.day[-1]) + 1)
    real = follow(everything, places_of(everything), days)
    for rate in (0.25, 0.5, 1.0, 2.0, 4.0, 8.0):
        threshold = threshold_for(calibrated, rate)
        if threshold is None:
            _say(f"chance, accepted {rate:g} in 4 weeks: the past is too short\n")
            continue
        found = [each for each in real if each.surprise >= threshold]
        _say(f"chance, accepted {rate:g} in 4 weeks: from {threshold:.1f} on; ")
        _say(f"held-out shuffles {false_per_month(anew, threshold):.2f} in 4 weeks, at most ")
        _say(f"{most_false_per_month(anew, threshold):.2f} (days {anew.days}); ")
        _say(f"days as they were {len(found)} in {len(days)} days\n")
    for each in real if shows_words else ():
        said = " ".join(vocabulary.words[int(everything.words[word])] for word in each.matter.words)
        _say(f"  {date.fromordinal(each.first)} {each.surprise:.1f} n={each.matter.voices} {said}\n")


def squeezed(dated: Sequence[Dated], days: int) -> list[Dated]:
    """The same texts as a place tells them that says so many times as much a day."""
    first = min(each.day for each in dated)
    return [each._replace(day=first + (each.day - first) // days) for each in dated]


def _share(some: int, of: int) -> str:
    low, high = share_interval(some, of)
    return f"{some} of {of} = {100 * some / max(1, of):.0f} % ({100 * low:.0f} to {100 * high:.0f} %)"


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
