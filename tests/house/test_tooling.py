"""The tools around the product: what they hold, and that the hooks before a commit say what `make check` says."""

import json
import re
from pathlib import Path

import pytest

from deploy.local import checks, node
from deploy.local.state import State
from tests.fixtures import longest_first
from tests.house import figures

ROOT = Path(__file__).parents[2]
HOOKS = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert figures.circles() == []


def test_the_figures_are_told_for_every_kind() -> None:
    told = figures.report()

    assert all(kind in told for kind in ("files", "functions", "class names", "statements", "foreign keys", "circles"))
    assert sum(1 for _ in figures.statements()) > 100


def test_the_tests_that_begin_first_are_there() -> None:
    assert [name for name in longest_first.LONGEST if not (ROOT / name).is_file()] == []


def test_a_hook_stands_for_every_check() -> None:
    names = re.findall(r"^        name: (.*)$", HOOKS, re.MULTILINE)

    assert sorted(names) == sorted([*(name for name, _ in checks.CHECKS), *checks.TYPED])


@pytest.mark.parametrize("name", checks.TYPED)
@pytest.mark.parametrize(("ci", "passes"), [("", True), ("true", False)])
def test_without_the_packages_of_npm_only_a_build_server_fails_and_it_is_said(
    name: str, ci: str, passes: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(node, "ready", lambda *_: False)
    monkeypatch.setenv("CI", ci)

    assert checks.TYPED[name](Path("python"), State(tmp_path)) is passes
    assert "npm_config_registry" in capfd.readouterr().out


@pytest.mark.parametrize("name", ["scripts", "miniprogram"])
def test_a_lock_of_npm_names_digests_and_no_host(name: str) -> None:
    lock = json.loads((ROOT / f"requirements/{name}/package-lock.json").read_text("utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}

    assert packages
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert not any("resolved" in package for package in packages.values())
