"""The commands about time as an operator types them, each a process of its own with nothing but the database named."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def yima(database: str, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": database}
    return subprocess.run(
        [sys.executable, "-m", "backend.cli", *words], cwd=ROOT, env=environment, capture_output=True, text=True
    )


async def test_a_deadline_explains_itself(database):
    asked = yima(database, "clock", "explain", "A101", "2026-10-01T23:50:00+08:00")

    answer = json.loads(asked.stdout)
    (counted,) = answer["intervals"]
    assert answer["respond_by"] == "2026-10-02T07:03:00+08:00"
    assert answer["resolve_by"] == "2026-10-02T07:15:00+08:00"
    assert (counted["from"], counted["to"], counted["minutes"]) == (
        "2026-10-02T07:00:00+08:00",
        "2026-10-02T07:15:00+08:00",
        15,
    )


async def test_an_unknown_item_is_named(database):
    asked = yima(database, "clock", "explain", "Z999", "2026-10-01T23:50:00+08:00")

    assert asked.returncode == 2
    assert "Z999" in asked.stderr


async def test_the_ladder_can_be_tried_where_nothing_is_late(database):
    assert json.loads(yima(database, "ladder", "dry-run", "--at", "2026-11-22T12:00:00").stdout) == []
