"""A folder with a mini-program, read once: what every rule looks at."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

SCRIPTS = (".js", ".ts")
_STRING = r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`"
_COMMENT = re.compile(rf"(?P<kept>{_STRING})|/\*.*?\*/|//[^\n]*", re.S)
_OUTSIDE = ("tests/", "node_modules/", "types/")
"""Folders that are checked out beside the program and never uploaded."""


@dataclass(frozen=True)
class Package:
    """`files`: what would be uploaded, by its path with `/`. `is_source`: it has not been compiled."""

    files: dict[str, bytes]
    project: dict[str, Any] = field(default_factory=dict)
    """project.config.json, which the vendor's tool reads and nobody's phone gets."""

    @cached_property
    def is_source(self) -> bool:
        return any(name.endswith(".ts") for name in self.files)

    @cached_property
    def app(self) -> dict[str, Any]:
        """app.json; empty where it cannot be read, which `unreadable` tells."""
        return self.json("app.json")

    def json(self, name: str) -> dict[str, Any]:
        """What a JSON file says; empty where there is none or it says no object."""
        try:
            found = json.loads(self.files.get(name, b"{}"))
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def unreadable(self) -> Iterator[str]:
        """The JSON files that are none."""
        for name in self.ending(".json"):
            try:
                json.loads(self.files[name])
            except ValueError as error:
                yield f"{name}: {error}"

    def ending(self, *endings: str) -> list[str]:
        return sorted(name for name in self.files if name.endswith(endings))

    def text(self, name: str) -> str:
        return self.files[name].decode("utf-8", "replace")

    def script_of(self, stem: str) -> str:
        """The path of a page's or component's script, compiled or not; empty where there is none."""
        return next((stem + ending for ending in SCRIPTS if stem + ending in self.files), "")

    @cached_property
    def scripts(self) -> dict[str, str]:
        """All scripts by path, without their comments."""
        names = [name for name in self.ending(*SCRIPTS) if not name.endswith(".d.ts")]
        return {name: without_comments(self.text(name)) for name in names}

    @property
    def size(self) -> int:
        """Bytes before compression, as the vendor counts them."""
        return sum(len(content) for content in self.files.values())


def without_comments(script: str) -> str:
    """A script without its comments; what looks like one inside a string stays."""
    return _COMMENT.sub(lambda found: found["kept"] or "", script)


def read(folder: Path) -> Package:
    """The package in a folder. Raises OSError where there is none."""
    if not (folder / "app.json").is_file():
        raise FileNotFoundError(f"{folder} holds no app.json")
    found = {file.relative_to(folder).as_posix(): file for file in sorted(folder.rglob("*")) if file.is_file()}
    files = {name: file.read_bytes() for name, file in found.items() if not _is_outside(name)}
    project = Package(files={"project": files.pop("project.config.json", b"{}")}).json("project")
    return Package(files=files, project=project)


def _is_outside(name: str) -> bool:
    return name.startswith(_OUTSIDE) or any(part.startswith(".") for part in name.split("/"))
