"""Both catalogues say the same things, and every word that a page asks for is there."""

import re
from string import Formatter

from backend.orders.model.states import State, Transition
from backend.web.i18n import catalogue
from backend.web.views.templates import _TEMPLATES as TEMPLATES

SCRIPTS = TEMPLATES.parent / "static/scripts"
_ASKED = re.compile(r"\bt\('([\w.]+)'[,)]")
_QUOTED_KEY = re.compile(r"'([a-z]+\.(?!jpg)\w+)'")


def test_both_catalogues_have_the_same_keys() -> None:
    assert catalogue.catalogue("zh").keys() == catalogue.catalogue("en").keys()


def test_both_sentences_tell_the_same_facts() -> None:
    told = [{key: _facts(words) for key, words in catalogue.catalogue(lang).items()} for lang in catalogue.LANGUAGES]

    assert told[0] == told[1]


def test_every_word_that_a_template_asks_for_is_there() -> None:
    asked = {key for file in TEMPLATES.rglob("*.html") for key in _ASKED.findall(file.read_text(encoding="utf-8"))}

    assert asked - catalogue.catalogue("zh").keys() == set()


def test_scripts_and_catalogue_name_the_same_texts() -> None:
    """Where a script puts a key together, `'queue.' + name`, the whole family counts as used."""
    source = "".join(file.read_text(encoding="utf-8") for file in SCRIPTS.rglob("*.js"))
    texts = {key.removeprefix("js.") for key in catalogue.catalogue("zh") if key.startswith("js.")}
    families = {key.partition(".")[0] for key in texts}
    asked = {key for key in _QUOTED_KEY.findall(source) if key.partition(".")[0] in families}
    put_together = {family for family in families if f"'{family}.' +" in source}

    assert asked - texts == set()
    assert {key for key in texts - asked if key.partition(".")[0] not in put_together} == set()


def test_every_state_and_move_has_a_word() -> None:
    wanted = {f"state.{state}" for state in State} | {f"move.{move}" for move in Transition}

    assert wanted - catalogue.catalogue("zh").keys() == set()


def _facts(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}
