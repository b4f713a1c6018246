"""The map in `backend/__init__.py` names the packages that there are, in the order that import-linter holds."""

import re
import tomllib
from pathlib import Path

import pytest

import backend

ROOT = Path(__file__).parents[2]
MODULES_LEFT_OUT = {
    "availability",  # read by db and the entry points
    "log_writer",  # a part of logs
    "piccolo_conf",  # read by Piccolo alone
    "sign_of_life",  # read by the entry points
}
_INSIDE = re.compile(r"\((.*?)\)")


def the_map() -> str:
    assert backend.__doc__ is not None
    return backend.__doc__[backend.__doc__.index("Entry points:") :]


def named() -> list[str]:
    """Packages and modules in the order of the map, without what stands in brackets."""
    text = re.sub(r"(^|\. )[A-Z][\w ]*: ", r"\1", _INSIDE.sub("", the_map()), flags=re.MULTILINE)
    return [word for word in re.findall(r"[a-z_]+", text) if word not in ("and", "then")]


def packages(folder: Path) -> set[str]:
    return {file.parent.name for file in folder.glob("*/__init__.py") if file.parent.name != "piccolo_migrations"}


def modules() -> set[str]:
    return {file.stem for file in (ROOT / "backend").glob("*.py")} - {"__init__"} - MODULES_LEFT_OUT


def contract(name: str) -> list[list[str]]:
    """The layers of one contract in pyproject.toml, each as the last parts of the names in it."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    found = next(each for each in settings["contracts"] if each["name"] == name)
    return [[part.split(".")[-1] for part in re.findall(r"[\w.]+", layer)] for layer in found["layers"]]


def test_the_map_names_each_package_and_module_once():
    roots = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["root_packages"]
    there = packages(ROOT / "backend") | modules() | set(roots) - {"backend"}

    assert sorted(named()) == sorted(there)


def test_what_the_map_puts_lower_the_linter_puts_no_higher():
    level = {name: depth for depth, layer in enumerate(contract("Layers")) for name in layer}
    names = named()

    wrong = [
        (upper, lower) for at, upper in enumerate(names) for lower in names[at + 1 :] if level[upper] > level[lower]
    ]

    assert wrong == []


@pytest.mark.parametrize("package", ["routes", "web", "orders"])
def test_the_map_names_the_parts_of(package):
    inside = re.search(rf"\b{package} \((.*?)\)", the_map())
    assert inside is not None

    parts = re.findall(r"\w+", inside.group(1))

    assert sorted(parts) == sorted(packages(ROOT / "backend" / package) - {"static", "templates"})


def test_the_parts_of_orders_stand_as_the_linter_holds_them():
    inside = re.search(r"\borders \((.*?)\)", the_map())
    assert inside is not None
    layers = [layer[0] for layer in reversed(contract("Layers of orders")[1:])]

    assert re.findall(r"\w+", inside.group(1)) == layers
