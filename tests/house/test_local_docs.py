"""What the manual says of settings and verbs is what the code reads and the Makefile offers."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MANUAL = (ROOT / "docs" / "install.md").read_text("utf-8")
READERS = (
    ROOT / "backend" / "config.py",
    ROOT / "deploy" / "miniprogram" / "settings.py",
    *ROOT.glob("push/gateways/*/settings.py"),
)
SETTINGS = {name for file in READERS for name in re.findall(r'"(YIMA_[A-Z0-9_]+)"', file.read_text("utf-8"))}
VERBS = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("name", sorted(SETTINGS))
def test_every_setting_is_in_the_manual(name: str) -> None:
    assert f"`{name}`" in MANUAL


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_in_the_readme(verb: str) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")

    assert re.search(rf"make {verb}\b", readme)


def test_the_machine_runs_the_command_that_the_readme_gives() -> None:
    commands = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()

    assert commands[-2:] == ["make check", "make test"]
