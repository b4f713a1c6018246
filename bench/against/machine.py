"""On what and with what something was measured: needed to read a figure later."""

import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg

_SETTINGS = ("fsync", "synchronous_commit", "shared_buffers", "max_wal_size", "full_page_writes")


def load() -> str:
    """The load average of the last minute, this bench included."""
    return f"{os.getloadavg()[0]:.1f}"


async def described(superuser_url: str) -> dict[str, Any]:
    """The machine and the versions."""
    server = await asyncpg.connect(superuser_url)
    try:
        postgres = await server.fetchval("SHOW server_version")
        settings = {name: await server.fetchval(f"SHOW {name}") for name in _SETTINGS}
    finally:
        await server.close()
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "cores": len(os.sched_getaffinity(0)),
            "processor": _processor(),
            "memory_mb": _memory_mb(),
            "system": platform.platform(),
            "load_at_start": load(),
        },
        "versions": {"python": platform.python_version(), "postgresql": postgres, "settings": settings},
    }


def _memory_mb() -> int:
    return int(Path("/proc/meminfo").read_text().split()[1]) // 1024


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
