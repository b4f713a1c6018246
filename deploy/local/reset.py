"""`make demo-reset`: stops the demo and removes its data, and nothing that somebody else put there."""

import os
import shutil
import signal
import time
from pathlib import Path

from deploy.local import home, leftovers, progress, state
from deploy.local.state import Lock, State
from deploy.local.trouble import Trouble

# What a run makes in its state. Anything else in the folder was put there by somebody else and stays.
MADE_BY_A_RUN = (
    "pg",
    "log",
    "provisioned",
    "children",
    "house.json",
    "demo.json",
    "demo-card.txt",
    "demo-before.jpg",
    "demo-after.jpg",
    "media",
    "bench-log",
)
PARTS = ("test", "bench", "check")
PATIENCE_S = 30.0


def demo_reset() -> int:
    """Stop the demo of this state and remove its data, and those of the tests and benches that do not run now."""
    here = state.of_this_run()
    _stop_running(here)
    with progress.step(f"removing the demo's data in {here.path}", "正在清除演示数据"):
        _clear(here)
        for part in PARTS:
            _clear_part(State(here.path / part))
    if os.environ.get("DATABASE_URL"):
        progress.report("the database of DATABASE_URL was not touched", "DATABASE_URL 指定的数据库未改动")
    progress.report("gone; make run builds it anew", "已清除，make run 将重新生成")
    return 0


def _clear_part(part: State) -> None:
    if part.path.is_dir() and not part.path.is_symlink() and Lock(part).take():
        _clear(part)


def _clear(here: State) -> None:
    leftovers.end_children(here)
    leftovers.end_postgres(here.path / "pg" / "data")
    home.forget_shelter(here)
    for name in MADE_BY_A_RUN:
        remove(here.path / name)


def remove(path: Path) -> None:
    """Remove a file, a folder or a symbolic link, never what the link points at."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _stop_running(here: State) -> None:
    """Take the lock; when a run holds it, ask that run to stop and wait for it."""
    lock = Lock(here)
    if lock.take():
        return
    holder = lock.holder()
    if holder is None:
        raise Trouble(f"{here.path} is in use by a process that we cannot name.", "目录正被占用。")
    with progress.step(f"stopping the demo that runs as process {holder}", "正在停止演示"):
        os.kill(holder, signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE_S
        while not lock.take():
            if time.monotonic() > deadline:
                raise Trouble(f"Process {holder} did not stop.", f"进程 {holder} 未能停止。")
            time.sleep(0.1)
