"""Whether `prepare` has anything to do: what it last ran for is noted in the state, as one digest of all it depends on.

A private database is changed by this checkout alone, so the digest says enough: the program's files, its settings and
the cluster itself. Of a database that somebody named nothing is known, and `prepare` looks every time.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from deploy.local.state import CHECKOUT, State

NOTE = "prepared"
CARD = "demo-card.txt"
PROGRAM = ("backend", "media", "openapi", "push", "qr", "shops", "grab_orders", "requirements")


def digest(env: Mapping[str, str], data: Path, checkout: Path = CHECKOUT) -> str:
    """Of every file of the program (size and time of change), every setting of ours and the cluster in `data`."""
    found = hashlib.sha256()
    for path in [*_program(checkout), data / "PG_VERSION"]:
        stat = path.stat()
        found.update(f"{path} {stat.st_size} {stat.st_mtime_ns} {stat.st_ino}\n".encode())
    for name in sorted(name for name in env if name.startswith("YIMA_") or name in ("HOST", "PORT")):
        found.update(f"{name}={env[name]}\n".encode())
    return found.hexdigest()


def holds(state: State, wanted: str) -> bool:
    """Whether the last `prepare` ran for just this, and left its card."""
    try:
        return (state.path / NOTE).read_text() == wanted and (state.path / CARD).exists()
    except OSError:
        return False


def forget(state: State) -> None:
    """Before anything is prepared: a run that breaks off must not be taken for one that ended."""
    (state.path / NOTE).unlink(missing_ok=True)


def note(state: State, done: str) -> None:
    """Remember what `prepare` ran for."""
    (state.path / NOTE).write_text(done)


def _program(checkout: Path) -> Iterator[Path]:
    for name in PROGRAM:
        for folder, folders, files in os.walk(checkout / name):
            folders[:] = sorted(each for each in folders if each != "__pycache__")
            yield from (Path(folder) / file for file in sorted(files))
