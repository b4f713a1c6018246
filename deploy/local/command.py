"""`make yima ARGS="…"`: one command of the product, beside the running instance or on its database."""

import os
import shlex
import signal
import sys

from deploy.local import state, venv


def yima() -> int:
    """Become the command, with this terminal as its own; returns only when that is impossible."""
    return _become(shlex.split(os.environ.get("ARGS", "")) or ["--help"])


def demo_past() -> int:
    """Become `yima demo past`."""
    return _become(["demo", "past"])


def _become(words: list[str]) -> int:
    python = venv.ready("run", state.of_this_run())
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.stdout.flush()
    os.execv(python, [str(python), "-m", "backend.cli", *words])
    return 1
