"""What others made is carried with its licence, unchanged, in the version of the lock.

`make check` holds it, byte for byte, beside the packages that npm fetched by that lock.
"""

import hashlib
import json
from pathlib import Path

import pytest

from backend.web.assets import files
from deploy.local import vendored

ROOT = Path(__file__).parents[2]
LOCK = json.loads((ROOT / "requirements/scripts/package-lock.json").read_text("utf-8"))["packages"]
PACKAGES = json.loads(vendored.NOTE.read_text("utf-8"))["packages"]


def test_every_file_of_others_is_noted_and_every_noted_one_is_there() -> None:
    carried = {
        path.relative_to(vendored.VENDOR).as_posix()
        for path in vendored.VENDOR.rglob("*")
        if path.is_file() and path != vendored.NOTE
    }

    assert {name for package in PACKAGES for name in package["sha256"]} == carried
    assert {path.name for path in files.vendor_files()} <= files.all_assets().keys()


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_it_is_the_locks_version_with_a_licence_and_nobody_changed_it(package: dict) -> None:
    found = {name: hashlib.sha256((vendored.VENDOR / name).read_bytes()).hexdigest() for name in package["sha256"]}

    assert found == package["sha256"]
    assert package["files"].keys() <= package["sha256"].keys()
    assert package["version"] == LOCK[f"node_modules/{package['name']}"]["version"]
    assert package["licence"] == LOCK[f"node_modules/{package['name']}"]["license"]
    assert any(Path(name).name.startswith("LICENSE") for name in package["sha256"])
