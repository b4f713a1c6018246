"""Runs of characters that hold together: how often each occurs, its cohesion, and how free its neighbours are.

Cohesion is the least pointwise mutual information of its parts, however it is parted in two. Freedom is the lesser of
the entropies of the characters before and after it; the edge of a clause counts as another neighbour each time. Both in
nats. A clause that is said again word for word counts once: a form's own sentences hold together for no other reason.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backend.intake.items import features

LONGEST = 8
_STEP = np.uint64(0x9E3779B97F4A7C15)
_NEIGHBOUR_BITS = 21
_EDGE = "\n"

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Gram(NamedTuple):
    """A run of characters, and how often it occurs.

    `aligned`: in which share of its places the lexicon cuts before and after it.
    """

    word: str
    places: int
    cohesion: float
    freedom: float
    aligned: float


class _Level(NamedTuple):
    """All runs of one length: where they begin, which run each is, and of each run how often and where first."""

    starts: Ints
    which: Ints
    counts: Ints
    first: Ints


def list_grams(clauses: Iterable[str], least: int) -> list[Gram]:
    """Runs of two characters and more that occur `least` times and more in different clauses."""
    said = _EDGE + _EDGE.join(dict.fromkeys(clauses)) + _EDGE
    codes = np.frombuffer(said.encode("utf-32-le", "replace"), np.uint32).astype(np.int64)
    is_edge = codes == ord(_EDGE)
    total = int((~is_edge).sum())
    levels, frequencies = _levels(codes, is_edge, least)
    is_cut = _cuts(said)
    found = []
    for length, level in enumerate(levels[1:], start=2):
        often = np.flatnonzero(level.counts >= least)
        cohesion = _cohesion(level, frequencies, length, total)
        before = _entropy(level, codes[level.starts - 1], is_edge[level.starts - 1])
        after = _entropy(level, codes[level.starts + length], is_edge[level.starts + length])
        aligned = _share(level, is_cut[level.starts] & is_cut[level.starts + length])
        for each in often.tolist():
            start = int(level.first[each])
            word = said[start : start + length]
            freedom = float(min(before[each], after[each]))
            found.append(Gram(word, int(level.counts[each]), float(cohesion[each]), freedom, float(aligned[each])))
    return found


def _levels(codes: Ints, is_edge: NDArray[np.bool_], least: int) -> tuple[list[_Level], list[Ints]]:
    """Runs by length, and how often the run of that length occurs that begins at each character."""
    edges_before = np.concatenate([[0], np.cumsum(is_edge)])
    rolled, size = codes.astype(np.uint64), len(codes)
    levels: list[_Level] = []
    frequencies = [np.zeros(size, np.int64)]
    for length in range(1, LONGEST + 1):
        if length > 1:
            rolled = rolled[:-1] * _STEP + codes[length - 1 :].astype(np.uint64)
        is_run = edges_before[length:] == edges_before[:-length]
        if length > 1:
            shorter = frequencies[-1]
            is_run &= (shorter[: size - length + 1] >= least) & (shorter[1 : size - length + 2] >= least)
        starts = np.flatnonzero(is_run)
        if not len(starts):
            break
        _, first, which, counts = np.unique(rolled[starts], return_index=True, return_inverse=True, return_counts=True)
        frequency = np.zeros(size, np.int64)
        frequency[starts] = counts[which]
        levels.append(_Level(starts, which, counts, starts[first]))
        frequencies.append(frequency)
    return levels, frequencies


def _cohesion(level: _Level, frequencies: list[Ints], length: int, total: int) -> Floats:
    lowest = np.full(len(level.counts), np.inf)
    for split in range(1, length):
        parts = frequencies[split][level.first] * frequencies[length - split][level.first + split].astype(np.float64)
        lowest = np.minimum(lowest, np.log(level.counts * float(total) / np.maximum(parts, 1)))
    return lowest


def _entropy(level: _Level, neighbours: Ints, is_edge: NDArray[np.bool_]) -> Floats:
    many = len(level.counts)
    inner = (level.which[~is_edge] << _NEIGHBOUR_BITS) | neighbours[~is_edge]
    pairs, counts = np.unique(inner, return_counts=True)
    of = pairs >> _NEIGHBOUR_BITS
    share = counts / level.counts[of]
    found = np.bincount(of, -share * np.log(share), many)
    edges = np.bincount(level.which[is_edge], minlength=many)
    return found + edges * np.log(level.counts) / level.counts


def _share(level: _Level, is_so: NDArray[np.bool_]) -> Floats:
    return np.bincount(level.which, is_so, len(level.counts)) / level.counts


def _cuts(said: str) -> NDArray[np.bool_]:
    """Before which characters the lexicon begins or ends a word."""
    found = np.zeros(len(said) + 1, bool)
    spans = features.look_at(said).cut.spans
    found[spans[:, 0]] = True
    found[spans[:, 1]] = True
    return found
