"""Words for people: one catalogue per language, the same keys in both, for Jinja and for the scripts alike."""

import json
from functools import cache
from pathlib import Path

from backend.web.i18n.wording import filled

LANGUAGES = ("zh", "en")
_FOLDER = Path(__file__).parent


@cache
def catalogue(lang: str) -> dict[str, str]:
    return json.loads((_FOLDER / f"{lang}.json").read_text(encoding="utf-8"))


def say(lang: str, key: str, **facts: object) -> str:
    """The sentence of this key with its facts filled in; a word that is missing takes no page down."""
    sentence = catalogue(lang).get(key, key)
    return filled(sentence, facts) if facts else sentence


@cache
def for_scripts(lang: str, *families: str) -> str:
    """The few sentences that a page's script speaks, as JSON: the keys `js.<family>.*`, without `js.`."""
    starts = tuple(f"js.{family}." for family in families)
    found = {key.removeprefix("js."): words for key, words in catalogue(lang).items() if key.startswith(starts)}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))
