"""The two builds: this working tree, and a revision that is checked out in its own folder with its own packages."""

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.parts.stage import CHECKOUT, BenchFailed

_COMPLETE = ".complete"
_MAKE_PACKAGES = "from deploy.local import state, venv; venv.ready('run', state.of_this_run('bench'))"
_FILLED_BY = ("bench/parts/filling.py", "bench/parts/many_orders.py")
_DATA = (".csv", ".geojson", ".sql")


@dataclass(frozen=True, slots=True)
class Build:
    name: str
    """THEN or NOW."""
    revision: str
    """The commit, with what is not committed said."""
    checkout: Path
    python: Path

    def fill_digest(self) -> str:
        """A text that changes when the schema, the demo street or what fills the databases changes."""
        seen = hashlib.sha256()
        folders = [
            each for each in self.checkout.iterdir() if each.is_dir() and not each.name.startswith((".", "tests"))
        ]
        for path in sorted(file for folder in folders for file in folder.rglob("*")):
            name = path.relative_to(self.checkout)
            if _shapes_data(name):
                seen.update(os.fsencode(name) + path.read_bytes())
        return seen.hexdigest()[:10]


THEN, NOW = "then", "now"


def now() -> Build:
    """This working tree, whatever of it is committed."""
    changed = " with changes" if _git("status", "--porcelain") else ""
    return Build(NOW, _git("rev-parse", "--short=10", "HEAD") + changed, CHECKOUT, Path(sys.executable))


def then(revision: str, folder: Path) -> Build:
    """A revision, checked out below `folder` unless it is there already. Raises BenchFailed."""
    if not revision:
        raise BenchFailed("REV names the revision to compare with: make bench-against REV=8c9d1c1")
    commit = _git("rev-parse", "--verify", "--short=10", f"{revision}^{{commit}}")
    checkout = folder / commit
    if not (checkout / _COMPLETE).exists():
        _check_out(commit, checkout)
    _make_packages(checkout, folder)
    return Build(THEN, commit, checkout, checkout / ".venv" / "bin" / "python")


def _check_out(commit: str, checkout: Path) -> None:
    shutil.rmtree(checkout, ignore_errors=True)
    checkout.mkdir(parents=True)
    archive = subprocess.run(["git", "archive", commit], cwd=CHECKOUT, capture_output=True, check=True)
    subprocess.run(["tar", "-x", "-C", checkout], input=archive.stdout, check=True)
    (checkout / _COMPLETE).touch()


def _make_packages(checkout: Path, folder: Path) -> None:
    """By the revision's own program and lock; nothing is asked of an index where they are there."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "PYTHON"))}
    env["YIMA_STATE"] = str(folder / "state")
    base = getattr(sys, "_base_executable", sys.executable)
    done = subprocess.run([base, "-c", _MAKE_PACKAGES], cwd=checkout, env=env, check=False)
    if done.returncode:
        raise BenchFailed(f"the packages of {checkout} could not be installed")


def _shapes_data(path: Path) -> bool:
    is_about_data = "piccolo_migrations" in path.parts or "demo" in path.parts
    return str(path) in _FILLED_BY or path.suffix in _DATA or (is_about_data and path.suffix == ".py")


def _git(*words: str) -> str:
    try:
        done = subprocess.run(["git", *words], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise BenchFailed(f"git {' '.join(words)} failed: {getattr(error, 'stderr', error)}") from error
    return done.stdout.strip()
