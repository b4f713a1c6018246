"""What a search for words finds, apart from the search: whoever reads stored words needs no arithmetic for it."""

from typing import NamedTuple


class FoundWord(NamedTuple):
    """A word and how many texts it stands in. `is_place`: it ends as places do and no dictionary knows it."""

    word: str
    support: int
    is_place: bool
