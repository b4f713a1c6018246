"""Which words of a list stand in a clause: from left to right, the longest first, none within another. Pure."""

from collections.abc import Iterable, Iterator, Mapping


class Matcher:
    """A list of words, each with a number."""

    def __init__(self, words: Mapping[str, int]) -> None:
        self._words = words
        lengths: dict[str, set[int]] = {}
        for word in words:
            lengths.setdefault(word[:2], set()).add(len(word))
        self._lengths = {start: sorted(each, reverse=True) for start, each in lengths.items()}

    def spans(self, clause: str) -> Iterator[tuple[int, int, int]]:
        """From, to, and the number of each word."""
        at, last = 0, len(clause) - 1
        words, lengths = self._words, self._lengths
        while at < last:
            end = at + 1
            for length in lengths.get(clause[at : at + 2], ()):
                if (number := words.get(clause[at : at + length])) is not None:
                    end = at + length
                    yield at, end, number
                    break
            at = end

    def numbers(self, clauses: Iterable[str]) -> set[int]:
        """The words of some clauses, each once."""
        return {number for clause in clauses for _, _, number in self.spans(clause)}
