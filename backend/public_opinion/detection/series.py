"""Voices by day, area by area: what is scanned for what rises. Pure.

A voice is a reporter who says a word in an area and has not said it there in the 27 days before: within any window no
reporter counts twice, and whoever says the same every day is one voice.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backend.public_opinion.detection.mentions import Ints, Mentions
from backend.public_opinion.rules import LEAST_VOICES, WINDOWS

_ONE_VOICE_DAYS = max(WINDOWS)


class DailyVoices(NamedTuple):
    """The voices of an area, summed day by day from the first day of the texts on.

    `said[row, days]`: of the word `words[row]` on the first so many days; `total[days]`: of all that was said.
    """

    area: int
    words: Ints
    said: NDArray[np.int32]
    total: Ints


def by_area(mentions: Mentions) -> Iterator[DailyVoices]:
    """Every committee and, last, the town; of each the words that enough said for them to rise."""
    if not len(mentions.day):
        return
    day = mentions.day - mentions.day[0]
    days = int(day[-1]) + 1
    spoken_in = mentions.area[mentions.of]
    for area in range(len(mentions.areas) + 1):
        is_town = area == len(mentions.areas)
        texts = slice(None) if is_town else mentions.area == area
        spoken = slice(None) if is_town else spoken_in == area
        of = mentions.of[spoken]
        everything = np.zeros_like(day[texts])
        _, on = _voices(everything, mentions.reporter[texts], day[texts], days)
        word, said_on = _voices(mentions.word[spoken], mentions.reporter[of], day[of], days)
        words, said = _sums(word, said_on, days)
        yield DailyVoices(area, words, said, np.concatenate([[0], np.cumsum(np.bincount(on, minlength=days))]))


def _voices(thing: Ints, reporter: Ints, day: Ints, days: int) -> tuple[Ints, Ints]:
    """What was said and on which day, a row for each voice."""
    reporters = int(reporter.max(initial=0)) + 1
    who, on = np.divmod(np.unique((thing * reporters + reporter) * days + day), days)
    is_voice = np.ones(len(who), bool)
    is_voice[1:] = (who[1:] != who[:-1]) | (on[1:] - on[:-1] >= _ONE_VOICE_DAYS)
    return who[is_voice] // reporters, on[is_voice]


def _sums(word: Ints, day: Ints, days: int) -> tuple[Ints, NDArray[np.int32]]:
    """Of the words that enough said, the sums by day, nothing said before the first."""
    often = np.flatnonzero(np.bincount(word) >= LEAST_VOICES)
    is_often = np.isin(word, often)
    row = np.searchsorted(often, word[is_often])
    counts = np.bincount(row * days + day[is_often], minlength=len(often) * days).reshape(len(often), days)
    said = np.zeros((len(often), days + 1), np.int32)
    np.cumsum(counts, axis=1, out=said[:, 1:])
    return often, said
