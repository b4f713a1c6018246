"""Changes of what maps draw: the version that they make, and how many of them stay."""

import pytest

from backend import db
from backend.maps import ground

pytestmark = pytest.mark.usefixtures("database")


async def change(times: int) -> None:
    await db.execute("INSERT INTO map_change (at) SELECT now() FROM generate_series(1, $1)", times)


async def count() -> int:
    return await db.fetchval("SELECT count(*) FROM map_change")


async def test_the_version_stays_when_old_changes_are_forgotten_and_goes_on_with_the_next():
    await change(ground.CHANGES_MOST + 500)
    before, newest = await ground.read_version(), await db.fetchval("SELECT max(id) FROM map_change")

    await ground.forget_changes()
    await ground.forget_changes()

    assert await count() == ground.CHANGES_MOST
    assert await db.fetchval("SELECT max(id) FROM map_change") == newest
    assert await ground.read_version() == before
    await change(1)
    assert await ground.read_version() != before


async def test_few_changes_are_all_kept():
    await change(3)
    known = await count()

    await ground.forget_changes()

    assert await count() == known
