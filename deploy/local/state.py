"""One folder that holds everything a run made, and the lock that keeps two runs out of one folder.

`.yima` of the checkout is the default; `$YIMA_STATE` names another. The tests and the benches live in
folders of their own below it, so that they never meet the data of a run.
"""

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path

from deploy.local.trouble import Trouble

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class State:
    """A folder, made absolute and free of symbolic links."""

    path: Path

    def log(self, name: str) -> Path:
        """Return the path of a log, with its folder made."""
        folder = self.path / "log"
        folder.mkdir(exist_ok=True)
        return folder / f"{name}.log"


def of_this_run(part: str = "") -> State:
    """Return the state that the environment names, or the part of it for `test` or `bench`; make the folder."""
    named = os.environ.get("YIMA_STATE") or ".yima"
    path = Path(os.path.realpath(CHECKOUT / Path(named).expanduser())) / part
    try:
        path.mkdir(parents=True, exist_ok=True)
        writable = os.access(path, os.W_OK | os.X_OK)
    except OSError:
        writable = False
    if not writable:
        raise Trouble(
            f"{path} cannot be written by this user. Name another folder: YIMA_STATE=~/yima-state make run",
            f"当前用户无法写入 {path}，请用 YIMA_STATE 指定其他目录。",
        )
    return State(path)


class Lock:
    """Held by one process at a time for as long as it lives; the kernel frees it when that process dies."""

    def __init__(self, state: State) -> None:
        self.path = state.path / "lock"
        self.descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)

    def take(self) -> bool:
        """Take the lock and write our process id into it, or return False when another process holds it."""
        try:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        os.ftruncate(self.descriptor, 0)
        os.pwrite(self.descriptor, str(os.getpid()).encode(), 0)
        return True

    def holder(self) -> int | None:
        """Return the process id that the holder wrote."""
        text = os.pread(self.descriptor, 20, 0)
        return int(text) if text.isdigit() else None


def hold(state: State) -> Lock:
    """Take the state for this process; raises Trouble that names the process which already has it."""
    lock = Lock(state)
    if not lock.take():
        raise Trouble(
            f"{state.path} is already in use: process {lock.holder()}. Stop that one first (Ctrl-C in its window),"
            " or start a second one beside it: PORT=8001 YIMA_STATE=.yima-2",
            f"{state.path} 正由进程 {lock.holder()} 使用。请先停止它，或另用端口和目录再启动一份。",
        )
    return lock
