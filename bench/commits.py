"""Do transactions that record facts wait for each other? As we record them, and with a notification inside as before.

    python -m bench.commits        (as part of `make bench`)

pgbench, 24 clients on the same rows of the same tables; the rounds are interleaved.
"""

import asyncio
import os
import re
import subprocess
import sys
from statistics import median

import msgspec

from backend.events import service, waking
from bench.parts import stage
from bench.parts.stage import BenchFailed, Stage

CLIENTS, THREADS = 24, 2
ROUNDS = int(os.environ.get("YIMA_BENCH_ROUNDS", "3"))
SECONDS = float(os.environ.get("YIMA_BENCH_SECONDS", "10"))
_FACT = {
    "name": "OrderAccepted", "subject": "order", "subject_id": 1, "version": 1, "area_code": "310115105", "unit_id": 1,
    "account_ids": [1, 2], "body": {"subject_id": 1, "place": "莲安东路100号", "is_urgent": False},
}  # fmt: skip
_RECORD = service.RECORD.replace("$1", ":fact")
SCRIPTS = {
    "as we record": f"BEGIN;\n{_RECORD};\nCOMMIT;\n",
    "with a notification inside": f"BEGIN;\n{_RECORD};\nSELECT pg_notify('{waking.CHANNEL}', '');\nCOMMIT;\n",
}


def main() -> None:
    here = asyncio.run(stage.build())
    os.environ.update(here.environment)
    stage.prepare(here)
    found: dict[str, list[float]] = {name: [] for name in SCRIPTS}
    for number in range(1, ROUNDS + 1):
        for name, script in SCRIPTS.items():
            per_s, latency_ms = _measure(here, script)
            found[name].append(per_s)
            print(f"round {number}  {name:28} {per_s:8.0f} transactions/s, {latency_ms:6.1f} ms each", flush=True)
    ours, before = found.values()
    ratios = [one / other for one, other in zip(ours, before, strict=True)]
    said = "  ".join(f"{ratio:.1f}" for ratio in ratios)
    print(f"{CLIENTS} clients, ratio: {said}   median {median(ratios):.1f}")


def _measure(here: Stage, script: str) -> tuple[float, float]:
    """Transactions a second, and milliseconds for each. Raises BenchFailed."""
    file = here.logs / "record.sql"
    file.write_text(script, "utf-8")
    fact = msgspec.json.encode([_FACT]).decode()
    argv = [str(here.programs / "pgbench"), "-n", "-M", "prepared", "-c", str(CLIENTS), "-j", str(THREADS)]
    argv += ["-T", str(int(SECONDS)), "-f", str(file), "-D", f"fact={fact}", here.database_url]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    rate = re.search(r"tps = ([\d.]+)", done.stdout)
    latency = re.search(r"latency average = ([\d.]+)", done.stdout)
    if done.returncode or rate is None or latency is None:
        raise BenchFailed(f"pgbench failed:\n{done.stdout}{done.stderr}")
    return float(rate[1]), float(latency[1])


if __name__ == "__main__":
    try:
        main()
    except BenchFailed as failure:
        sys.exit(f"bench: {failure}")
