"""A position says as much as it is exact: no door beyond that, and whoever sent it is asked when it says nothing."""

import pytest

from backend import db
from backend.geo.points import Fix, FixSource
from backend.orders import reads
from backend.reports.errors import PlaceUncertain
from tests.makers.cases import make_join, make_neighbour
from tests.makers.orders import make_order
from tests.makers.town import DOOR, make_town

pytestmark = pytest.mark.usefixtures("database", "photo_room")


def at_the_door(accuracy_m: float | None, source: FixSource | None = None) -> dict[str, object]:
    return {"code": None, "point": Fix(DOOR.lng, DOOR.lat, accuracy_m=accuracy_m, source=source)}


@pytest.mark.parametrize(
    ("accuracy_m", "source", "has_door"),
    [(8, None, True), (None, None, True), (31, None, False), (100, None, False), (3000, FixSource.MANUAL, True)],
)
async def test_a_door_is_claimed_only_by_a_position_that_can_tell_it_from_the_next(now, accuracy_m, source, has_door):
    town = await make_town(now)

    filed = (await make_order(town, now, **at_the_door(accuracy_m, source))).receipt

    place_id = await db.fetchval("SELECT place_id FROM work_order WHERE id = $1", filed.order_id)
    assert place_id == filed.place_id == (town.place_id if has_door else None)


async def test_a_position_of_three_kilometres_files_nothing_and_asks_where_it_is(now):
    town = await make_town(now)

    with pytest.raises(PlaceUncertain) as asked:
        await make_order(town, now, idempotency_key="phone-0001", **at_the_door(3000))
    put_right = await make_order(town, now, idempotency_key="phone-0001", **at_the_door(3000, FixSource.MANUAL))

    assert asked.value.extra["limit_m"] == 100
    assert [place["place_id"] for place in asked.value.extra["near"]] == [town.place_id]
    assert put_right.is_new
    assert await db.fetchval("SELECT count(*) FROM work_order") == 1


async def test_nobody_joins_from_a_position_that_may_be_anywhere(now):
    town = await make_town(now)
    order_id = (await make_order(town, now)).receipt.order_id

    with pytest.raises(PlaceUncertain):
        await make_join(town, order_id, await make_neighbour(), now, **at_the_door(3000))


async def test_staff_read_how_exact_a_reported_position_is_and_others_do_not(now):
    town = await make_town(now)
    order_id = (await make_order(town, now, **at_the_door(60))).receipt.order_id

    told = [(await reads.get_order(order_id, who, now)).steps[0] for who in (town.dispatcher, town.resident)]

    assert [step.accuracy_m for step in told] == [60, None]
