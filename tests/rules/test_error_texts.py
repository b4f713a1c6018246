"""Every error finds its sentences in the catalogue, in both languages, and the catalogue holds nothing else."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import backend
import grab_orders
import media
import push
import qr
import shops
from backend.errors import AppError, Bilingual, Conflict, InBoth, Invalid, Listing, Phrase
from backend.web.i18n import error_texts
from backend.web.i18n.catalogue import LANGUAGES, catalogue

ROOT = Path(__file__).parents[2]
PACKAGES = (backend, grab_orders, media, push, qr, shops)
WIRE_STAYS = {"upload-offset-wrong", "lines-wrong"}
"""Their English says more than their Chinese, and clients know it so."""
CARRIERS = {"Phrase", "Wrong", "FileRefused", "PhotoRefused"}
"""What takes a key besides the errors that add nothing to `AppError.__init__`."""


def errors(base: type[AppError] = AppError) -> Iterator[type[AppError]]:
    yield base
    for kind in base.__subclasses__():
        yield from errors(kind)


def load_all() -> list[type[AppError]]:
    for package in PACKAGES:
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "piccolo" not in module.name and not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    return list(dict.fromkeys(kind for kind in errors() if kind.__module__.split(".")[0] != "tests"))


def trees() -> Iterator[ast.AST]:
    for package in PACKAGES:
        for file in Path(next(iter(package.__path__))).rglob("*.py"):
            if "piccolo_migrations" not in file.parts:
                yield ast.parse(file.read_text(encoding="utf-8"))


def literals() -> tuple[set[str], tuple[str, ...]]:
    """Every string of the code, and the beginnings of those that are put together (`f"constraint.{code}"`)."""
    words, beginnings = set[str](), set[str]()
    for tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words.add(node.value)
            first = node.values[0] if isinstance(node, ast.JoinedStr) and node.values else None
            if isinstance(first, ast.Constant) and str(first.value).endswith("."):
                beginnings.add(str(first.value))
    return words, tuple(beginnings)


def facts(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_no_key_stands_in_two_files() -> None:
    keys = [key for texts in error_texts.by_package().values() for key in texts]

    assert len(keys) == len(set(keys))
    assert not set(keys) & catalogue("zh").keys()


def test_every_error_has_its_sentences() -> None:
    missing = {kind.__name__: kind.text or kind.code for kind in load_all()}
    known = error_texts.entries()

    assert {name: key for name, key in missing.items() if key not in known} == {}
    assert all(entry[lang] for entry in known.values() for lang in LANGUAGES)


def test_every_key_that_is_named_at_an_error_is_there() -> None:
    kinds = {kind.__name__ for kind in load_all() if kind.__init__ is AppError.__init__} | CARRIERS
    named = {
        node.args[0].value
        for tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in kinds
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }

    assert len(named) > 60
    assert named - error_texts.entries().keys() - catalogue("zh").keys() == set()


def test_no_sentence_is_left_over() -> None:
    words, beginnings = literals()
    words |= {entry["title"] for entry in error_texts.entries().values() if isinstance(entry.get("title"), str)}

    assert [key for key in error_texts.entries() if key not in words and not key.startswith(beginnings)] == []


def test_both_languages_tell_the_same_facts() -> None:
    unlike = {key for key, entry in error_texts.entries().items() if facts(entry["zh"]) != facts(entry["en"])}

    assert unlike == WIRE_STAYS


def test_every_title_leads_to_a_sentence() -> None:
    for key, entry in error_texts.entries().items():
        title = entry.get("title", entry)
        assert title in error_texts.entries() if isinstance(title, str) else title.keys() >= set(LANGUAGES), key


def test_values_are_told_in_the_readers_language() -> None:
    listed = Listing(
        [Phrase("evidence-missing.after", {"count": 2}), Bilingual("甲", "a"), InBoth(Bilingual("乙", "b"))]
    )
    error = Invalid("evidence-missing", values={"photos": listed})

    assert error_texts.sentence(error, "zh") == "还缺:处置后照片 2 张、甲、乙 / b"
    assert error_texts.sentence(error, "en") == "Still missing: 2 after photos, a, 乙 / b"


def test_an_error_inside_another_is_told_as_well() -> None:
    error = Conflict("self-handling-open", values={"number": "7", "why": Invalid("unit-unknown")})

    assert error_texts.in_both(error).endswith("but not closed yet: There is no such unit")


def test_a_value_that_was_forgotten_takes_no_answer_down() -> None:
    error = Conflict("too-far-away", distance_m="far")

    assert error_texts.sentence(error, "en").startswith("{distance_m:.0f} m away")
    assert error_texts.title(error, "zh") == "不在现场"
