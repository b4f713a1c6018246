"""What is the same for many readers but for a few words: rendered once by its template, each word put in where it goes.

A frame is what a template makes of marks in the place of words. A mark is letters and noughts, which no filter changes;
words are escaped as they are put in. A mark is never empty, so whatever a template decides by (whether there is a
subtitle, how many) is no word: it belongs to what the frame was made for. So do language and size.
"""

import re
from functools import partial

from markupsafe import Markup, escape

from backend.web.i18n import catalogue
from backend.web.views.templates import environment

_MARK = re.compile(r"WORD0([a-z]+)0WORD")


def mark(word: str) -> Markup:
    """What stands for a word until it is put in. The name of the word: small letters."""
    return Markup(f"WORD0{word}0WORD")  # noqa: S704 - letters


class PageFrame:
    """What a template made of marks."""

    __slots__ = ("_pieces", "_words")

    def __init__(self, rendered: str) -> None:
        self._pieces = _MARK.split(rendered)
        self._words = self._pieces[1::2]

    def filled(self, **words: str) -> Markup:
        """With its words, each of them escaped unless it is markup. Raises KeyError where one is missing."""
        escaped = {word: escape(text) for word, text in words.items()}
        pieces = self._pieces.copy()
        pieces[1::2] = [escaped[word] for word in self._words]
        return Markup("".join(pieces))  # noqa: S704 - a template's, and what was escaped just now


def piece(template: str, lang: str, **facts: object) -> PageFrame:
    """The frame of a piece of a page, which asks nothing of its reader but the language."""
    rendered = environment(lang).get_template(template).render(t=partial(catalogue.say, lang), **facts)
    return PageFrame(rendered)
