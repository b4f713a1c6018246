"""`yima fixes thin` as an operator types it."""

import os
import subprocess
import sys

from backend import db
from tests.journeys.test_time_commands import ROOT
from tests.makers.orders import make_arrived
from tests.makers.town import make_town


def thin(database: str, *words: str) -> str:
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": database, "YIMA_MODE": "demo", "YIMA_FIX_DAYS": "30"}
    command = [sys.executable, "-m", "backend.cli", "fixes", "thin", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout


async def test_what_would_go_is_told_before_it_goes(database, photo_room, now):
    town = await make_town(now)
    order_id = await make_arrived(town, now)
    await db.execute("UPDATE work_order SET state = 'cancelled', cancelled_at = $2 WHERE id = $1", order_id, now)

    assert thin(database, "--dry-run") == "is_dry_run: True\nthinned: 1\n"
    assert thin(database) == "is_dry_run: False\nthinned: 1\n"
    assert thin(database) == "is_dry_run: False\nthinned: 0\n"
