"""`yima archive`: months into files, a list of them, and back; what is refused is said in a sentence."""

import json
from datetime import datetime
from pathlib import Path

from backend import db
from backend.partitions.months import Month
from tests.makers.commands import type_all
from tests.makers.months import laid
from tests.makers.orders import make_closed
from tests.makers.town import make_town

STEPS = "SELECT count(*) FROM order_step"


async def test_a_month_goes_into_a_file_is_listed_and_comes_back(
    database: str, photo_room: Path, now: datetime, tmp_path: Path
) -> None:
    folder = tmp_path / "archive"
    file = folder / "order_step_2021_07.csv.gz"
    async with laid(Month(2021, 7), Month(2021, 9)):
        await make_closed(await make_town(now), now)
        steps = await db.fetchval(STEPS)

        archived, listed, back, again = type_all(
            database,
            [
                ("archive", "months", "--before", "2021-08", "--to", str(folder), "--drop"),
                ("archive", "list"),
                ("archive", "restore", str(file)),
                ("archive", "months", "--before", "2021-08", "--to", str(folder), "--drop"),
            ],
        )
        stand = await db.fetchval(STEPS)

    assert [answer.code for answer in (archived, listed, back, again)] == [0, 0, 0, 0], archived.err + back.err
    (taken,) = json.loads(archived.out)
    assert (taken["name"], taken["rows"], taken["file"]) == ("order_step_2021_07", steps, str(file))
    (line,) = json.loads(listed.out)
    assert (line["name"], line["row_count"], len(line["sha256"])) == ("order_step_2021_07", steps, 64)
    assert json.loads(back.out) == {"table_name": "order_step", "rows": steps}
    assert [(each["name"], each["rows"]) for each in json.loads(again.out)] == [("order_step_before_2021_08", steps)]
    assert stand == 0


async def test_what_is_refused_changes_nothing_and_says_why(
    database: str, photo_room: Path, now: datetime, tmp_path: Path
) -> None:
    in_the_way, damaged = tmp_path / "file", tmp_path / "damaged.csv.gz"
    in_the_way.write_bytes(b"")
    damaged.write_bytes(b"1,2")
    async with laid(Month(2021, 7), Month(2021, 9)):
        await make_closed(await make_town(now), now)
        steps = await db.fetchval(STEPS)

        recent, unwritable, broken, unread = type_all(
            database,
            [
                ("archive", "months", "--before", "2099-01", "--to", str(tmp_path)),
                ("archive", "months", "--before", "2021-08", "--to", str(in_the_way)),
                ("archive", "restore", str(damaged)),
                ("archive", "months", "--before", "2021", "--to", str(tmp_path)),
            ],
        )
        stand = await db.fetchval(STEPS)

    assert [answer.code for answer in (recent, unwritable, broken, unread)] == [2, 2, 2, 2]
    assert "still in use" in recent.err
    assert "cannot be written" in unwritable.err
    assert "checksum" in broken.err
    assert "2026-05" in unread.err
    assert stand == steps
