"""How early warnings come, and how many chance makes: `python -m bench.opinion_lead --cases FILE [--per-day N ...]`.

`--cases`: texts with a label (CSV, plain or gzip: title, text, label), may be said several times. They came without
days, so the days are made: a town in which so many texts a day are drawn from all of them, with a shape of the week,
in ten committees. A matter is the texts of a class that say its most telling word.

The first 26 weeks set the threshold, by the replay of the product. On the 12 weeks after them, drawn anew, nothing
grows: each warning there is a false alarm. On 8 weeks drawn otherwise one matter doubles every `--doubles-in` days up
to four times as much, then falls as fast: how many days before its volume has doubled, and before its peak, does the
warning come?
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np

from backend.intake.items import case_files
from backend.public_opinion.detection.chance import MONTH_DAYS, threshold_for
from backend.public_opinion.detection.emerging import group
from backend.public_opinion.detection.replay import follow, replay
from backend.public_opinion.detection.scanning import find_rising, scan
from backend.public_opinion.detection.surprise import share_interval
from bench.parts.opinion_texts import Numbered, said_of, telling_words, vocabulary_from
from bench.parts.opinion_town import FIRST, Drawn, Pool, by_day, draw, mentions_of

QUIET, JUDGED, GROWS = range(182), range(182, 266), range(182, 238)
_MOSTLY = 0.5
"""A warning is of the matter where so many of its texts are: one that chance made of other texts does not count."""
RATES = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
"""Warnings by chance in four weeks that are accepted."""


class Town(NamedTuple):
    """What was said before, from which surprise on its town is warned by rate, and its false alarms in JUDGED."""

    quiet: Drawn
    thresholds: dict[float, float | None]
    false_alarms: dict[float, int]


class Round(NamedTuple):
    """On which day of its growth a matter was warned of, by rate; None: it was not."""

    warned: dict[float, int | None]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, action="append", required=True)
    parser.add_argument("--per-day", type=int, nargs="*", default=[20, 200])
    parser.add_argument("--weekly", type=int, nargs="*", default=[2, 10, 42, 140], help="how often a matter is said")
    parser.add_argument("--doubles-in", type=int, nargs="*", default=[14])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--speed", type=int, default=0, help="time a day's search at so many texts a day")
    arguments = parser.parse_args()
    cases = list({case.text: case for file in arguments.cases for case in case_files.read_cases(file)}.values())
    vocabulary = vocabulary_from([said_of(case) for case in cases])
    texts = [Numbered(case.label, vocabulary.numbers_in(said_of(case))) for case in cases]
    matters = {vocabulary.words[word]: word for word in telling_words(texts)}
    _say(f"{len(texts)} texts, {len(vocabulary.words)} words, matters: {' '.join(matters)}\n")
    pool = Pool.build(texts)
    for per_day in arguments.per_day:
        towns = [make_town(pool, per_day, seed) for seed in range(arguments.seeds)]
        tell_false_alarms(per_day, towns)
        for weekly in (each for each in arguments.weekly if each < per_day * 7 / 2):
            for doubles_in in arguments.doubles_in:
                rounds = [
                    grow(pool, texts, word, town, per_day, weekly, doubles_in, seed)
                    for seed, town in enumerate(towns)
                    for word in matters.values()
                ]
                tell_lead(per_day, weekly, doubles_in, rounds)
    if arguments.speed:
        speed(pool, arguments.speed)


def make_town(pool: Pool, per_day: int, seed: int) -> Town:
    chance = np.random.default_rng([per_day, seed])
    everything = np.arange(len(pool.starts))
    quiet, judged = (draw(everything, lambda _: per_day, days, chance) for days in (QUIET, JUDGED))
    past = mentions_of(pool, quiet)
    replayed = replay(past, np.zeros(len(past.words), bool), Random(seed), 4)
    thresholds = {rate: threshold_for(replayed, rate) for rate in RATES}
    later = mentions_of(pool, quiet, judged)
    seen = follow(later, np.zeros(len(later.words), bool), range(FIRST + JUDGED.start, FIRST + JUDGED.stop))
    counted = {
        rate: sum(least is not None and each.surprise >= least for each in seen) for rate, least in thresholds.items()
    }
    _say(
        f"  town of {per_day} a day: {len(replayed.surprises)} by chance in {replayed.days} replayed days; thresholds "
    )
    _say(" ".join("-" if each is None else f"{each:.1f}" for each in thresholds.values()) + "\n")
    return Town(quiet, thresholds, counted)


def grow(
    pool: Pool,
    texts: Sequence[Numbered],
    word: int,
    town: Town,
    per_day: int,
    weekly: int,
    doubles_in: int,
    seed: int,
) -> Round:
    chance = np.random.default_rng([per_day, seed, word, weekly, doubles_in])
    own = np.array([number for number, each in enumerate(texts) if word in each.words])
    others = np.setdiff1d(np.arange(len(texts)), own)
    days = range(GROWS.stop)
    # The past has the matter as often as it is usual, whatever the texts of all classes have of it.
    past = Drawn(*(each[np.isin(town.quiet.text, others)] for each in town.quiet))
    came = by_day(
        past,
        draw(others, lambda _: per_day * len(others) / len(texts), GROWS, chance),
        draw(own, lambda day: weekly / 7 * growth(day - QUIET.stop, doubles_in), days, chance),
    )
    mentions, is_own = mentions_of(pool, came), np.isin(came.text, own)
    is_place = np.zeros(len(mentions.words), bool)
    looked_at = range(FIRST + GROWS.start, FIRST + GROWS.stop)
    found = scan(mentions, looked_at)
    warned: dict[float, int | None] = dict.fromkeys(RATES)
    for day in looked_at:
        for matter in group(mentions, day, is_place, found.get(day, ())):
            if is_own[sorted(matter.text_ids)].mean() >= _MOSTLY:
                for rate, least in town.thresholds.items():
                    if warned[rate] is None and least is not None and matter.surprise >= least:
                        warned[rate] = day - FIRST - QUIET.stop
    return Round(warned)


def growth(day: int, doubles_in: int) -> float:
    """Beside what is usual: four times at the peak, after which it falls as it rose."""
    peak = 2 * doubles_in
    return 1.0 if day < 0 else max(1.0, 2 ** ((day if day <= peak else 2 * peak - day) / doubles_in))


def week_doubled(doubles_in: int) -> int:
    """The day on which the last seven days together have twice as much as usual."""
    return next(day for day in range(200) if sum(growth(day - back, doubles_in) for back in range(7)) >= 14 - 1e-9)


def tell_false_alarms(per_day: int, towns: Sequence[Town]) -> None:
    months = len(towns) * len(JUDGED) / MONTH_DAYS
    for rate in RATES:
        many = sum(town.false_alarms[rate] for town in towns)
        low, high = poisson_interval(many)
        _say(f"{per_day} a day, accepted {rate:g}: {many} false alarms in {months:.0f} months of a town = ")
        _say(f"{many / months:.2f} ({low / months:.2f} to {high / months:.2f})\n")


def tell_lead(per_day: int, weekly: int, doubles_in: int, rounds: Sequence[Round]) -> None:
    peak = 2 * doubles_in
    _say(f"{per_day} a day, {weekly} a week, doubles in {doubles_in}: the week has doubled on day ")
    _say(f"{week_doubled(doubles_in)}, the peak is on day {peak}\n")
    for rate in RATES:
        days = [each.warned[rate] for each in rounds]
        before_peak = sum(day is not None and day <= peak for day in days)
        seen = sorted(day for day in days if day is not None)
        low, high = share_interval(before_peak, len(days))
        _say(f"  accepted {rate:g}: warned by the peak {before_peak} of {len(days)} ")
        _say(f"({100 * low:.0f} to {100 * high:.0f} %)")
        if seen:
            first, middle, last = np.quantile(seen, (0.1, 0.5, 0.9))
            early = sum(day < week_doubled(doubles_in) for day in seen)
            _say(f"; on day {middle:.0f} ({first:.0f} to {last:.0f}); days before the rate doubled ")
            _say(f"{doubles_in - middle:.0f}, the week {week_doubled(doubles_in) - middle:.0f}, the peak ")
            _say(f"{peak - middle:.0f}; before the week doubled in {early}")
        _say("\n")


def poisson_interval(many: int) -> tuple[float, float]:
    """What may be expected where so many were counted: 95 %, both sides (roots, Freeman and Tukey)."""
    return max(0.0, (max(0.0, many) ** 0.5 - 0.98)) ** 2 if many else 0.0, ((many + 1) ** 0.5 + 0.98) ** 2


def speed(pool: Pool, per_day: int) -> None:
    chance = np.random.default_rng(1)
    drawn = draw(np.arange(len(pool.starts)), lambda _: per_day, range(112), chance)
    mentions = mentions_of(pool, drawn)
    began = time.process_time()
    find_rising(mentions, int(mentions.day[-1]))
    _say(f"speed: a day's search of {len(mentions.day)} texts with {len(mentions.of)} words in ")
    _say(f"{len(mentions.areas) + 1} areas takes {time.process_time() - began:.1f} s of processor\n")


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
