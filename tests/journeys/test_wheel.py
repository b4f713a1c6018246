"""The wheel holds the whole product: installed, it serves from an empty folder, far from any checkout."""

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import httpx
import pytest

from backend import VERSION
from tests.fixtures.server import running_server

ROOT = Path(__file__).parents[2]
PACKAGES = ("backend", "qr", "push", "media", "shops", "grab_orders", "openapi", "deploy")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that the checkout stays as it is; no index is asked."""
    folder = tmp_path_factory.mktemp("wheel")
    without = shutil.ignore_patterns("__pycache__")
    for name in PACKAGES:
        shutil.copytree(ROOT / name, folder / "source" / name, ignore=without)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder / "source")
    pip(folder, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, folder / "source")
    return next(folder.glob("yima-*.whl"))


def pip(folder: Path, *words: str | Path) -> None:
    argv = [sys.executable, "-m", "pip", "--no-input", "--disable-pip-version-check", *words]
    done = subprocess.run(argv, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_wheel_holds_every_file_of_the_packages_and_its_licence(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        str(file.relative_to(ROOT))
        for name in PACKAGES
        for file in (ROOT / name).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }

    assert wanted - held == set()
    assert any(name.endswith("licenses/LICENSE") for name in held)
    assert not any(name.startswith(("tests/", "bench/")) for name in held)
    assert wheel.name.split("-")[1] == VERSION


def test_the_changelog_has_a_heading_for_the_version() -> None:
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)

    assert headings[0] == VERSION


async def test_the_installed_product_serves_from_an_empty_folder(database: str, wheel: Path, tmp_path: Path) -> None:
    installed, empty = tmp_path / "installed", tmp_path / "empty"
    empty.mkdir()
    pip(tmp_path, "install", "--no-deps", "--no-index", "--no-compile", "--target", installed, wheel)

    with running_server(database, empty, installed) as (url, _):
        async with httpx.AsyncClient(base_url=url, timeout=60) as web:
            page = await web.get("/")
            styles = re.findall(r'href="(/static/[^"]+\.css)"', page.text)
            answers = [await web.get(path) for path in [*styles, "/openapi.json", "/api/v1/items"]]

    assert page.status_code == 200
    assert styles
    assert {answer.status_code for answer in answers} <= {200, 401}
