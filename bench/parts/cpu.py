"""CPU seconds and memory of processes from /proc: the web, the worker, and PostgreSQL, with all that they started."""

import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 1024 / 1024


@dataclass(frozen=True, slots=True)
class Spent:
    """CPU seconds since the start of each, children included, also those that have ended."""

    web_s: float
    worker_s: float
    postgres_s: float
    client_s: float

    def since(self, earlier: "Spent") -> "Spent":
        return Spent(
            self.web_s - earlier.web_s,
            self.worker_s - earlier.worker_s,
            self.postgres_s - earlier.postgres_s,
            self.client_s - earlier.client_s,
        )


def spent(web: int | None, worker: int | None, postmaster: int) -> Spent:
    """What each has used until now; None for a process that does not run."""
    children = _children()
    web_s, worker_s, postgres_s = (_used(pid, children) if pid else 0.0 for pid in (web, worker, postmaster))
    return Spent(web_s, worker_s, postgres_s, sum(os.times()[:2]))


def used_s(pid: int) -> float:
    """CPU seconds that a process and all that it started have used until now."""
    return _used(pid, _children())


def parent_of(pid: int) -> int:
    """The process that started this one: the postmaster, for a backend."""
    fields = _stat(pid)
    if not fields:
        raise ProcessLookupError(pid)
    return int(fields[1])


def resident_mb(pid: int) -> tuple[float, float]:
    """Resident memory of a process, and of what it started; pages that they share count for each."""
    children = _children()
    started = [each for child in children[pid] for each in (child, *children[child])]
    return _resident_mb(pid), sum(map(_resident_mb, started))


def _used(pid: int, children: dict[int, list[int]]) -> float:
    fields = _stat(pid)
    own = sum(map(int, fields[11:15])) / _TICKS if fields else 0.0
    return own + sum(_used(child, children) for child in children[pid])


def _children() -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and (fields := _stat(int(entry.name))):
            found[int(fields[1])].append(int(entry.name))
    return found


def _resident_mb(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE_MB
    except OSError:
        return 0.0


def _stat(pid: int) -> list[str]:
    """The fields after the name, from the state on; none when the process is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
