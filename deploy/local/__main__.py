"""The verbs of the Makefile: `python -m deploy.local run|test|check|bench|bench-intake|bench-scan|…`; see VERBS."""

import os
import signal
import sys
from importlib import import_module

from deploy.local import processes, progress, stop
from deploy.local.trouble import Trouble

# Verb → module and function. A verb's module is loaded only once we listen for a Ctrl-C.
VERBS = {
    "run": ("run", "run"),
    "test": ("checks", "test"),
    "test-fast": ("checks", "test_fast"),
    "check": ("checks", "check"),
    "check-scripts": ("checks", "check_scripts"),
    "check-mini-program": ("checks", "check_mini_program"),
    "bench": ("bench", "bench"),
    "bench-intake": ("bench", "bench_intake"),
    "bench-scan": ("bench", "bench_scan"),
    "bench-desk": ("bench", "bench_desk"),
    "bench-indicators": ("bench", "bench_indicators"),
    "bench-tiles": ("bench", "bench_tiles"),
    "bench-open311": ("bench", "bench_open311"),
    "bench-photos": ("bench", "bench_photos"),
    "bench-memory": ("bench", "bench_memory"),
    "bench-outgoing": ("bench", "bench_outgoing"),
    "bench-listeners": ("bench", "bench_listeners"),
    "bench-patrols": ("bench", "bench_patrols"),
    "bench-elder-care": ("bench", "bench_elder_care"),
    "bench-addresses": ("bench", "bench_addresses"),
    "bench-booking": ("bench", "bench_booking"),
    "bench-grab": ("bench", "bench_grab"),
    "bench-grab-soak": ("bench", "bench_grab_soak"),
    "bench-sensors": ("bench", "bench_sensors"),
    "bench-sensor-chaos": ("bench", "bench_sensor_chaos"),
    "bench-camera": ("bench", "bench_camera"),
    "bench-against": ("bench", "bench_against"),
    "measure-pages": ("bench", "measure_pages"),
    "miniprogram": ("town_miniprogram", "build"),
    "demo-reset": ("reset", "demo_reset"),
    "install": ("venv", "install"),
    "yima": ("command", "yima"),
    "demo-past": ("command", "demo_past"),
}
STOPPED_BY_HAND = 130


def main(arguments: list[str]) -> int:
    """Do what one verb says and return the exit code; trouble is told in words."""
    if len(arguments) != 1 or arguments[0] not in VERBS:
        progress.say(f"usage: python -m deploy.local {'|'.join(VERBS)}")
        return 2
    stop.listen()
    if "MAKELEVEL" in os.environ:
        # Should make be killed, nobody would be left to press Ctrl-C.
        processes.die_with_parent(signal.SIGTERM)
    module, function = VERBS[arguments[0]]
    try:
        return getattr(import_module(f"deploy.local.{module}"), function)()
    except stop.Stopped:
        progress.report("stopped", "已停止")
        return STOPPED_BY_HAND
    except Trouble as trouble:
        progress.say("\n".join([trouble.en, trouble.zh, *trouble.help_lines]))
        return 1
    except OSError as reason:
        progress.report(f"The system refused: {reason}", "系统拒绝了该操作")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
