"""CPU seconds of processes from /proc: the web, the worker, and PostgreSQL with all its backends, ended ones too."""

import os
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Spent:
    """CPU seconds since the start of each."""

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
    children = [pid for pid in _pids() if _parent(pid) == postmaster]
    return Spent(
        _own(web) if web else 0.0,
        _own(worker) if worker else 0.0,
        _own(postmaster) + _of_ended_children(postmaster) + sum(map(_own, children)),
        sum(os.times()[:2]),
    )


def parent_of(pid: int) -> int:
    """The process that started this one: the postmaster, for a backend."""
    parent = _parent(pid)
    if parent is None:
        raise ProcessLookupError(pid)
    return parent


def _pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal()]


def _parent(pid: int) -> int | None:
    fields = _stat(pid)
    return int(fields[1]) if fields else None


def _own(pid: int) -> float:
    fields = _stat(pid)
    return (int(fields[11]) + int(fields[12])) / _TICKS if fields else 0.0


def _of_ended_children(pid: int) -> float:
    fields = _stat(pid)
    return (int(fields[13]) + int(fields[14])) / _TICKS if fields else 0.0


def _stat(pid: int) -> list[str]:
    """The fields after the name, from the state on; none when the process is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
