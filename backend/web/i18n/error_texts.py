"""What an error says to people: sentence and title by its key, out of one file for each package (`errors/*.json`).

An entry is `{"zh", "en", "title"}`. The title, which stands over the sentence in a problem document, is the sentence
itself where it is left out, another entry's where it is a key, or has its own `{"zh", "en"}`.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from backend.errors import AppError, Bilingual, InBoth, Listing, Phrase
from backend.web.i18n import catalogue
from backend.web.i18n.wording import filled

_FOLDER = Path(__file__).with_name("errors")


@cache
def entries() -> Mapping[str, Mapping[str, Any]]:
    """Every entry by its key."""
    return {key: entry for texts in by_package().values() for key, entry in texts.items()}


@cache
def by_package() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    """The same, by the name of the file."""
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(_FOLDER.glob("*.json"))}


def sentence(subject: AppError | Phrase, lang: str) -> str:
    """What happened, with its facts: of an error the `detail` of its problem document."""
    return _filled(subject.key, subject.values, lang)


def title(error: AppError, lang: str) -> str:
    """What kind of thing happened: the `title` of a problem document."""
    return title_of(error.key, lang)


def title_of(key: str, lang: str) -> str:
    entry = entries().get(key, {})
    other = entry.get("title", entry)
    return title_of(other, lang) if isinstance(other, str) else other.get(lang, key)


def in_both(subject: AppError | Phrase) -> str:
    """Chinese and English in one line, for a terminal."""
    return " / ".join(sentence(subject, lang) for lang in catalogue.LANGUAGES)


def _filled(key: str, values: Mapping[str, Any], lang: str) -> str:
    """A value that is missing or of another kind than the sentence expects leaves the bare sentence."""
    entry = entries().get(key)
    text = entry[lang] if entry else catalogue.say(lang, key)
    try:
        return filled(text, {name: _shown(value, lang) for name, value in values.items()})
    except (KeyError, ValueError, TypeError):
        return text


def _shown(value: Any, lang: str) -> Any:
    match value:
        case AppError() | Phrase():
            return sentence(value, lang)
        case InBoth():
            return " / ".join(str(_shown(value.what, each)) for each in catalogue.LANGUAGES)
        case Bilingual():
            return value.en if lang == "en" else value.zh
        case Listing():
            between = _filled(value.between, {}, lang)
            return between.join(str(_shown(item, lang)) for item in value.items)
    return value
