"""A text as runs of characters in which words are looked for, its places taken out of it and its names cut away. Pure.

What is cut away ends a run, so that no word reaches across it.
"""

import re
from typing import NamedTuple

from backend.intake.items.masking import mask
from backend.public_opinion.words.matching import Matcher
from backend.public_opinion.words.names import is_spelt_name, without_names

MOST = 2000
"""Characters of a text that are read."""
_RUN = re.compile("[㐀-鿿]{2,}")
_LETTERS = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2,10}(?![A-Za-z0-9])")
_ADDRESS_NUMBER = re.compile(
    r"(?:[0-9]+|[零〇一二两三四五六七八九十百廿]+)\s*(?:支弄|弄|号楼|号|幢|栋|单元|层|楼|室|座|期|组|巷)+"
)
NO_PLACES = Matcher({})


class Clauses(NamedTuple):
    """`runs` of Chinese characters, `letters` such as ktv, the numbers of known `places`, and `names` of persons."""

    runs: list[str]
    letters: set[str]
    places: set[int]
    names: set[str]


def read(text: str, places: Matcher = NO_PLACES) -> Clauses:
    """Read a text. Phones, numbers of papers, plates and addresses of doors are no part of any run."""
    plain, names = without_names(mask(text[:MOST]))
    found, pieces, at = set[int](), [], 0
    for start, end, number in places.spans(plain):
        found.add(number)
        pieces.append(plain[at:start])
        at = end
    plain = _ADDRESS_NUMBER.sub("|", "|".join([*pieces, plain[at:]]))
    letters = {each.lower() for each in _LETTERS.findall(plain) if not is_spelt_name(each)}
    return Clauses(_RUN.findall(plain), letters, found, names)
