"""What was typed becomes a `Code` in one place, and nobody else decides what a code or an area code looks like."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = ("backend", "qr", "media", "push", "shops", "openapi", "deploy")


def files_with(pattern):
    files = (file for package in PRODUCT for file in (ROOT / package).rglob("*.py"))
    return {
        str(file.relative_to(ROOT))
        for file in files
        if "piccolo_migrations" not in file.parts and re.search(pattern, file.read_text(encoding="utf-8"))
    }


def test_only_the_parser_makes_a_code():
    assert files_with(r"\bCode\(") == {"qr/codes.py"}


def test_only_one_module_says_what_an_area_code_looks_like():
    assert files_with(r"\[0-9\]\{(6|9|12|15|2,15|0,15)\}") == {"backend/geo/area_codes.py"}
