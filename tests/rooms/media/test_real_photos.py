"""Real and hostile files that nobody on the team made: each is taken in or refused in words, and nothing breaks."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from backend import db
from backend.errors import AppError
from bench.parts.outside import DATA
from media import service as media
from media.runtime import MediaRuntime

PHOTOS = DATA / "photos"
pytestmark = [
    pytest.mark.outside_data,
    pytest.mark.skipif(not PHOTOS.is_dir(), reason=f"no photos in {PHOTOS} (YIMA_DATA names another folder)"),
]


async def take_in(owner: int, folder: str, now: datetime) -> dict[str, str]:
    answers = {}
    for path in sorted(file for file in (PHOTOS / folder).rglob("*") if file.is_file()):
        try:
            await media.receive(owner, path.read_bytes(), idempotency_key=None, now=now)
            answers[path.name] = "taken"
        except AppError as refused:
            assert 400 <= refused.status < 500
            answers[path.name] = refused.code
    return answers


async def test_every_phone_photo_is_taken_in_with_its_place_and_time(
    room: MediaRuntime, owner: int, now: datetime
) -> None:
    answers = await take_in(owner, "exif", now)

    assert set(answers.values()) == {"taken"}
    row = await db.fetchrow(
        "SELECT captured_at, device, ST_X(gps::geometry) AS lng, ST_Y(gps::geometry) AS lat FROM photo"
        " WHERE gps IS NOT NULL ORDER BY captured_at LIMIT 1"
    )
    assert row is not None
    assert row["captured_at"] == datetime(2008, 10, 22, 8, 28, 39, tzinfo=UTC)
    assert (row["lng"], row["lat"], row["device"]) == (
        pytest.approx(11.885127),
        pytest.approx(43.467448),
        "NIKON COOLPIX P6000",
    )


@pytest.mark.parametrize(("folder", "taken_min"), [("broken", 7), ("pillow", 45), ("heic", 20)])
async def test_odd_and_hostile_files_are_taken_or_refused(
    room: MediaRuntime, owner: int, now: datetime, folder: str, taken_min: int
) -> None:
    answers = Counter((await take_in(owner, folder, now)).values())

    refusals = {"photo-type-refused", "photo-undecodable", "photo-empty", "photo-side-too-long"}
    assert set(answers) - {"taken"} <= refusals
    assert answers["taken"] >= taken_min
    assert list(room.spool_dir.iterdir()) == []
