"""What one report asks of the database: how many statements, in which order; and how a bench comes to know them."""

import asyncio
import json
import os
import subprocess
import sys
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from backend import db
from backend.reports import service as reports
from backend.reports.structs import Submission
from bench.parts import recording
from bench.parts.statements import Statements, heard_from, listening
from tests.makers.duty import make_volunteer
from tests.makers.orders import BASE_URL, make_photos
from tests.makers.town import DOOR, SmallTown, make_town

pytestmark = pytest.mark.usefixtures("database")

ROWS = ("work_order", "order_step", "photo_attachment", "report", "event_log", "event_pending")


async def test_a_report_at_a_door_is_one_question_and_one_statement_of_rows(now):
    town = await make_town(now)

    asked, written = await _heard(town, now)

    assert "FROM qr_code" in asked.sql and "INSERT" not in asked.sql
    assert [table for table in ROWS if f"INSERT INTO {table} " not in written.sql] == []


async def test_a_report_from_a_point_is_the_same(now):
    town = await make_town(now)

    asked, written = await _heard(town, now, code=None, point={"lng": DOOR.lng, "lat": DOOR.lat})

    assert "FROM grid_cell" in asked.sql and "INSERT" not in asked.sql
    assert [table for table in ROWS if f"INSERT INTO {table} " not in written.sql] == []


async def test_a_report_of_something_to_grab_is_the_same(now):
    town = await make_town(now)
    await make_volunteer(now)

    asked, written = await _heard(town, now, item="A303")

    assert "FROM on_call" in asked.sql and "INSERT" not in asked.sql
    assert [table for table in ROWS if f"INSERT INTO {table} " not in written.sql] == []
    assert await db.fetchval("SELECT array_agg(DISTINCT state) FROM work_order") == ["offered"]


async def test_a_build_records_what_a_request_sends_with_types_values_and_rows(now, database, tmp_path):
    town = await make_town(now)
    root, file = Path(__file__).parents[3], tmp_path / "recorded.json"
    request = {"method": "GET", "path": f"/api/v1/codes/{town.code}", "headers": {"accept": "application/json"}}

    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-P", recording.PROGRAM, "record", str(file)],
        cwd=root,
        env={**os.environ, "DATABASE_URL": database, "PYTHONPATH": str(root), "YIMA_STATE": str(tmp_path)},
        input=json.dumps([request, request]),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    _, answer = json.loads(file.read_text())
    by_code = next(each for each in answer["statements"] if "FROM qr_code" in each["sql"])
    assert answer["status"] == 200
    assert (by_code["types"], by_code["values"]) == (["text"], [town.code])
    assert [row["code"] for row in by_code["rows"]] == [town.code]


async def test_what_is_sent_is_heard_on_whatever_connection_it_goes_out_and_what_others_send_is_not():
    begun, pool = asyncio.Event(), db.engine().pool
    assert pool is not None
    somebody_else = asyncio.create_task(_ask_when(begun, "SELECT 'another'"))
    async with AsyncExitStack() as busy:
        await busy.enter_async_context(db.connection())
        async with listening() as heard:
            await busy.aclose()
            await db.execute("SELECT 'on one that was busy when we began to listen'")
            await pool.expire_connections()
            await db.execute("SELECT 'on one that was opened meanwhile'")
            async with db.transaction():
                begun.set()
                await somebody_else
            await asyncio.gather(*(_ask_when(begun, "SELECT 'at once'") for _ in range(2)))

    assert [each.sql for each in heard] == [
        "SELECT 'on one that was busy when we began to listen'",
        "SELECT 'on one that was opened meanwhile'",
        "BEGIN;",
        "COMMIT;",
        "SELECT 'at once'",
        "SELECT 'at once'",
    ]


async def _ask_when(begun: asyncio.Event, sql: str) -> None:
    await begun.wait()
    await db.execute(sql)


async def _heard(town: SmallTown, now, **changes: object) -> Statements:
    """What the ninth report sends: by then the driver knows every type."""

    async def submission(key: str) -> Submission:
        photos = await make_photos(town.resident)
        return _read({"client_id": key, "code": town.code, "item": "A101", "photo_ids": photos, **changes})

    async def send(report: Submission) -> None:
        await reports.submit(report, town.resident, base_url=BASE_URL, now=now)

    for number in range(8):
        await send(await submission(f"warming-up-{number}"))
    last = await submission("listened-to")
    return await heard_from(lambda: send(last))


def _read(fields: dict[str, object]) -> Submission:
    import msgspec

    return msgspec.convert(fields, Submission)
