"""Numbers of orders: six digits at least, and never cut off."""

import pytest

from backend import db
from tests.makers.orders import make_order
from tests.makers.town import make_town

pytestmark = pytest.mark.usefixtures("database")


async def test_an_order_beyond_the_millionth_keeps_all_its_digits(now):
    town = await make_town(now)
    first = await make_order(town, now)
    await db.execute("SELECT setval(pg_get_serial_sequence('work_order', 'id'), 1234567)")

    numbers = [(await make_order(town, now)).receipt.number for _ in range(3)]

    assert first.receipt.number == "YM210718-000001"
    assert numbers == ["YM210718-1234568", "YM210718-1234569", "YM210718-1234570"]
