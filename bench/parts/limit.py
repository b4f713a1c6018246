"""The limit: what the database alone could do with exactly the statements of a request, sent by pgbench."""

import subprocess
from pathlib import Path
from typing import NamedTuple

from bench.parts.script import Script
from bench.parts.stage import BenchFailed, Stage

CLIENTS, THREADS = 8, 2


class Limit(NamedTuple):
    latencies_s: list[float]
    took_s: float


def replay(stage: Stage, script: Script, *amount: str, clients: int = CLIENTS, first_photo: int = 0) -> Limit:
    """Run pgbench for an amount (`-T`, `10` or `-t`, `20`). Raises BenchFailed when it or a transaction failed.

    Client number c takes the photos from first_photo + c * 1,000,000 on, where the script takes any.
    """
    folder = stage.logs
    for old in folder.glob("pgbench.log*"):
        old.unlink()
    file = folder / "replayed.sql"
    file.write_text(script.text, "utf-8")
    argv = [str(stage.programs / "pgbench"), "-n", "-M", "prepared"]
    argv += ["-c", str(clients), "-j", str(min(THREADS, clients))]
    argv += ["-f", str(file), "-l", f"--log-prefix={folder / 'pgbench.log'}", *amount]
    variables = {**script.variables, "first_photo": str(first_photo), "n": "0"}
    argv += [part for name, value in variables.items() for part in ("-D", f"{name}={value}")]
    done = subprocess.run([*argv, stage.database_url], capture_output=True, text=True, check=False)
    if done.returncode or "number of failed transactions: 0" not in done.stdout:
        raise BenchFailed(f"pgbench failed:\n{done.stdout}{done.stderr}")
    return _read(folder)


def _read(folder: Path) -> Limit:
    """Latencies and the span from the first start to the last end, from pgbench's own log of each transaction."""
    latencies_s, ends_s = [], []
    for log in folder.glob("pgbench.log*"):
        for line in log.read_text().splitlines():
            _, _, took_us, _, seconds, microseconds = line.split()[:6]
            latencies_s.append(int(took_us) / 1e6)
            ends_s.append(int(seconds) + int(microseconds) / 1e6)
    began_s = min(end - took for end, took in zip(ends_s, latencies_s, strict=True))
    return Limit(latencies_s, max(ends_s) - began_s)
