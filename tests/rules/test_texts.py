"""Both catalogues say the same things, and every word that a page asks for is there."""

import re
from string import Formatter

from backend.orders.states import Move, State
from backend.web import texts
from backend.web.page import _TEMPLATES as TEMPLATES

SCRIPTS = TEMPLATES.parent / "static/js"
_ASKED = re.compile(r"\bt\('([\w.]+)'[,)]")
_SPOKEN = re.compile(r"speak\('([\w.]+)'")


def test_both_catalogues_have_the_same_keys() -> None:
    assert texts.catalogue("zh").keys() == texts.catalogue("en").keys()


def test_both_sentences_tell_the_same_facts() -> None:
    told = [{key: _facts(words) for key, words in texts.catalogue(lang).items()} for lang in texts.LANGUAGES]

    assert told[0] == told[1]


def test_every_word_that_a_template_asks_for_is_there() -> None:
    asked = {key for file in TEMPLATES.rglob("*.html") for key in _ASKED.findall(file.read_text(encoding="utf-8"))}

    assert asked - texts.catalogue("zh").keys() == set()


def test_every_word_that_a_script_speaks_is_there() -> None:
    spoken = {f"js.{key}" for file in SCRIPTS.glob("*.js") for key in _SPOKEN.findall(file.read_text(encoding="utf-8"))}

    assert spoken - texts.catalogue("zh").keys() == set()


def test_every_state_and_move_has_a_word() -> None:
    wanted = {f"state.{state}" for state in State} | {f"move.{move}" for move in Move}

    assert wanted - texts.catalogue("zh").keys() == set()


def _facts(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}
