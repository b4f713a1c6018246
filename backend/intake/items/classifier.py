"""What a text is about, by a model: the likeliest classes with their probabilities, and which words spoke for each."""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from backend.intake.items import artifact, features

SHOWN, WORDS = 3, 5
_LEAST_WORD = 2


class Likely(NamedTuple):
    """A class, how probable it is, and the words of the text that spoke for it, the strongest first."""

    label: str
    probability: float
    words: tuple[str, ...]


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
        return softmax(self._scores(features.read(title, text)))

    def suggest(self, title: str, text: str, shown: int = SHOWN) -> list[Likely]:
        """The likeliest classes, the most probable first."""
        said = features.whole(title, text)
        seen = features.look_at(said)
        known = softmax(self._scores(features.parts_of(said, seen)))
        added, spans = self._per_character(seen), features.cut(seen).spans
        found = []
        for each in np.argsort(-known, kind="stable")[:shown].tolist():
            spoken = added[:, each] - added @ others(known, each)
            found.append(
                Likely(self.model.header.classes[each], float(known[each]), strongest_words(said, spans, spoken))
            )
        return found

    def _scores(self, parts: tuple[features.Counted, ...]) -> NDArray[np.float64]:
        total = np.array(self.model.header.offsets)
        for part, counted in enumerate(parts):
            rows, is_known = self._rows(part, counted.numbers)
            if len(rows):
                values = self.model.idf[rows].astype(np.float64) * (1 + np.log(counted.counts[is_known]))
                values /= np.sqrt(values @ values)
                total += (values @ self.model.weights[rows].astype(np.float64)) * self.model.header.scales
        return total

    def _per_character(self, seen: features.Seen) -> NDArray[np.float64]:
        """What each character of the whole adds for each class."""
        added = np.zeros((seen.size + 1, len(self.model.header.classes)))
        parts = ((features.CUT, features.words_of(seen)), (features.CONTAINED, features.contained_in(seen)))
        for part, found in parts:
            rows, is_known = self._rows(part, found.numbers)
            spans = found.spans[is_known]
            weights = self.model.weights[rows].astype(np.float64) * self.model.header.scales
            weights *= (self.model.idf[rows] / (spans[:, 1] - spans[:, 0]))[:, None]
            for column, own in enumerate(weights.T):
                added[:, column] += np.bincount(spans[:, 0], own, len(added))
                added[:, column] -= np.bincount(spans[:, 1], own, len(added))
        return added.cumsum(axis=0)[:-1]

    def _rows(self, part: int, numbers: NDArray[np.uint64]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """The model's rows of those numbers of a part that it knows, and which those are."""
        first = sum(self.model.header.sizes[:part])
        table = self.model.numbers[first : first + self.model.header.sizes[part]]
        if not len(table):
            return np.zeros(0, np.intp), np.zeros(len(numbers), bool)
        at = np.minimum(np.searchsorted(table, numbers), len(table) - 1)
        is_known = table[at] == numbers
        return first + at[is_known], is_known


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    grown = np.exp(scores - scores.max())
    return grown / grown.sum()


def others(known: NDArray[np.float64], own: int) -> NDArray[np.float64]:
    """How much each other class is what this one has to stand against: by its probability, together 1."""
    rest = np.where(np.arange(len(known)) == own, 0.0, known + 1e-9)
    return rest / rest.sum()


def strongest_words(
    said: str, spans: NDArray[np.intp], added: NDArray[np.float64], most: int = WORDS
) -> tuple[str, ...]:
    """The words whose characters add most, each once; single characters are none, and none that speaks against it."""
    before = np.concatenate([[0.0], added.cumsum()])
    longer = spans[spans[:, 1] - spans[:, 0] >= _LEAST_WORD]
    found: dict[str, float] = {}
    for (start, end), own in zip(longer.tolist(), (before[longer[:, 1]] - before[longer[:, 0]]).tolist(), strict=True):
        found[said[start:end]] = found.get(said[start:end], 0.0) + own
    return tuple(word for word in sorted(found, key=lambda word: -found[word])[:most] if found[word] > 0)
