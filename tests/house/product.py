"""The files of the product, which the tests of the code base read. Migrations left out."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("backend", "qr", "push", "media", "shops", "grab_orders", "openapi")


@cache
def sources() -> tuple[Path, ...]:
    found = [file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py"))]
    return tuple(file for file in found if "piccolo_migrations" not in file.parts)


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def package_of(file: Path) -> Path:
    """The folder above a file that has tables and migrations of its own, however deep the file lies in it."""
    return next((folder for folder in file.parents if (folder / "piccolo_app.py").exists()), file.parent)


def name_of(file: Path) -> str:
    """The path within the repository, as a message shows it."""
    return file.relative_to(ROOT).as_posix()
