"""A pool of processes does not outlive whoever started it, however that one ends."""

import os
import select
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
_PARENT = """
import os, time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from qr.printing.orphans import end_with_parent
if __name__ == "__main__":
    pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=end_with_parent)
    print(pool.submit(os.getpid).result(), flush=True)
    pool.submit(time.sleep, 600)
    time.sleep(600)
"""


def test_a_process_of_the_pool_ends_when_its_parent_is_killed(tmp_path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(_PARENT)
    with subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    ) as parent:
        assert parent.stdout
        child = os.pidfd_open(int(parent.stdout.readline()))

        parent.kill()

        ended, _, _ = select.select([child], [], [], 20)
        os.close(child)
    assert ended
