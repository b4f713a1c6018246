"""A page's script is its modules joined: the modules keep to what the joining and old browsers understand."""

import re
from pathlib import Path

import pytest

from backend.web.assets import bundles, files, short_names

MODULES = sorted(files.SCRIPTS.rglob("*.js"))
_TOP_LEVEL = re.compile(r"^(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)
_LATER_THAN_2017 = re.compile(r"\?\.|\?\?|catch \{|\.\.\.|\.flat\(|replaceAll|\.at\(|#\w+ ?[=(]|\bimport\(")
_MODULE_MAX_LINES = 150
_FETCHES_A_MODULE = "gl_library.js"
"""Older browsers refuse the whole of live_map.js for it, which only makes maps that they could not draw."""
_EXPORTED = re.compile(r"^export (?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)
_IMPORTED = re.compile(r"^import \{ ([\w, ]+) \} from", re.MULTILINE)
_SELECTOR = re.compile(r"[^{}]*(?=\{)")
_SELECTED = re.compile(r"[.#]([a-zA-Z][\w-]*)")
_ATTRIBUTE = re.compile(r"""(?:class|id)="((?:[^"{]|\{\{.*?\}\}|\{%.*?%\})*)\"""")
_SHAPE = re.compile(r"\{% block shape %\}([\w -]+)\{%")
_QUOTED = re.compile(r"""["']([\w -]+)["']""")
_BY_ID = re.compile(r"byId\('([\w-]+)'\)")
_SAID = re.compile(r"\s*(/\*\*|\*|//|import )")
_STRING = re.compile(r"'(?:[^'\\\n]|\\.)*'")
_PROPERTY = re.compile(r"\.[A-Za-z_$][\w$]*")
_BROWSERS_OWN = re.compile(r"\b(?:document|window|navigator|location|history|localStorage|indexedDB|crypto)\b")
_HEAT = re.compile(r"heat-[1-4]")
"""A step of the colours of hours, put together in the template."""


def test_what_a_module_needs_stands_before_it(tmp_path: Path) -> None:
    for folder in ("base", "pages"):
        (tmp_path / folder).mkdir()
    (tmp_path / "base/low.js").write_text("export const low = 1;\n")
    (tmp_path / "base/high.js").write_text("import { low } from './low.js';\n/**\n * Two lines.\n */\nlow;\n")
    (tmp_path / "pages/page.js").write_text("import '../base/high.js';\nimport { low } from '../base/low.js';\nlow;\n")

    joined = bundles.join(tmp_path, "pages/page.js")

    assert joined == "(function () {\n'use strict';\nconst a=1;a;a;})();\n"


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_air_is_taken_from_between_strings_and_never_out_of_them(module: Path) -> None:
    source = "".join(line for line in module.read_text(encoding="utf-8").splitlines(True) if not _SAID.match(line))

    assert _STRING.findall(bundles.plain(source)) == _STRING.findall(source)


def test_a_statement_still_ends_where_its_line_ends() -> None:
    source = (
        "const a = b\nfor (;;) {\n  if (a) c();\n}\ntry { d(); } catch (e) { /* private */ }\nx = [1, 'a = b; {c}']\n"
    )

    assert bundles.plain(source) == "const a=b\nfor(;;){if(a)c();}\ntry{d();} catch(e){}\nx=[1,'a = b; {c}']\n"


def test_names_are_short_where_nothing_else_can_be_meant_by_them() -> None:
    script = (
        "const total=1;\n"
        "function show(event,index){const status=total+index;return{event:event,index,'total':/total/};}\n"
        "function other(){return status+item.total+show(1,2)&&total;}\n"
    )

    assert short_names.shorten(script, short_names.given_by(script)) == (
        "const a=1;\n"
        "function b(event,index){const status=a+index;return{event:event,index,'total':/total/};}\n"
        "function c(){return status+item.total+b(1,2)&&a;}\n"
    )


@pytest.mark.parametrize("entry", files.script_entries())
def test_short_names_leave_strings_properties_and_the_browsers_own_names_alone(entry: str) -> None:
    sources = [(files.SCRIPTS / name).read_text(encoding="utf-8") for name in bundles.in_order(files.SCRIPTS, entry)]
    script = "".join(map(bundles.plain, sources))

    shortened = short_names.shorten(script, short_names.given_by("".join(sources)))

    for part in (_STRING, _PROPERTY, _BROWSERS_OWN):
        assert part.findall(shortened) == part.findall(script)
    assert len(shortened) < len(script)


def test_a_style_sheet_is_its_parts_in_order(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts/one.css").write_text("/* One. */\n.one {\n  color: red;\n}\n")
    (tmp_path / "page.css").write_text("/* A page. */\n@import './parts/one.css';\n.two { color: blue; }\n")

    assert bundles.join_styles(tmp_path, "page.css") == ".one{color:red}.two{color:blue}"


@pytest.mark.parametrize("entry", files.script_entries())
def test_no_import_or_export_is_left_and_no_name_is_given_twice(entry: str) -> None:
    joined = bundles.join(files.SCRIPTS, entry)
    sources = [(files.SCRIPTS / name).read_text(encoding="utf-8") for name in bundles.in_order(files.SCRIPTS, entry)]
    names = [name for source in sources for name in _TOP_LEVEL.findall(source.replace("export ", ""))]

    assert re.search(r"^(import|export)\b", joined, re.MULTILINE) is None
    assert sorted(names) == sorted(set(names))


def test_every_module_and_every_part_of_a_style_sheet_is_needed_by_a_page() -> None:
    scripts = {name for entry in files.script_entries() for name in bundles.in_order(files.SCRIPTS, entry)}
    styles = {name for entry in files.style_entries() for name in bundles.in_order(files.STYLES, entry)}

    assert _below(files.SCRIPTS, "*.js") == scripts | {files.SERVICE_WORKER, files.SHARE_WORKER, files.ENDING_WORKER}
    assert _below(files.STYLES, "*.css") == styles


def test_what_a_module_exports_is_imported_and_what_it_imports_is_exported() -> None:
    sources = [module.read_text(encoding="utf-8") for module in MODULES]
    exported = [name for source in sources for name in _EXPORTED.findall(source)]
    imported = {name for source in sources for names in _IMPORTED.findall(source) for name in names.split(", ")}

    assert sorted(exported) == sorted(imported)


def test_every_class_and_id_in_the_styles_is_on_some_page() -> None:
    pages = _named_on_pages()
    missing = {name for name in _selected() if name not in pages and not _HEAT.fullmatch(name)}

    assert missing == set()


def test_every_id_that_a_script_asks_for_is_on_some_page() -> None:
    sources = "".join(module.read_text(encoding="utf-8") for module in MODULES)

    assert set(_BY_ID.findall(sources)) - _named_on_pages() == set()


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_a_module_is_short_and_speaks_the_language_of_2017(module: Path) -> None:
    source = module.read_text(encoding="utf-8")

    assert source.count("\n") <= _MODULE_MAX_LINES
    assert _LATER_THAN_2017.findall(source) == (["import("] if module.name == _FETCHES_A_MODULE else [])


def test_styles_and_templates_hold_nothing_inline_and_name_no_other_host() -> None:
    templates = (files.FOLDER.parent / "templates").rglob("*.html")
    pages = {file.name: file.read_text(encoding="utf-8") for file in templates}

    inline = [name for name, text in pages.items() if re.search(r"<style|\sstyle=|\son\w+=|<script(?! src=)", text)]
    fetched = [
        name for name, text in pages.items() if re.search(r"""(?:src|<link[^>]*href)=["']?(?:https?:)?//""", text)
    ]

    assert (inline, fetched) == ([], [])


def _below(folder: Path, pattern: str) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob(pattern)}


def _selected() -> set[str]:
    """The classes and ids of all selectors."""
    sheets = "".join(bundles.join_styles(files.STYLES, entry) for entry in files.style_entries())
    return {name for selector in _SELECTOR.findall(sheets) for name in _SELECTED.findall(selector)}


def _named_on_pages() -> set[str]:
    """The words of all class and id attributes in templates, and of what scripts, macros and views put there."""
    web = files.FOLDER.parent
    templates = "".join(path.read_text(encoding="utf-8") for path in web.rglob("*.html"))
    code = "".join(path.read_text(encoding="utf-8") for suffix in ("js", "py") for path in web.rglob(f"*.{suffix}"))
    named = [*_ATTRIBUTE.findall(templates), *_SHAPE.findall(templates), *_QUOTED.findall(code + templates)]
    return {word for text in named for word in re.findall(r"[\w-]+", text)}
