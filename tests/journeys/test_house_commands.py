"""`yima` in the folder of a house: beside the running one, and on its database while nobody runs it."""

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from deploy.local import cluster, database, home, instance, postgres
from deploy.local.state import Lock, State
from tests.fixtures.names import base_url
from tests.makers.town import make_town

ROOT = Path(__file__).parents[2]


def typed(state: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    named = {"PATH": os.environ["PATH"], "YIMA_STATE": str(state), **settings}
    argv = [sys.executable, "-m", "backend.cli", *words]
    return subprocess.run(argv, cwd=ROOT, env=named, capture_output=True, text=True, check=False)


async def test_beside_a_running_house_a_command_takes_its_database_and_settings(
    database: str, tmp_path: Path, now: datetime
) -> None:
    await make_town(now)
    state = State(tmp_path)
    instance.note(state, {"DATABASE_URL": database, "YIMA_MODE": "demo"}, is_private=True)
    lock = Lock(state)
    assert lock.take()

    asked = typed(tmp_path, "staff", "list")

    os.close(lock.descriptor)
    assert (asked.returncode, asked.stderr) == (0, "")
    assert "核查员" in asked.stdout


def test_a_database_without_the_products_tables_is_told_in_a_sentence(tmp_path: Path) -> None:
    asked = typed(tmp_path, "staff", "list", DATABASE_URL=base_url())

    assert asked.returncode != 0
    assert "yima migrate" in asked.stderr
    assert "Traceback" not in asked.stderr


def test_a_house_that_rests_is_started_for_the_length_of_the_command(tmp_path: Path) -> None:
    state = State(tmp_path.resolve())
    try:
        with database.running(state, cluster.PRODUCT, postgres.find(state)) as own:
            instance.note(state, {"DATABASE_URL": own.url("yima"), "YIMA_MODE": "demo"}, is_private=True)
            data = own.home.data

        asked = typed(tmp_path, "doctor")

        assert "ok     database    PostgreSQL" in asked.stdout, asked.stderr
        assert "WRONG  migrations" in asked.stdout
        assert "run `yima prepare`" in asked.stdout
        assert asked.returncode == 1
        assert not (data / "postmaster.pid").exists()
    finally:
        home.forget_shelter(state)


async def test_the_doctor_is_content_with_a_prepared_database(database: str, tmp_path: Path) -> None:
    asked = typed(tmp_path, "doctor", DATABASE_URL=database, YIMA_MODE="demo")

    parts = {line[7:].split()[0] for line in asked.stdout.splitlines() if not line[:5].strip().startswith("→")}
    assert {"settings", "disk", "storage", "locale", "database", "extension", "migrations", "queue"} <= parts
    assert "WRONG  migrations" not in asked.stdout
    assert "WRONG  calendar" not in asked.stdout
    assert "ok     queue" in asked.stdout
