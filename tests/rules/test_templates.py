"""What of a template is the same for all readers of a language is compiled into it, and says what it said before."""

import pytest

from backend.web.assets import files
from backend.web.i18n import catalogue
from backend.web.i18n.catalogue import LANGUAGES
from backend.web.views.templates import environment


def _asks(lang: str, source: str, **facts: object) -> tuple[str, list[str]]:
    """What a template says, and the keys that it asked for while it was rendered."""
    asked = []

    def t(key: str, **more: object) -> str:
        asked.append(key)
        return catalogue.say(lang, key, **more)

    return environment(lang).from_string(source).render(t=t, **facts), asked


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_word_without_facts_stands_in_the_compiled_template(lang):
    assert _asks(lang, "<b>{{ t('frame.skip') }}</b>") == (f"<b>{catalogue.say(lang, 'frame.skip')}</b>", [])


@pytest.mark.parametrize("big", [True, False])
def test_so_do_both_of_two_words(big):
    said, asked = _asks("zh", "{{ t('frame.normal' if big else 'frame.big') }}", big=big)

    assert (said, asked) == (catalogue.say("zh", "frame.normal" if big else "frame.big"), [])


def test_a_word_with_facts_or_with_a_key_of_the_page_is_asked_for():
    assert _asks("en", "{{ t('landing.people', n=3) }}")[1] == ["landing.people"]
    assert _asks("en", "{{ t('state.' ~ state) }}", state="closed") == (
        catalogue.say("en", "state.closed"),
        ["state.closed"],
    )


def test_a_word_is_escaped_and_an_icon_is_not(monkeypatch):
    monkeypatch.setitem(catalogue.catalogue("zh"), "frame.skip", "<b>&")
    source = "{% import 'partials/icons.html' as icon %}{{ t('frame.skip') }}{{ icon.tick() }}"

    said, _ = _asks("zh", source)

    assert said.startswith("&lt;b&gt;&amp;<svg ") and said.endswith("</svg>")


def test_an_asset_is_named_by_its_content():
    assert _asks("zh", "{{ asset('app.css') }}")[0] == files.url("app.css")
