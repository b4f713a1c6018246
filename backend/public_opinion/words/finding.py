"""The words of a town's texts, found by how they are used: no dictionary of matters stands behind them. Pure.

A word is a run of characters that holds together and stands among different neighbours. Where most of its places cut
through words that the lexicon knows, it is none; nor where it begins or ends with a particle, counts or dates
something, or may be a person's name. A run that mostly stands within a longer one is that longer one.
"""

from collections import Counter
from collections.abc import Iterable, Sequence, Set

from backend.public_opinion.words import grams, known, names, numbers
from backend.public_opinion.words.clauses import Clauses
from backend.public_opinion.words.found_word import FoundWord
from backend.public_opinion.words.grams import Gram
from backend.public_opinion.words.matching import Matcher

LEAST = 5
"""Texts that a word stands in, at least."""
COHESION, FREEDOM, ALIGNED = 2.5, 0.9, 0.5
_LONG_COHESION = 3.0
"""Of three characters and more: by chance two words that are both common stand together oftener."""
_FOLDED = 0.3
"""A run that stands alone in fewer of its texts than this is a part of longer ones."""
_MOST_SHARE = 0.25
"""What stands in more texts than this is how people write, no matter."""
_PARTICLES = frozenset(
    "的地得了着过是在有没无不也都就还又很太更最再已将要会能可应该被把给让向对从到由于为与和及或并而且但则之其此这那"
    "各每某我你您他她它们个些么吗呢吧啊呀请等所以如若因使去来上下中里内外前后时当至自想说做用"
)
_PLACE = (
    *("路", "街", "巷", "弄", "镇", "乡", "村", "苑", "城", "湾", "桥", "庄"),
    *("街道", "大道", "小区", "社区", "新村", "花园", "花苑", "家园", "公寓", "广场", "大厦", "公园", "居委", "别墅"),
    *("学校", "小学", "中学", "大学", "学院", "幼儿园", "医院", "商场", "市场"),
)


def find_words(texts: Sequence[Clauses], people: Set[str] = frozenset(), least: int = LEAST) -> list[FoundWord]:
    """The words of some texts, commonest first. `people`: names that are known to be somebody's."""
    named = set(people).union(*(text.names for text in texts))
    candidates = [
        gram.word
        for gram in grams.list_grams((run for text in texts for run in text.runs), least)
        if holds_together(gram) and may_be_word(gram.word, named)
    ]
    supports = _supports(candidates, texts, least) | _letters(texts, least)
    most = max(least, _MOST_SHARE * len(texts))
    found = [FoundWord(word, many, is_place(word)) for word, many in supports.items() if many <= most]
    return sorted(found, key=lambda each: (-each.support, each.word))


def holds_together(gram: Gram) -> bool:
    cohesion = COHESION if len(gram.word) == 2 else _LONG_COHESION
    is_known = known.is_common(gram.word)
    return (gram.cohesion >= cohesion or is_known) and gram.freedom >= FREEDOM and gram.aligned >= ALIGNED


def may_be_word(word: str, people: Set[str] = frozenset()) -> bool:
    """Whether a run of characters may be shown as a word."""
    return not (numbers.is_number(word) or has_loose_end(word) or names.is_name(word, people))


def has_loose_end(word: str) -> bool:
    """Whether it begins or ends with a particle, or with a number of something."""
    tokens = known.cut(word)
    ends = (tokens[0], tokens[-1])
    return len(tokens) > 1 and any(end in _PARTICLES or numbers.is_number(end) for end in ends)


def is_place(word: str) -> bool:
    """Whether it ends as places do, and no dictionary knows it: 莲溪路, and not 马路."""
    return len(word) > 2 and word.endswith(_PLACE) and not known.is_common(word)


def _supports(candidates: Iterable[str], texts: Sequence[Clauses], least: int) -> dict[str, int]:
    """In how many texts each stands that is no part of a longer one there; those with enough of them."""
    words = sorted(set(candidates))
    held = _within(words, texts)
    while True:
        alone = Counter[int]()
        matcher = Matcher({word: number for number, word in enumerate(words)})
        for text in texts:
            alone.update(matcher.numbers(text.runs))
        left = [
            word
            for number, word in enumerate(words)
            if alone[number] >= least and alone[number] >= _FOLDED * held[word]
        ]
        if len(left) == len(words):
            return {word: alone[number] for number, word in enumerate(words)}
        words = left


def _within(words: Sequence[str], texts: Sequence[Clauses]) -> Counter[str]:
    """In how many texts each stands at all, also within a longer one."""
    found, longest, known_words = Counter[str](), max(map(len, words), default=0), frozenset(words)
    for text in texts:
        found.update(
            {
                piece
                for run in text.runs
                for start in range(len(run) - 1)
                for end in range(start + 2, min(start + longest, len(run)) + 1)
                if (piece := run[start:end]) in known_words
            }
        )
    return found


def _letters(texts: Sequence[Clauses], least: int) -> dict[str, int]:
    counted = Counter(word for text in texts for word in text.letters)
    return {word: many for word, many in counted.items() if many >= least}
