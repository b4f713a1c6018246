"""A page's script is its modules joined: the modules keep to what the joining and old browsers understand."""

import re
from pathlib import Path

import pytest

from backend.web.assets import bundles, files

FOLDER = files.FOLDER / "js"
MODULES = sorted(FOLDER.glob("*.js"))
_TOP_LEVEL = re.compile(r"^(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)
_LATER_THAN_2017 = re.compile(r"\?\.|\?\?|catch \{|\.\.\.|\.flat\(|replaceAll|\.at\(|#\w+ ?[=(]|\bimport\(")
_MODULE_MAX_LINES = 150


def test_what_a_module_needs_stands_before_it(tmp_path: Path) -> None:
    (tmp_path / "low.js").write_text("export const low = 1;\n")
    (tmp_path / "page.js").write_text("import { low } from './low.js';\nimport './low.js';\nlow;\n")

    joined = bundles.join(tmp_path, "page.js")

    assert joined == "(function () {\n'use strict';\nconst low = 1;\nlow;\n})();\n"


@pytest.mark.parametrize("entry", files.ENTRIES)
def test_no_import_or_export_is_left_and_no_name_is_given_twice(entry: str) -> None:
    joined = bundles.join(FOLDER, entry)
    sources = [(FOLDER / name).read_text(encoding="utf-8") for name in bundles.in_order(FOLDER, entry)]
    names = [name for source in sources for name in _TOP_LEVEL.findall(source.replace("export ", ""))]

    assert re.search(r"^(import|export)\b", joined, re.MULTILINE) is None
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_a_module_is_short_and_speaks_the_language_of_2017(module: Path) -> None:
    source = module.read_text(encoding="utf-8")

    assert source.count("\n") <= _MODULE_MAX_LINES
    assert _LATER_THAN_2017.findall(source) == []


def test_styles_and_templates_hold_nothing_inline_and_name_no_other_host() -> None:
    templates = (files.FOLDER.parent / "templates").rglob("*.html")
    pages = {file.name: file.read_text(encoding="utf-8") for file in templates}

    inline = [name for name, text in pages.items() if re.search(r"<style|\sstyle=|\son\w+=|<script(?! src=)", text)]
    fetched = [
        name for name, text in pages.items() if re.search(r"""(?:src|<link[^>]*href)=["']?(?:https?:)?//""", text)
    ]

    assert (inline, fetched) == ([], [])
