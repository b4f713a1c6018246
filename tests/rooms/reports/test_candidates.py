"""What has been reported here already: the statement follows the pure rule, and names nobody."""

import random
from datetime import timedelta

import msgspec
import pytest

from backend import db
from backend.geo.lonlat import LonLat
from backend.geo.points import Fix
from backend.reports.candidates import list_candidates, spot_of
from backend.reports.duplicates import KnownOrder, MatchRule, NewCase, candidates
from backend.reports.structs import CaseLocation
from tests.makers.cases import make_join, make_neighbour, merge
from tests.makers.orders import make_closed, make_order, make_photos
from tests.makers.town import DOOR, make_town

pytestmark = pytest.mark.usefixtures("database", "photo_room")
_RULE = """
    SELECT radius_m::float8, window_min, closed_min FROM duplicate_rule WHERE starts_with($1, prefix)
    ORDER BY length(prefix) DESC LIMIT 1
"""
_KNOWN = """
    SELECT id, item_id AS item_code, ST_X(loc::geometry) AS lng, ST_Y(loc::geometry) AS lat, opened_at, closed_at,
        place_id
    FROM work_order
"""


async def here(town, now, item: str | None = "A101") -> list[int]:
    spot = await spot_of(town.code, None)
    return [found.order_id for found in await list_candidates(spot, item, now)]


async def test_an_open_order_of_the_same_code_and_item_is_a_candidate_however_old(now):
    town = await make_town(now)
    order_id = (await make_order(town, now - timedelta(days=90))).receipt.order_id

    assert await here(town, now) == [order_id]
    assert await here(town, now, "A301") == []
    assert await here(town, now, None) == [order_id]


async def test_near_ones_count_only_where_the_place_itself_has_none(now):
    town = await make_town(now)
    beside = Fix(lng=DOOR.lng + 0.0002, lat=DOOR.lat)
    near_id = (await make_order(town, now, code=None, point=beside)).receipt.order_id
    await db.execute("UPDATE work_order SET place_id = NULL WHERE id = $1", near_id)

    assert await here(town, now) == [near_id]
    order_id = (await make_order(town, now)).receipt.order_id
    assert await here(town, now) == [order_id]


async def test_one_closed_just_now_is_a_candidate_for_a_while(now):
    town = await make_town(now)
    closed = await make_closed(town, now - timedelta(minutes=30))

    assert await here(town, now) == [closed]
    await db.execute("UPDATE work_order SET closed_at = closed_at - interval '2 hours'")
    assert await here(town, now) == []


async def test_merged_orders_and_private_matters_are_no_candidates(now):
    town = await make_town(now)
    one, two = [(await make_order(town, now)).receipt.order_id for _ in range(2)]
    await make_order(town, now, item="B401")
    await merge(town, one, two, now)

    assert await here(town, now, None) == [two]


async def test_a_candidate_names_nobody_and_shows_only_released_pictures(now):
    town, neighbour = await make_town(now), await make_neighbour()
    (photo_id,) = await make_photos(town.resident)
    order_id = (await make_order(town, now, photo_ids=[photo_id], description="秘密")).receipt.order_id
    await make_join(town, order_id, neighbour, now)
    spot = await spot_of(town.code, None)

    (withheld,) = await list_candidates(spot, "A101", now + timedelta(minutes=7))
    await db.execute("UPDATE photo SET visibility = 'released' WHERE id = $1", photo_id)
    (released,) = await list_candidates(spot, "A101", now)

    assert (withheld.reporters, withheld.age_min, withheld.thumb_url) == (2, 7, None)
    assert released.thumb_url and str(photo_id) in released.thumb_url
    said = msgspec.json.encode(released).decode()
    assert not any(word in said for word in ("居民", "邻居", "秘密", "account"))


async def test_the_statement_and_the_pure_rule_agree_on_a_street_full_of_orders(now):
    town, chance = await make_town(now), random.Random(1)
    rule = msgspec.convert(dict(await db.fetchrow(_RULE, "A101")), MatchRule)
    for _ in range(60):
        item = chance.choice(["A101", "A101", "A102"])
        at = LonLat(DOOR.lng + chance.uniform(-4.5e-4, 6e-4), DOOR.lat + chance.uniform(-4e-4, 4e-4))
        opened = now - timedelta(minutes=chance.choice([5, 120, 239, 241, 5000]))
        fix = Fix(lng=at.lng, lat=at.lat)
        where = {"code": town.code} if chance.random() < 0.1 else {"code": None, "point": fix}
        order_id = (await make_order(town, opened, item=item, **where)).receipt.order_id
        if "point" in where:
            await db.execute("UPDATE work_order SET place_id = NULL WHERE id = $1", order_id)
        if chance.random() < 0.4:
            closed = max(opened, now - timedelta(minutes=chance.choice([10, 59, 61, 300])))
            await db.execute(
                "UPDATE work_order SET state = 'closed', closed_at = $2, handler_id = opened_by_id WHERE id = $1",
                order_id, closed,
            )  # fmt: skip
    known = {row["id"]: _known(row) for row in await db.fetch(_KNOWN)}
    for place_id, only_here in ((None, False), (town.place_id, False), (town.place_id, True)):
        for _ in range(5):
            point = DOOR if place_id else LonLat(DOOR.lng + chance.uniform(-4e-4, 4e-4), DOOR.lat)
            seen = NewCase(item_code="A101", point=point, at=now, place_id=place_id, only_here=only_here)
            wanted = candidates(seen, known.values(), rule)

            spot = CaseLocation(point=point, place_id=place_id, only_here=only_here)
            found = await list_candidates(spot, "A101", now, most=100)

            assert {each.order_id for each in found} == {id_ for id_, each in known.items() if each in wanted}


def _known(row) -> KnownOrder:
    return KnownOrder(
        item_code=row["item_code"],
        point=LonLat(row["lng"], row["lat"]),
        opened_at=row["opened_at"],
        closed_at=row["closed_at"],
        place_id=row["place_id"],
    )
