"""The words of the program: every text stands in both languages, with the same facts in braces.

A catalogue is a script under `i18n/` that calls `bilingual({…}, {…})`: the Chinese texts, then the English ones.
"""

import re
from collections.abc import Iterator

from deploy.miniprogram.package import Package

FOLDER, _HELPER = "i18n/", "i18n/bilingual"
Texts = dict[str, str]
_CALL = re.compile(r"\bbilingual\)?\s*\(\s*(?=\{)")
_STRING = r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`"
_ENTRY = re.compile(rf"(?:[\"']?(?P<key>[\w.]+)[\"']?)\s*:\s*(?P<text>(?:{_STRING})(?:\s*\+\s*(?:{_STRING}))*)\s*,?")
_SKIP = re.compile(rf"{_STRING}|[{{}}]")
_FACT = re.compile(r"\{(\w+)\}")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def faults(package: Package) -> Iterator[str]:
    """Texts that stand in one language alone, are empty, or name other facts there; Chinese outside the catalogues."""
    names = [name for name in package.scripts if name.startswith(FOLDER) and not name.startswith(_HELPER)]
    if not names:
        yield f"{FOLDER} holds no texts"
    for name in names:
        found = read(package.scripts[name])
        if found is None:
            yield f"{name}: no call bilingual({{…}}, {{…}})"
        else:
            yield from (f"{name}: {fault}" for fault in _compare(*found))
    yield from _outside(package)


def read(script: str) -> tuple[Texts, Texts] | None:
    """The two halves of a catalogue, or None where it is none."""
    call = _CALL.search(script)
    if call is None:
        return None
    end = _end_of(script, call.end())
    begin = script.find("{", end)
    if begin < 0:
        return None
    return _texts(script[call.end() : end]), _texts(script[begin : _end_of(script, begin)])


def _compare(zh: Texts, en: Texts) -> Iterator[str]:
    yield from (f"{key} is missing in English" for key in zh.keys() - en.keys())
    yield from (f"{key} is missing in Chinese" for key in en.keys() - zh.keys())
    for key in sorted(zh.keys() & en.keys()):
        if set(_FACT.findall(zh[key])) != set(_FACT.findall(en[key])):
            yield f"{key} names other facts in English than in Chinese"
        if not zh[key].strip() or not en[key].strip():
            yield f"{key} is empty"
        if _CHINESE.search(en[key]):
            yield f"{key} is not English"


def _outside(package: Package) -> Iterator[str]:
    """Words that a template or script says by itself would be in one language."""
    for name in package.ending(".wxml"):
        if _CHINESE.search(re.sub(r"<!--.*?-->", "", package.text(name), flags=re.S)):
            yield f"{name}: Chinese outside {FOLDER}"
    for name, script in package.scripts.items():
        if not name.startswith((FOLDER, "config.")) and _CHINESE.search(script):
            yield f"{name}: Chinese outside {FOLDER}"


def _texts(literal: str) -> Texts:
    entries = _ENTRY.finditer(literal[1:-1])
    return {entry["key"]: "".join(each[1:-1] for each in re.findall(_STRING, entry["text"])) for entry in entries}


def _end_of(script: str, begin: int) -> int:
    """Where the object literal that begins here ends; braces in strings do not count."""
    depth = 0
    for found in _SKIP.finditer(script, begin):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0:
            return found.end()
    return len(script)
