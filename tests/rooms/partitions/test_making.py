"""Months are made ahead, and no row is refused where they were not."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from backend import db
from backend.partitions import making
from backend.partitions.locking import TableBusy
from backend.partitions.months import Month
from tests.makers.months import laid, names_of, part_of, record_at

pytestmark = pytest.mark.usefixtures("database")
BORDER = datetime(2022, 2, 28, 16, 0, tzinfo=UTC)
"""Midnight in Shanghai, where March begins."""


async def make_ahead(now):
    async with db.connection() as connection:
        return await making.make_ahead(connection, now)


async def list_unmade(now):
    async with db.connection() as connection:
        return await making.list_unmade(connection, now)


async def test_a_row_goes_to_the_month_of_its_arrival_in_shanghai():
    async with laid(Month(2022, 1), Month(2022, 4)):
        before, after = await record_at(BORDER - timedelta(microseconds=1), 1), await record_at(BORDER, 2)

        assert await part_of("event_log", before) == "event_log_2022_02"
        assert await part_of("event_log", after) == "event_log_2022_03"


async def test_three_whole_months_are_made_ahead_and_nothing_twice():
    async with laid(Month(2022, 1), Month(2022, 3)):
        made = await make_ahead(BORDER)
        again = await make_ahead(BORDER)

        assert [name for name in made if "order_step" in name] == [
            f"order_step_2022_0{month}" for month in (3, 4, 5, 6)
        ]
        assert again == []
        assert await names_of("event_log") == [
            "before_2022_01",
            *(f"2022_0{month}" for month in range(1, 7)),
            "from_2022_07",
        ]


async def test_months_are_made_anew_only_when_the_clock_has_passed_the_border():
    async with laid(Month(2022, 1), Month(2022, 6)):
        assert await make_ahead(BORDER - timedelta(microseconds=1)) == []
        assert await make_ahead(BORDER) == ["alarm_reading_2022_06", "event_log_2022_06", "order_step_2022_06"]


async def test_the_next_month_is_missed_before_it_begins():
    async with laid(Month(2022, 1), Month(2022, 4)):
        assert await list_unmade(BORDER - timedelta(microseconds=1)) == []
        assert await list_unmade(BORDER) == ["alarm_reading", "event_log", "order_step"]
        await make_ahead(BORDER)
        assert await list_unmade(BORDER) == []


async def test_rows_of_a_month_that_nobody_made_are_taken_and_stay_where_they_are():
    async with laid(Month(2022, 1), Month(2022, 3)):
        ids = [await record_at(BORDER + timedelta(days=days), 1) for days in (0, 40)]
        made = await make_ahead(BORDER + timedelta(days=45))

        assert [await part_of("event_log", event_id) for event_id in ids] == ["event_log_from_2022_03"] * 2
        assert [name for name in made if "event_log" in name] == [f"event_log_2022_0{month}" for month in (5, 6, 7)]
        assert await names_of("event_log") == [
            *("before_2022_01", "2022_01", "2022_02", "from_2022_03", "2022_05", "2022_06", "2022_07", "from_2022_08")
        ]
        later = await record_at(BORDER + timedelta(days=62), 1)
        assert await part_of("event_log", later) == "event_log_2022_05"


async def test_what_is_older_than_the_first_month_is_taken():
    async with laid(Month(2022, 1), Month(2022, 3)):
        event_id = await record_at(datetime(2001, 1, 1, tzinfo=UTC), 1)

        assert await part_of("event_log", event_id) == "event_log_before_2022_01"


async def test_whoever_makes_months_gives_way_to_who_uses_the_table(monkeypatch):
    monkeypatch.setattr(making, "_PATIENCE_S", 0.0)
    async with laid(Month(2022, 1), Month(2022, 3)):
        async with db.transaction():
            await record_at(BORDER, 1)
            making_them = asyncio.create_task(_in_a_connection_of_its_own())
            with pytest.raises(TableBusy):
                await making_them
            await record_at(BORDER, 2)

        assert await names_of("event_log") == ["before_2022_01", "2022_01", "2022_02", "from_2022_03"]
        assert await db.fetchval("SELECT count(*) FROM event_log") == 2


async def test_a_partition_made_ahead_refuses_what_the_table_refuses():
    async with laid(Month(2022, 1), Month(2022, 4)):
        event_id = await record_at(BORDER, 1)

        with pytest.raises(Exception, match="append-only"):
            await db.execute("UPDATE event_log SET name = 'x' WHERE id = $1", event_id)
        with pytest.raises(Exception, match="event_log_name_said"):
            await record_at(BORDER, 1, name="")


async def _in_a_connection_of_its_own():
    connection = await db.engine().get_new_connection()
    try:
        return await making.make_ahead(connection, BORDER)
    finally:
        await connection.close()
