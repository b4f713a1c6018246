"""What one report asks of the database: how many statements, in which order, and that the bench replays just these."""

import pytest

from backend.reports import service as reports
from backend.reports.structs import Submission
from bench.parts.script import VARYING, script_of
from bench.parts.statements import Statements, sent_by
from tests.makers.orders import BASE_URL, make_photos
from tests.makers.town import DOOR, SmallTown, make_town

pytestmark = pytest.mark.usefixtures("database")


async def test_a_report_at_a_door_sends_nine_statements_in_one_transaction(now):
    town = await make_town(now)

    heard = await _heard(town, now)

    assert len(heard) == 9
    words = ["BEGIN;", *(each.word for each in VARYING), "COMMIT;"]
    assert [word for word, said in zip(words, heard, strict=True) if word not in said.sql] == []


async def test_a_report_from_a_point_sends_as_many(now):
    town = await make_town(now)

    heard = await _heard(town, now, code=None, point={"lng": DOOR.lng, "lat": DOOR.lat})

    assert len(heard) == 9


async def test_the_bench_replays_the_very_text(now):
    town = await make_town(now)
    heard = await _heard(town, now)

    script = script_of(heard, [town.code], order_id=1).text

    for said in heard:
        pieces = [piece for piece in said.sql.strip(" \n;").split("$") if piece]
        assert all(piece.lstrip("0123456789") in script for piece in pieces)


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
