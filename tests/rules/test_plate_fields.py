"""Wherever a page asks for the code of a plate, the scanner stands beside the field, with all that it needs."""

import re
from pathlib import Path

import pytest

from backend.routes.http.security_headers import SecurityHeaders
from backend.web.assets import bundles, files

TEMPLATES = files.FOLDER.parent / "templates"
_FIELD = re.compile(r'<input type="text" id="[^"]*" name="(code|new_code|place_words)"(?![^>]*pattern=)')
_FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
_SCRIPT = re.compile(r"asset\('(\w+\.js)'\)")
_FAMILIES = re.compile(r"families = \[([^\]]*)\]")
_INCLUDED = re.compile(r"""(?:include|from|extends|import) "([\w/]+\.html)\"""")


def _source(name: str) -> str:
    return (TEMPLATES / name).read_text("utf-8")


def _with_scanner(name: str) -> bool:
    """Whether the template, or a part of it, has a button of the scanner."""
    source = _source(name)
    parts = [part for part in _INCLUDED.findall(source) if part not in ("base.html", name)]
    return "data-scan=" in source or 'id="place-scan"' in source or any(map(_with_scanner, parts))


PAGES = [
    name
    for name in sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
    if '{% extends "base.html" %}' in _source(name) and _with_scanner(name)
]


def test_every_field_for_a_plates_code_has_the_scanner_beside_it() -> None:
    bare = [
        f"{path.relative_to(TEMPLATES)}: {field}"
        for path in TEMPLATES.rglob("*.html")
        for form in _FORM.findall(path.read_text("utf-8"))
        for field in _FIELD.findall(form)
        if field != "place_words" and f'data-scan="{field}"' not in form
    ]

    assert bare == []
    assert "place-scan" in _source("inspectors/place_choice.html")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_with_the_scanner_has_its_words_and_a_script_that_opens_it(name: str) -> None:
    source = _source(name)
    script = next(asked for asked in _SCRIPT.findall(source) if f"pages/{asked}" in files.script_entries())

    assert "'scan'" in str(_FAMILIES.findall(source))
    assert "codes/scan_plate.js" in bundles.in_order(files.SCRIPTS, f"pages/{script}")


def test_pages_with_the_scanner_are_found() -> None:
    assert {"staff/order.html", "patrols/walk.html", "inspectors/quick_report.html", "resident/start.html"} < {*PAGES}


def test_only_the_thread_that_reads_codes_may_run_webassembly() -> None:
    headers = SecurityHeaders(is_https=False)
    paths = ["/", "/o/1", "/sw.js", *(f"/static/{asset.name}" for asset in files.all_assets().values())]

    allowed = {
        path for path in paths if b"wasm-unsafe-eval" in dict(headers.missing(path, []))[b"content-security-policy"]
    }

    assert allowed == {files.url("plate_reader.js")}


def test_scanner_and_decoder_are_fetched_by_no_page_that_does_not_scan() -> None:
    """They are asked for at the first press: no page's script holds any of them."""
    pages = [entry for entry in files.script_entries() if entry.startswith("pages/")]
    held = {name for entry in pages for name in bundles.in_order(files.SCRIPTS, entry)}

    assert not any(Path(name).parent == Path("scanner") for name in held)
