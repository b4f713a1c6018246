"""Measure this build beside an earlier one: make bench-against REV=8c9d1c1 [ONLY=intake,scan]."""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import uvloop

from bench.against import builds, machine, report
from bench.against.builds import Build
from bench.against.databases import MANY_ORDERS, Databases
from bench.against.parts import PARTS
from bench.against.report import Sample
from bench.against.run import ROUNDS, SECONDS, Run
from bench.parts import stage
from bench.parts.stage import BenchFailed


async def main() -> None:
    began = time.monotonic()
    base = stage.given()
    names = report.wanted(os.environ.get("ONLY", ""), list(PARTS))
    folder = Path(base.environment["YIMA_STATE"]) / "against"
    both = [builds.then(os.environ.get("REV", ""), folder), builds.now()]
    run = Run(Databases(base))
    await run.databases.prune(both)
    about = await machine.described(base.superuser_url) | {
        "builds": {each.name: each.revision for each in both},
        "settings": {"rounds": ROUNDS, "seconds": SECONDS, "many_orders": MANY_ORDERS, "parts": names},
    }
    samples: list[Sample] = []
    try:
        for number in range(1, ROUNDS + 1):
            for name in names:
                for build in report.turns(both, number):
                    samples += await _one(run, name, build, number)
    finally:
        _tell(samples, both, about | {"took_s": round(time.monotonic() - began)}, folder)
    await run.databases.prune(both)


async def _one(run: Run, name: str, build: Build, number: int) -> list[Sample]:
    began = time.monotonic()
    measured = await PARTS[name](run, build)
    print(f"round {number}, {name}, {build.name}: {time.monotonic() - began:.0f} s, load {machine.load()}", flush=True)
    for each in measured:
        print(f"    {each.what}: " + ", ".join(f"{key} {value:.4g}" for key, value in each.figures.items()), flush=True)
    return [
        Sample(name, number, build.name, each.what, figure, value)
        for each in measured
        for figure, value in each.figures.items()
    ]


def _tell(samples: list[Sample], both: list[Build], about: dict[str, Any], folder: Path) -> None:
    """Also where a part failed: what was measured until then was dear enough."""
    if not samples:
        return
    found = report.lines(samples, builds.THEN, builds.NOW)
    print("\n" + report.table(found, *(f"{each.name} ({each.revision})" for each in both)))
    for sentence in report.unequal(found):
        print(f"\n! {sentence}")
    file = folder / f"{both[0].revision}-{time.strftime('%Y%m%d-%H%M%S')}.json"
    file.write_text(json.dumps(report.as_json(samples, found, about), indent=1, ensure_ascii=False), "utf-8")
    print(f"\n{about['took_s']} s, load {about['machine']['load_at_start']} at the start; {file}", flush=True)


if __name__ == "__main__":
    try:
        uvloop.run(main())
    except (BenchFailed, ValueError) as failure:
        sys.exit(f"bench: {failure}")
