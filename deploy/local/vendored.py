"""What others made and this repository carries, so that `make run` and a closed network need no npm.

`backend/web/static/vendor/vendored.json` says of each file from which package and version of the lock it is.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from deploy.local.state import CHECKOUT

VENDOR = CHECKOUT / "backend" / "web" / "static" / "vendor"
NOTE = VENDOR / "vendored.json"


def changed(node_modules: Path) -> list[str]:
    """The files that are not, byte for byte, those of the packages that npm installed by the lock."""
    return [
        name for name, original in _originals(node_modules) if (VENDOR / name).read_bytes() != original.read_bytes()
    ]


def renew(node_modules: Path) -> None:
    """Take every file anew from the packages that npm installed."""
    for name, original in _originals(node_modules):
        (VENDOR / name).parent.mkdir(exist_ok=True)
        (VENDOR / name).write_bytes(original.read_bytes())


def _originals(node_modules: Path) -> Iterator[tuple[str, Path]]:
    for package in json.loads(NOTE.read_text("utf-8"))["packages"]:
        for name, path in package["files"].items():
            yield name, node_modules / package["name"] / path
