"""What one report asks of the database: how many statements, in which order; and how a bench comes to know them."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from backend.reports import service as reports
from backend.reports.structs import Submission
from bench.parts import recording
from bench.parts.statements import Statements, sent_by
from tests.makers.orders import BASE_URL, make_photos
from tests.makers.town import DOOR, SmallTown, make_town

pytestmark = pytest.mark.usefixtures("database")

WORDS = (
    "BEGIN;",
    "FROM qr_code",
    "INSERT INTO work_order",
    "INSERT INTO event_log",
    "COMMIT;",
)


async def test_a_report_at_a_door_sends_five_statements_in_one_transaction(now):
    town = await make_town(now)

    heard = await _heard(town, now)

    assert len(heard) == 5
    assert [word for word, said in zip(WORDS, heard, strict=True) if word not in said.sql] == []


async def test_a_report_from_a_point_sends_one_more(now):
    town = await make_town(now)

    heard = await _heard(town, now, code=None, point={"lng": DOOR.lng, "lat": DOOR.lat})

    assert len(heard) == 6


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


async def _heard(town: SmallTown, now, **changes: object) -> Statements:
    """What the third report sends: by then the driver knows every type."""

    async def send(key: str) -> None:
        photos = await make_photos(town.resident)
        fields = {"client_id": key, "code": town.code, "item": "A101", "photo_ids": photos, **changes}
        await reports.submit(_read(fields), town.resident, base_url=BASE_URL, now=now)

    for number in range(8):
        await send(f"warming-up-{number}")
    return await sent_by(lambda: send("listened-to"))


def _read(fields: dict[str, object]) -> Submission:
    import msgspec

    return msgspec.convert(fields, Submission)
