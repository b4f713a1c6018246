"""误报率: how many matters chance alone makes, found by giving the texts of the past each other's days. Pure.

A text keeps its words, its reporter and its area; only its day is another text's. Whatever rises then is chance. The
scan runs over every day as it does in truth, and what rises again within `QUIET_DAYS` is one matter.
"""

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backend.public_opinion.detection.chance import ShuffledPast
from backend.public_opinion.detection.emerging import Matter, group
from backend.public_opinion.detection.mentions import Mentions
from backend.public_opinion.detection.scanning import first_day, scan
from backend.public_opinion.rules import QUIET_DAYS

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
    """The days on which the search has enough to compare with."""
    return range(first_day(mentions), int(mentions.day[-1]) + 1) if len(mentions.day) else range(0)


def follow(mentions: Mentions, is_place: NDArray[np.bool_], days: Sequence[int]) -> list[FollowedMatter]:
    """The matters of some days running, each once in `QUIET_DAYS`."""
    seen: list[FollowedMatter] = []
    rising = scan(mentions, days)
    for day in days:
        for matter in group(mentions, day, is_place, rising.get(day, ())):
            at = next((number for number, each in enumerate(seen) if is_same(each, matter, day)), None)
            if at is None:
                seen.append(FollowedMatter(matter, day, day, matter.surprise))
            else:
                seen[at] = seen[at]._replace(last=day, surprise=max(seen[at].surprise, matter.surprise))
    return seen


def is_same(seen: FollowedMatter, matter: Matter, day: int) -> bool:
    """Whether what rises today, with a leading word in common, is a matter of before."""
    is_near = seen.matter.area_code.startswith(matter.area_code) or matter.area_code.startswith(seen.matter.area_code)
    is_late = day - seen.first > QUIET_DAYS
    return is_near and not is_late and bool(set(seen.matter.words[:LEADING]) & set(matter.words[:LEADING]))
