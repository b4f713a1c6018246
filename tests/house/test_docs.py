"""Documents name real paths."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
_PATH = re.compile(r"`((?:backend|qr|push|media|shops|grab_orders|openapi|tests|docs|bench|deploy)/[\w./-]*)`")


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_every_path_that_a_document_names_exists(document):
    named = _PATH.findall(document.read_text(encoding="utf-8"))

    assert [path for path in named if not (ROOT / path).exists()] == []
