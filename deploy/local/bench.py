"""`make bench` and its parts: every bench on a private database with the settings of production."""

import os
from pathlib import Path

from deploy.local import cluster, database, postgres, processes, progress, settings, state, venv
from deploy.local.state import CHECKOUT, State
from deploy.local.trouble import Trouble


def bench() -> int:
    """Run every bench one after the other; 0 when all ran through."""
    return _run([path.stem for path in sorted((CHECKOUT / "bench").glob("*.py")) if _is_program(path)])


def bench_intake() -> int:
    """Run the bench of the report intake."""
    return _run(["intake"])


def bench_scan() -> int:
    """Run the bench of scans."""
    return _run(["scan"])


def bench_desk() -> int:
    """Run the bench of the desk."""
    return _run(["desk"])


def bench_indicators() -> int:
    """Count what many orders add, and read figures of it."""
    return _run(["indicators"])


def bench_tiles() -> int:
    """Run the bench of tiles of maps."""
    return _run(["tiles"])


def bench_open311() -> int:
    """Run the bench of Open311."""
    return _run(["open311"])


def bench_photos() -> int:
    """Run the bench of large photos."""
    return _run(["photos"])


def bench_memory() -> int:
    """Watch memory under load for MINUTES."""
    return _run(["memory"])


def bench_outgoing() -> int:
    """Send messages out through the vendors' fakes."""
    return _run(["outgoing"])


def bench_listeners() -> int:
    """Open live pages and leave them alone."""
    return _run(["listeners"])


def bench_patrols() -> int:
    """Generate a day of patrols of a whole town."""
    return _run(["patrols"])


def bench_elder_care() -> int:
    """Visit twelve hundred elders."""
    return _run(["elder_care"])


def bench_booking() -> int:
    """Book pickups, and let three hundred owners want the last forty places."""
    return _run(["booking"])


def bench_grab() -> int:
    """Let a crowd tap one order at the same instant."""
    return _run(["grab"])


def bench_grab_soak() -> int:
    """Let volunteers do what they like for a minute, while workers are killed."""
    return _run(["grab_soak"])


def bench_addresses() -> int:
    """Look addresses up as people write them."""
    return _run(["addresses"])


def bench_sensors() -> int:
    """Publish a thousand alarms a second for a minute, and see what residents wait meanwhile."""
    return _run(["sensors"])


def bench_sensor_chaos() -> int:
    """Publish numbered alarms while broker, database and processes are killed in turn."""
    return _run(["sensor_chaos"])


def bench_camera() -> int:
    """Hold a plate before the scanner of the pages."""
    return _run(["camera"])


def measure_pages() -> int:
    """Measure what pages cost a phone, and count the taps of the main tasks."""
    return _run(["pages"])


def bench_against() -> int:
    """Measure this build beside the revision that REV names; ONLY names parts of it."""
    return _run(["against"])


def _is_program(path: Path) -> bool:
    return 'if __name__ == "__main__"' in path.read_text("utf-8")


def _run(names: list[str]) -> int:
    here = state.of_this_run("bench")
    state.hold(here)
    given = os.environ.get("DATABASE_URL")
    found = [] if given else postgres.find(here)
    python = venv.ready("dev", here)
    if given:
        return _each(names, python, environment(here, given))
    with database.running(here, cluster.PRODUCT, found) as own:
        extra = {
            "YIMA_PG_BIN": str(own.programs.bin),
            "YIMA_SUPERUSER_URL": own.url("yima", user="postgres"),
        }
        return _each(names, python, environment(here, own.url("yima")) | extra)


def environment(here: State, database_url: str) -> dict[str, str]:
    """What a bench is told: its web listens on a port of its own, so it runs beside a demo."""
    return settings.for_children(here, settings.own_address(), database_url)


def _each(names: list[str], python: Path, env: dict[str, str]) -> int:
    if not names:
        raise Trouble("There is no bench yet.", "尚无性能测试。")
    failed = [name for name in names if _fails(name, python, env)]
    return 1 if failed else 0


def _fails(name: str, python: Path, env: dict[str, str]) -> bool:
    with progress.step(f"bench {name}", "性能测试"):
        return processes.wait(processes.spawn([python, "-m", f"bench.{name}"], env=env)) != 0
