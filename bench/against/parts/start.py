"""How long the command and a warm `make run` take to start, and what web and worker hold in memory when idle."""

import asyncio
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from statistics import median

from bench.against.builds import Build
from bench.against.run import Measured, Run
from bench.parts import cpu, stage
from bench.parts.stage import BenchFailed, Stage

HELPS = 5
IDLE_S = float(os.environ.get("YIMA_BENCH_IDLE_S", "10"))
_PATIENCE_S = 300.0
_NOT_PASSED_ON = ("DATABASE_URL", "MAKELEVEL", "MAKEFLAGS", "MFLAGS", "YIMA_SUPERUSER_URL")


async def measure(run: Run, build: Build) -> list[Measured]:
    here = await run.databases.copy(build)
    memory = await _idle(here)
    environment = _of_run(here, build)
    if not (Path(environment["YIMA_STATE"]) / "demo-card.txt").exists():
        _make_run(here, environment)  # the first one makes a cluster and the demo street
    figures = {"help_s": median(_help_s(here) for _ in range(HELPS)), "make_run_s": _make_run(here, environment)}
    return [Measured("start", figures), Measured("idle", memory)]


async def _idle(here: Stage) -> dict[str, float]:
    with stage.web(here) as web, stage.worker(here) as worker:
        await asyncio.sleep(IDLE_S)
        (web_mb, web_others_mb), (worker_mb, worker_others_mb) = cpu.resident_mb(web), cpu.resident_mb(worker)
    return {"web_mb": web_mb, "worker_mb": worker_mb, "children_mb": web_others_mb + worker_others_mb}


def _help_s(here: Stage) -> float:
    argv = [here.python, "-m", "backend.cli", "--help"]
    began = time.perf_counter()
    subprocess.run(argv, cwd=here.checkout, env=here.environment, capture_output=True, check=True)
    return time.perf_counter() - began


def _of_run(here: Stage, build: Build) -> dict[str, str]:
    """With a state of its own, made anew when the schema or the demo street is another one."""
    state = Path(here.environment["YIMA_STATE"]).with_name(f"run-{build.name}-{build.fill_digest()}")
    for earlier in state.parent.glob(f"run-{build.name}-*"):
        if earlier != state:
            shutil.rmtree(earlier)
    kept = {name: value for name, value in here.environment.items() if name not in _NOT_PASSED_ON}
    return {**kept, "YIMA_STATE": str(state)}


def _make_run(here: Stage, environment: dict[str, str]) -> float:
    """Seconds until it says that it is ready, with a cluster of its own; it is stopped then."""
    began = time.perf_counter()
    argv = ["sh", "deploy/local/start", "run"]
    with subprocess.Popen(
        argv, cwd=here.checkout, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            said = []
            for line in process.stdout or ():
                said.append(line)
                if line.startswith("ready "):
                    return time.perf_counter() - began
                if time.perf_counter() - began > _PATIENCE_S:
                    break
            raise BenchFailed(f"make run in {here.checkout} did not get ready:\n{''.join(said[-20:])}")
        finally:
            process.send_signal(signal.SIGTERM)
            for _ in process.stdout or ():
                continue
            process.wait(30)
