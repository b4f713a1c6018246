"""Texts as sparse rows: runs by how often they occur, weighed against how common they are, each row of length 1."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from backend.intake.items import features

MOST_COMMON = 0.6
"""A run that more of the texts have says nothing of any."""


class Counts(NamedTuple):
    """How often each text has each run of one part: `numbers` rises, a column for each."""

    numbers: NDArray[np.uint64]
    matrix: Any


class Weighed(NamedTuple):
    """Rows of length 1 over the columns that were common enough, but not too common, in the texts learnt from."""

    columns: NDArray[np.intp]
    idf: NDArray[np.float64]
    matrix: Any


def count(texts: Iterable[tuple[str, str]]) -> tuple[Counts, ...]:
    """The counts of titles and texts, one for each part."""
    by_part = zip(*(features.read(title, text) for title, text in texts), strict=True)
    return tuple(_one_part(list(each)) for each in by_part)


def weigh(counts: Counts, learnt: NDArray[np.intp], least: int) -> Weighed:
    """Every text's row, with weights that only the rows learnt from decide; a run counts that `least` of them have."""
    among = counts.matrix[learnt]
    occurs = np.bincount(among.indices, minlength=among.shape[1])
    columns = np.flatnonzero((occurs >= least) & (occurs <= max(least, MOST_COMMON * len(learnt))))
    idf = idf_of(occurs[columns], len(learnt))
    rows = counts.matrix[:, columns].astype(np.float64)
    rows.data = 1 + np.log(rows.data)
    rows = (rows @ sparse.diags(idf)).tocsr()
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return Weighed(columns, idf, (sparse.diags(1 / np.where(lengths > 0, lengths, 1)) @ rows).tocsr())


def idf_of(occurs: NDArray[np.intp], texts: int) -> NDArray[np.float64]:
    """In the precision of the model's file, so that what is learnt is what will be counted."""
    return (np.log((1 + texts) / (1 + occurs)) + 1).astype(np.float16).astype(np.float64)


def _one_part(runs: list[features.Counted]) -> Counts:
    lengths = np.array([len(each.numbers) for each in runs])
    numbers, at = np.unique(np.concatenate([each.numbers for each in runs]), return_inverse=True)
    counts = np.concatenate([each.counts for each in runs]).astype(np.float32)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    return Counts(numbers, sparse.csr_matrix((counts, at, starts), shape=(len(runs), len(numbers))))
