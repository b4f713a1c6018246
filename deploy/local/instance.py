"""The instance of a folder: what `make run` made there, lent to a command for as long as it takes.

`make run` notes the settings of its processes in the state; a command finds them there. While it runs, the
command works beside it; otherwise the private database is started for the length of the command.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.local.state import CHECKOUT, Lock, State

NOTE = "house.json"
_SECRETS = ("SECRET", "KEY", "PASSWORD", "TOKEN")
_OURS = ("DATABASE_URL", "HOST", "PORT")


@dataclass(frozen=True)
class Instance:
    """A folder with a database, and the settings that its processes were started with."""

    state: State
    environment: Mapping[str, str]
    is_private: bool
    """Whether the database is a cluster of our own, which may have to be started."""

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Have the database running: beside `make run`, or started by us until we are done. Raises Trouble."""
        lock = Lock(self.state)
        if not self.is_private or not lock.take():
            yield
            return
        from deploy.local import cluster, database, postgres, progress

        with progress.to_stderr():
            found = postgres.find(self.state)
            with database.running(self.state, cluster.PRODUCT, found):
                yield


def note(state: State, environment: Mapping[str, str], *, is_private: bool) -> None:
    """Remember how the instance of a state is set; what is secret is not written down."""
    named = {name: value for name, value in environment.items() if name.startswith("YIMA_") or name in _OURS}
    kept = {name: value for name, value in named.items() if not any(secret in name for secret in _SECRETS)}
    path = state.path / NOTE
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"state": str(state.path), "is_private": is_private, "environment": kept}, file, indent=1)


def find() -> Instance | None:
    """The instance of $YIMA_STATE, else of `.yima` here, else of the checkout's; what the caller has set stays."""
    named = os.environ.get("YIMA_STATE")
    folders = [Path(named).expanduser()] if named else [Path(".yima"), CHECKOUT / ".yima"]
    return next((instance for folder in folders if (instance := _read(folder))), None)


def _read(folder: Path) -> Instance | None:
    state = State(Path(os.path.realpath(folder)))
    try:
        noted = json.loads((state.path / NOTE).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if noted["state"] != str(state.path):  # a copied folder speaks of the original
        return None
    environment = {name: os.environ.get(name) or value for name, value in noted["environment"].items()}
    return Instance(state, environment | {"YIMA_STATE": str(state.path)}, noted["is_private"])
