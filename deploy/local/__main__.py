"""The verbs of the Makefile: `python -m deploy.local run|test|check|bench|bench-intake|demo-reset`."""

import os
import signal
import sys

from deploy.local import bench, checks, processes, progress, reset, run, stop
from deploy.local.trouble import Trouble

VERBS = {
    "run": run.run,
    "test": checks.test,
    "check": checks.check,
    "bench": bench.bench,
    "bench-intake": bench.bench_intake,
    "demo-reset": reset.demo_reset,
}
STOPPED_BY_HAND = 130


def main(arguments: list[str]) -> int:
    """Do what one verb says and return the exit code; trouble is told in words."""
    verb = VERBS.get(arguments[0]) if len(arguments) == 1 else None
    if verb is None:
        progress.say(f"usage: python -m deploy.local {'|'.join(VERBS)}")
        return 2
    stop.listen()
    if "MAKELEVEL" in os.environ:
        # Should make be killed, nobody would be left to press Ctrl-C.
        processes.die_with_parent(signal.SIGTERM)
    try:
        return verb()
    except stop.Stopped:
        progress.say("stopped 已停止")
        return STOPPED_BY_HAND
    except Trouble as trouble:
        progress.say("\n".join([trouble.en, trouble.zh, *trouble.help_lines]))
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
