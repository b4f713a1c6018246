"""Presence at a place with an outline: inside is there, a hole is outside, and beyond it the way to the edge counts."""

import pytest
import shapely

from backend import db
from backend.geo.points import Fix, LonLat
from backend.orders.transitions import locking
from tests.makers.orders import make_accepted
from tests.makers.town import DOOR, make_town

pytestmark = pytest.mark.usefixtures("database")
EAST_M = 1 / 95_400
"""A metre in degrees of longitude at the door."""


def box(west_m: float, east_m: float, half_m: float = 500) -> shapely.Polygon:
    """A box from so many to so many metres east of the door."""
    north = half_m / 110_870
    return shapely.box(DOOR.lng + west_m * EAST_M, DOOR.lat - north, DOOR.lng + east_m * EAST_M, DOOR.lat + north)


async def distance(now, outline: shapely.Geometry | None, east_m: float) -> float:
    """How far a handler so many metres east of the door is from an order at the door."""
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    whole = None if outline is None else shapely.MultiPolygon([outline])
    await db.execute("UPDATE place SET outline = $1 WHERE id = $2", whole, town.place_id)
    order = await locking.lock_order(order_id, town.handlers[0], LonLat(DOOR.lng + east_m * EAST_M, DOOR.lat))
    assert order.distance_m is not None
    return order.distance_m


@pytest.mark.parametrize(
    ("east_m", "away_m"),
    [(0, 0), (390, 0), (500, 100), (-150, 50)],
    ids=["at the door", "far inside", "east of the edge", "west of the edge"],
)
async def test_within_the_outline_the_way_is_nothing_and_outside_it_ends_at_the_edge(now, east_m, away_m):
    assert await distance(now, box(-100, 400), east_m) == pytest.approx(away_m, abs=1)


async def test_a_courtyard_is_not_the_house(now):
    ring = box(-100, 400).difference(box(100, 300, half_m=400))

    assert await distance(now, ring, 200) == pytest.approx(100, abs=1)


async def test_without_an_outline_the_way_ends_at_the_point(now):
    assert await distance(now, None, 390) == pytest.approx(390, abs=1)


async def test_where_the_order_itself_lies_is_always_near_enough(now):
    """A report beside its place: whoever stands at the very spot is there, whatever the outline says."""
    assert await distance(now, box(200, 400), 5) == pytest.approx(5, abs=0.1)


async def test_a_fix_is_measured_in_wgs84_whatever_it_was_sent_in(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    await db.execute("UPDATE place SET outline = $1", shapely.MultiPolygon([box(-5, 5, half_m=5)]))
    gcj02 = Fix(lng=121.557955, lat=31.176415, datum="gcj02")  # type: ignore[arg-type]

    order = await locking.lock_order(order_id, town.handlers[0], gcj02.wgs84())

    assert order.distance_m == 0
