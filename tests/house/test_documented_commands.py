"""Every command that a document names is one: its words are taken by the parser of the product or of the Makefile."""

import contextlib
import io
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend import cli

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
VERBS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
_CALL = re.compile(r"(?:\S*python3? -m backend\.cli|\S*\byima)\s+(?P<words>.*)")
_MAKE = re.compile(r'\bmake ([a-z][a-z-]*)(?: ARGS="([^"]*)")?')
_VALUES = {
    "NUMBER": "SH-1",
    "USERNAME": "li",
    "NAME": "li",
    "FILE": "file.csv",
    "AREA": "310115105",
    "D": "gcj02",
    "K": "doorplate",
}


def written(text: str) -> Iterator[str]:
    """Lines of fenced blocks and pieces of inline code."""
    for block in re.findall(r"^```[a-z]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        yield from (line.strip() for line in block.splitlines())
    yield from re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))


def calls(document: Path) -> list[str]:
    found = []
    for line in written(document.read_text("utf-8")):
        if (match := _CALL.match(line)) and match["words"] != "…":
            found.append(match["words"])
        if (made := _MAKE.search(line)) and made[1] == "yima" and made[2] not in ("", "…"):
            found.append(made[2])
    return found


def words_of(call: str) -> list[list[str]]:
    """What a person would type: without comment, brackets and dots; of `grant|ungrant` each."""
    plain = call.split(" #")[0].split(" | ")[0].replace("[", "").replace("]…", "").replace("]", "").replace("…", "0")
    words = [_VALUES.get(word, word) for word in shlex.split(plain)]
    choice = next((at for at, word in enumerate(words) if re.fullmatch(r"[a-z-]+(\|[a-z-]+)+", word)), None)
    if choice is None:
        return [words]
    return [[*words[:choice], each, *words[choice + 1 :]] for each in words[choice].split("|")]


NAMED = sorted({(document.name, call) for document in DOCUMENTS for call in calls(document)})


def test_documents_name_many_commands() -> None:
    assert len(NAMED) > 20


@pytest.mark.parametrize(("document", "call"), NAMED, ids=[f"{name}: {call}" for name, call in NAMED])
def test_a_command_that_a_document_names_can_be_typed(document: str, call: str) -> None:
    for words in words_of(call):
        wanted = next((word for word in words if not word.startswith("-")), "")
        said = io.StringIO()
        try:
            with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
                cli._parser(wanted).parse_args(words)
        except SystemExit as stop:
            needs_more = "the following arguments are required" in said.getvalue() and len(words) <= 2
            assert stop.code == 0 or needs_more, f"{document}: yima {' '.join(words)}\n{said.getvalue()}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_verb_of_make_that_a_document_names_exists(document: Path) -> None:
    named = {match[1] for line in written(document.read_text("utf-8")) for match in _MAKE.finditer(line)}

    assert named <= VERBS
