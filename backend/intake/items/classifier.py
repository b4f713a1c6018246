"""What a text is about, by a model: the likeliest classes with their probabilities, and which words spoke for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from backend.intake.items import artifact, features, lexicon

SHOWN, WORDS = 3, 5
_LEAST_WORD = 2


class Likely(NamedTuple):
    """A class, how probable it is, and the words of the text that spoke for it, the strongest first."""

    label: str
    probability: float
    words: tuple[str, ...]


class Rows(NamedTuple):
    """The model's rows of those numbers of a part that it knows, and which of all numbers those are."""

    rows: NDArray[np.intp]
    is_known: NDArray[np.bool_]


class Words(NamedTuple):
    """The words of a text, of two characters and more: where they stand, and which of them are the same word."""

    said: str
    spans: NDArray[np.intp]
    first: NDArray[np.intp]
    """Where each different word stands first."""
    which: NDArray[np.intp]

    @classmethod
    def of(cls, said: str, cut: features.Spotted) -> Self:
        is_longer = cut.spans[:, 1] - cut.spans[:, 0] >= _LEAST_WORD
        _, first, which = np.unique(cut.numbers[is_longer], return_index=True, return_inverse=True)
        return cls(said, cut.spans[is_longer], first, which)

    def strongest(self, added: NDArray[np.float64], most: int = WORDS) -> tuple[str, ...]:
        """Those whose characters add most, each once, and none that speaks against it."""
        before = np.concatenate([[0.0], added.cumsum()])
        totals = np.bincount(self.which, before[self.spans[:, 1]] - before[self.spans[:, 0]], len(self.first))
        best = [each for each in np.argsort(-totals, kind="stable")[:most].tolist() if totals[each] > 0]
        return tuple(self.said[slice(*self.spans[self.first[each]])] for each in best)


@dataclass(frozen=True)
class Classifier:
    """A model, ready for texts. Holds the file mapped into memory: one is enough for a process."""

    model: artifact.Model

    @classmethod
    def load(cls, file: Path) -> Self:
        """Raises ModelBroken, OSError."""
        return cls(artifact.read(file))

    def probabilities(self, title: str, text: str) -> NDArray[np.float64]:
        """One number for each of the model's classes, in its order; together 1."""
        said = features.whole(title, text)
        return softmax(self._scores(self._look_up(said, features.look_at(said))))

    def suggest(self, title: str, text: str, shown: int = SHOWN) -> list[Likely]:
        """The likeliest classes, the most probable first."""
        said = features.whole(title, text)
        seen = features.look_at(said)
        parts = self._look_up(said, seen)
        known = softmax(self._scores(parts))
        added, words = self._per_character(seen, parts), Words.of(said, seen.cut)
        found = []
        for each in np.argsort(-known, kind="stable")[:shown].tolist():
            spoken = added[:, each] - added @ others(known, each)
            found.append(Likely(self.model.header.classes[each], float(known[each]), words.strongest(spoken)))
        return found

    def _look_up(self, said: str, seen: features.Seen) -> list[Rows]:
        return [self._rows(part, numbers) for part, numbers in enumerate(features.parts_of(said, seen))]

    def _scores(self, parts: Sequence[Rows]) -> NDArray[np.float64]:
        total = np.array(self.model.header.offsets)
        for part in parts:
            rows, counts = np.unique(part.rows, return_counts=True)
            if len(rows):
                values = self.model.idf[rows].astype(np.float64) * (1 + np.log(counts))
                values /= np.sqrt(values @ values)
                total += (values @ self.model.weights[rows].astype(np.float64)) * self.model.header.scales
        return total

    def _per_character(self, seen: features.Seen, parts: Sequence[Rows]) -> NDArray[np.float64]:
        """What each character of the whole adds for each class."""
        added = np.zeros((seen.size + 1, len(self.model.header.classes)))
        for part, found in ((features.CUT, seen.words), (features.CONTAINED, seen.contained)):
            rows, is_known = parts[part]
            spans = found.spans[is_known]
            weights = self.model.weights[rows].astype(np.float64) * self.model.header.scales
            weights *= (self.model.idf[rows] / (spans[:, 1] - spans[:, 0]))[:, None]
            for column, own in enumerate(weights.T):
                added[:, column] += np.bincount(spans[:, 0], own, len(added))
                added[:, column] -= np.bincount(spans[:, 1], own, len(added))
        return added.cumsum(axis=0)[:-1]

    def _rows(self, part: int, numbers: NDArray[np.uint64]) -> Rows:
        first = sum(self.model.header.sizes[:part])
        table = self.model.numbers[first : first + self.model.header.sizes[part]]
        if not len(table):
            return Rows(np.zeros(0, np.intp), np.zeros(len(numbers), bool))
        at = lexicon.find(table, numbers)
        is_known = table[at] == numbers
        return Rows(first + at[is_known], is_known)


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    grown = np.exp(scores - scores.max())
    return grown / grown.sum()


def others(known: NDArray[np.float64], own: int) -> NDArray[np.float64]:
    """How much each other class is what this one has to stand against: by its probability, together 1."""
    rest = np.where(np.arange(len(known)) == own, 0.0, known + 1e-9)
    return rest / rest.sum()
