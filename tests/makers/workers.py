"""Real workers, as processes of their own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
_FAREWELL_S = 60


@contextmanager
def running_worker(database: str, state: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker until the block ends, or until the block kills it."""
    named = {"DATABASE_URL": database, "YIMA_MODE": "demo", "YIMA_STATE": str(state)}
    worker = subprocess.Popen([sys.executable, "-m", "backend.cli", "work"], cwd=ROOT, env={**os.environ, **named})
    try:
        yield worker
    finally:
        worker.terminate()
        try:
            worker.wait(_FAREWELL_S)
        finally:
            worker.kill()
            worker.wait()
