"""The project's own Python packages in `.venv`, exactly those of the lock file.

pip's own settings (pip.conf, PIP_*) are the operator's: a closed network names its mirror or wheel folder there.
"""

import fcntl
import hashlib
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.local import packages, processes, progress, stop
from deploy.local.state import CHECKOUT, State, of_this_run
from deploy.local.trouble import Trouble

FOLDER = CHECKOUT / ".venv"
PYTHON = FOLDER / "bin" / "python"
STAMP = FOLDER / "yima-installed.json"
COMMAND = FOLDER / "bin" / "yima"
# sh finds the Python: the first line of a script may be neither long nor hold blanks, and a checkout's path may.
_SCRIPT = """#!/bin/sh
exec "{python}" -P -m backend.cli "$@"
"""


def ready(lock_name: str, state: State) -> Path:
    """Return the Python of a `.venv` that holds the packages of requirements/LOCK_NAME.txt, made where missing."""
    with _alone():
        if not _is_sound():
            _make(state)
        if not _holds(lock_name):
            _install(lock_name, state)
        offer_command()
    return PYTHON


def install() -> int:
    """`make install`: the packages that the product runs on and the command `yima`, and nothing else."""
    ready("run", of_this_run())
    progress.report(f"{COMMAND} --help", "已安装")
    return 0


def offer_command() -> None:
    """Make this checkout known to the `.venv` from any folder, and put `yima` into its programs: no index is asked."""
    for packages_folder in FOLDER.glob("lib/python3*/site-packages"):
        _write(packages_folder / "yima.pth", f"{CHECKOUT}\n")
    _write(COMMAND, _SCRIPT.format(python=PYTHON))
    COMMAND.chmod(0o755)


def _write(path: Path, text: str) -> None:
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


@contextmanager
def _alone() -> Iterator[None]:
    # Two runs of one checkout with two states share the .venv; the folder itself is the lock.
    descriptor = os.open(CHECKOUT, os.O_RDONLY)
    try:
        if not _takes(descriptor):
            progress.report("waiting for another run that prepares .venv", "正在等待另一进程准备 .venv")
            while not _takes(descriptor):
                stop.check()
                time.sleep(0.2)
        yield
    finally:
        os.close(descriptor)


def _takes(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_sound() -> bool:
    # A moved or copied checkout brings a .venv whose scripts still point at the old place.
    made_for = _stamp().get("folder", str(FOLDER))
    if made_for != str(FOLDER):
        return False
    question = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    return processes.ask([PYTHON, "-c", question]).returncode == 0


def _make(state: State) -> None:
    packages.ensure_venv_module(state)
    with progress.step("making .venv", "正在创建 Python 环境", about="a few seconds"):
        if FOLDER.is_symlink():
            FOLDER.unlink()
        shutil.rmtree(FOLDER, ignore_errors=True)
        base = getattr(sys, "_base_executable", sys.executable)
        log = state.log("venv")
        with log.open("wb") as output:
            code = processes.wait(processes.spawn([base, "-m", "venv", FOLDER], output=output))
    if code != 0:
        raise Trouble(
            f"Python could not make {FOLDER}.",
            f"无法创建 {FOLDER}。",
            processes.tail(log),
        )


def _install(lock_name: str, state: State) -> None:
    requirements = _lock_file(lock_name)
    # The lock is complete. Left to resolve, old pips look past it for a newer release of what is asked for with extras.
    argv = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--require-hashes",
        "--no-deps",
        "--requirement",
        requirements,
    ]
    log = state.log("pip")
    step = progress.step("installing Python packages", "正在安装 Python 依赖", about="about a minute")
    with step, log.open("wb") as output:
        code = processes.wait(processes.spawn(argv, env=_pip_env(), output=output))
    if code != 0:
        raise Trouble(
            f"pip could not install {requirements.name}; all of it is in {log}."
            " In a closed network see docs/install.md (PIP_FIND_LINKS, PIP_NO_INDEX).",
            "Python 依赖安装失败；内网安装见 docs/install.md。",
            processes.tail(log),
        )
    _write_stamp(lock_name)


def _pip_env() -> dict[str, str]:
    # A pip.conf with "user = true" would refuse to install into a venv.
    return os.environ | {
        "PIP_USER": "0",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PYTHONUNBUFFERED": "1",
    }


def _lock_file(lock_name: str) -> Path:
    return CHECKOUT / "requirements" / f"{lock_name}.txt"


def _holds(lock_name: str) -> bool:
    return _stamp().get(lock_name) == _digest(_lock_file(lock_name))


def _write_stamp(lock_name: str) -> None:
    stamp = {"folder": str(FOLDER), lock_name: _digest(_lock_file(lock_name))}
    if lock_name == "dev" and pins(_lock_file("run").read_text()) <= pins(_lock_file("dev").read_text()):
        stamp["run"] = _digest(_lock_file("run"))
    STAMP.write_text(json.dumps(stamp, indent=1))


def _stamp() -> dict[str, str]:
    try:
        return json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def pins(lock_text: str) -> set[str]:
    """Return the `name==version` pins of a lock file's text."""
    return {line.split()[0] for line in lock_text.splitlines() if "==" in line and not line.startswith((" ", "#"))}
