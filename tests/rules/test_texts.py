"""Both catalogues say the same things, and every word that a page asks for is there."""

import json
import re
from collections import Counter
from pathlib import Path
from string import Formatter

import pytest

from backend.intake.open311.client.structs import SentState
from backend.intake.open311.wire.statuses import UpdateStatus
from backend.orders.model.states import State, Transition
from backend.web.i18n import catalogue
from backend.web.views.templates import _TEMPLATES as TEMPLATES

I18N = Path(catalogue.__file__).parent
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


def test_whatever_another_system_may_say_of_what_it_was_sent_has_a_word() -> None:
    wanted = {f"intake.sent.{state}" for state in SentState} | {f"intake.there.{status}" for status in UpdateStatus}

    assert wanted - catalogue.catalogue("zh").keys() == set()


def _facts(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}


@pytest.mark.parametrize("file", sorted(I18N.rglob("*.json")), ids=lambda file: str(file.relative_to(I18N)))
def test_no_key_stands_twice_in_a_catalogue(file: Path):
    """The second would win in silence."""
    twice: list[str] = []

    def note(pairs: list[tuple[str, object]]) -> dict[str, object]:
        counted = Counter(name for name, _ in pairs)
        twice.extend(name for name, count in counted.items() if count > 1)
        return dict(pairs)

    json.loads(file.read_text("utf-8"), object_pairs_hook=note)

    assert twice == []
