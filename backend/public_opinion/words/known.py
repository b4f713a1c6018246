"""What the lexicon says of a word: how it is cut, and whether it is a common one. Numbers of jieba's dictionary.

The lexicon needs numpy, which a web process loads only when somebody opens a page with texts.
"""

from functools import lru_cache

COMMON = -14.5
"""From this logarithm of its share on a word is common."""


@lru_cache(maxsize=65_536)
def cut(word: str) -> tuple[str, ...]:
    """The words that a run of characters is cut into."""
    from backend.intake.items import features

    return tuple(word[start:end] for start, end in features.look_at(word).cut.spans.tolist())


@lru_cache(maxsize=65_536)
def commonness(word: str) -> float:
    """The logarithm of its share of all words; `lexicon.NEVER` where it is none."""
    from backend.intake.items import features, lexicon

    if not 0 < len(word) <= lexicon.LONGEST_WORD:
        return lexicon.NEVER
    found = features.look_at(word).commonness[len(word) - 1]
    return float(found[0]) if len(found) else lexicon.NEVER


def is_common(word: str) -> bool:
    return commonness(word) >= COMMON
