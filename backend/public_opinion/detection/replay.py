"""误报率: how many matters chance alone makes, found by giving the texts of the past each other's days. Pure.

A text keeps its words, its reporter and its area; only its day is another text's. Whatever rises then is chance. The
search runs for every day as it does in truth, and what rises on several days running is one matter.
"""

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backend.public_opinion.detection.chance import ShuffledPast
from backend.public_opinion.detection.emerging import Matter, find_matters
from backend.public_opinion.detection.mentions import Mentions
from backend.public_opinion.rules import WEEK_DAYS, WEEKS_BEFORE

SAME_MATTER_DAYS = 21
"""What rises again within these days, with a leading word in common, is the matter of before."""
LEADING = 3
"""The words by which a matter is known again."""


class FollowedMatter(NamedTuple):
    """A matter as the search met it: on which day first, on which last, and its highest surprise."""

    matter: Matter
    first: int
    last: int
    surprise: float


def replay(mentions: Mentions, is_place: NDArray[np.bool_], chance: Random, rounds: int) -> ShuffledPast:
    """Run the search over shuffled days, so many rounds. Nothing where the past is too short."""
    days = days_of(mentions)
    found: list[float] = []
    for _ in range(rounds):
        order = list(range(len(mentions.day)))
        chance.shuffle(order)
        shuffled = mentions.on_days(mentions.day[order])
        found += [each.surprise for each in follow(shuffled, is_place, days)]
    return ShuffledPast(tuple(sorted(found)), len(days) * rounds)


def days_of(mentions: Mentions) -> range:
    """The days on which the search has a week and eight weeks before it to look at."""
    if not len(mentions.day):
        return range(0)
    first = int(mentions.day.min()) + WEEK_DAYS * (WEEKS_BEFORE + 1) - 1
    return range(first, int(mentions.day.max()) + 1)


def follow(mentions: Mentions, is_place: NDArray[np.bool_], days: Sequence[int]) -> list[FollowedMatter]:
    """The matters of some days running, each once."""
    seen: list[FollowedMatter] = []
    for day in days:
        for matter in find_matters(mentions, day, is_place):
            at = next((number for number, each in enumerate(seen) if is_same(each, matter, day)), None)
            if at is None:
                seen.append(FollowedMatter(matter, day, day, matter.surprise))
            else:
                seen[at] = seen[at]._replace(last=day, surprise=max(seen[at].surprise, matter.surprise))
    return seen


def is_same(seen: FollowedMatter, matter: Matter, day: int) -> bool:
    """Whether what rises today is a matter of before."""
    is_near = seen.matter.area_code.startswith(matter.area_code) or matter.area_code.startswith(seen.matter.area_code)
    is_late = day - seen.last > SAME_MATTER_DAYS
    return is_near and not is_late and bool(set(seen.matter.words[:LEADING]) & set(matter.words[:LEADING]))
