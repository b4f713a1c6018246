"""The small photo beside an order of a list: as the reader's part in the order allows, in one statement for a page."""

from itertools import product
from uuid import UUID

import pytest

from backend import db
from backend.routes.actions.list_thumbs import thumbs_of
from backend.sql import sql
from media.rules import may_see, may_see_sql
from media.structs import Audience, PhotoRole, Visibility
from tests.makers.cases import make_join, make_neighbour
from tests.makers.orders import make_order, make_photos
from tests.makers.pool import grab, make_offer, make_pool_town
from tests.makers.statements import count_statements
from tests.makers.town import make_town

pytestmark = pytest.mark.usefixtures("database", "photo_room")


async def test_staff_see_the_first_photo_and_each_reporter_the_own_until_one_is_released(now):
    town, neighbour, stranger = await make_town(now), await make_neighbour(), await make_neighbour("路人")
    [sent], [joined] = await make_photos(town.resident), await make_photos(neighbour)
    order_id = (await make_order(town, now, photo_ids=[sent])).receipt.order_id
    await make_join(town, order_id, neighbour, now, photo_ids=[joined])

    async def shown(who) -> UUID | None:
        url = (await thumbs_of([order_id], who, now)).get(order_id)
        return UUID(url.split("/")[2]) if url else None

    staff = (town.handlers[1], town.verifier, town.dispatcher)
    assert {await shown(who) for who in staff} == {sent}
    assert [await shown(who) for who in (town.resident, neighbour, stranger, None)] == [sent, joined, None, None]
    await db.execute("UPDATE photo SET visibility = 'released' WHERE id = $1", sent)
    assert await shown(neighbour) == sent


async def test_a_volunteer_sees_it_once_the_order_is_theirs(now):
    town, (volunteer, other) = await make_pool_town(now)
    offer_id = await make_offer(town, now)
    order_id = await db.fetchval("SELECT order_id FROM offer WHERE id = $1", offer_id)
    before = await thumbs_of([order_id], volunteer, now)

    await grab(offer_id, volunteer, now)

    assert before == await thumbs_of([order_id], other, now) == {}
    assert list(await thumbs_of([order_id], volunteer, now)) == [order_id]


async def test_a_page_of_orders_is_one_statement(now):
    town = await make_town(now)
    ids = [(await make_order(town, now)).receipt.order_id for _ in range(3)]
    await thumbs_of(ids, town.dispatcher, now)

    assert await count_statements(lambda: thumbs_of(ids, town.dispatcher, now)) == 1
    assert (await thumbs_of(ids, town.dispatcher, now)).keys() == set(ids)


async def test_the_database_shows_to_whom_the_rule_shows():
    cases = list(product(Audience, PhotoRole, Visibility))
    shown = may_see_sql("audience", "role", "visibility")
    asked = f"SELECT {shown} AS shown FROM unnest(:a::text[], :r::text[], :v::text[]) AS x (audience, role, visibility)"
    audiences, roles, visibilities = ([each.value for each in column] for column in zip(*cases, strict=True))

    rows = await db.fetch(sql(asked, a=audiences, r=roles, v=visibilities))

    assert [row["shown"] for row in rows] == [may_see(*case) for case in cases]
