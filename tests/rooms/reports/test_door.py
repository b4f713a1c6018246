"""What a scanned code tells its reader, in one statement."""

from datetime import timedelta

import pytest

from backend import db
from backend.accounts.structs import Actor, Role
from backend.geo.points import Fix
from backend.reports.candidates import list_candidates, spot_of
from backend.reports.landing import Door, get_door
from bench.parts.statements import heard_from
from qr import service as qr
from qr.errors import CodeRevoked, CodeUnknown
from tests.makers.cases import make_join, make_neighbour
from tests.makers.orders import make_accepted, make_closed, make_order, make_photos
from tests.makers.town import DOOR, SmallTown, make_actor, make_town

pytestmark = pytest.mark.usefixtures("database", "photo_room")

# PostgreSQL plans a statement anew at each of its first five calls, then decides whether values are worth it.
_PLANS = """
    SELECT sum(generic_plans) AS made_once, sum(custom_plans) AS made_anew FROM pg_prepared_statements
    WHERE statement LIKE '%' || $1 || '%'
"""
_ASKS_THE_TABLES, _ASKS_THE_SUMMARY = "duplicate_rule", "JOIN place_summary"


async def look(town: SmallTown, now, reader: Actor | None = None) -> Door:
    return await get_door(town.code, reader, now, frequent=3)


@pytest.mark.parametrize("is_signed_in", [False, True])
async def test_a_scan_is_decided_in_one_statement(now, is_signed_in):
    town = await make_town(now)
    await make_accepted(town, now)
    reader = town.handlers[0] if is_signed_in else None
    await look(town, now, reader)

    heard = await heard_from(lambda: look(town, now, reader))

    assert len(heard) == 1


@pytest.mark.parametrize(("is_signed_in", "statement"), [(False, _ASKS_THE_SUMMARY), (True, _ASKS_THE_TABLES)])
async def test_a_scan_is_planned_once_for_a_connection(now, is_signed_in, statement):
    town = await make_town(now)
    await make_accepted(town, now)
    reader = town.handlers[0] if is_signed_in else None

    async with db.transaction():
        for _ in range(20):
            await look(town, now, reader)
        plans = await db.fetchrow(_PLANS, statement)

    assert plans is not None and plans["made_once"] >= 10


async def test_a_door_shows_the_very_candidates_of_a_report_without_an_item(now):
    town = await make_town(now)
    (photo_id,) = await make_photos(town.resident)
    beside = Fix(lng=DOOR.lng + 0.0002, lat=DOOR.lat)
    await make_order(town, now - timedelta(days=50), photo_ids=[photo_id])
    await make_order(town, now, item="A401", code=None, point=beside)
    await make_order(town, now, item="B401")
    await make_closed(town, now - timedelta(minutes=30))
    await db.execute("UPDATE photo SET visibility = 'released' WHERE id = $1", photo_id)

    shown = (await look(town, now)).reported

    assert len(shown) == 3 and any(each.thumb_url for each in shown)
    assert shown == await list_candidates(await spot_of(town.code, None), None, now)


async def test_what_came_up_most_of_late_comes_first(now):
    town = await make_town(now)
    for item in ("A401", "A101", "A301", "A301"):
        await make_order(town, now, item=item)

    assert (await look(town, now)).frequent == ["A301", "A101", "A401"]


async def test_a_reader_knows_the_own_reports_and_no_others(now):
    town, neighbour = await make_town(now), await make_neighbour()
    order_id = (await make_order(town, now)).receipt.order_id
    token = (await make_join(town, order_id, neighbour, now)).receipt.tracking_token

    own = await look(town, now, neighbour)
    others = await look(town, now, await make_neighbour("路人"))

    assert own.own_tokens == {order_id: token}
    assert others.own_tokens == (await look(town, now)).own_tokens == {}


async def test_orders_are_those_of_the_scope_with_the_moves_of_the_reader(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    elsewhere = await make_actor("别处", Role.DISPATCHER, "310115999")

    mine = (await look(town, now, town.handlers[0])).orders
    seen = (await look(town, now, town.verifier)).orders

    assert [order.id for order in mine] == [order.id for order in seen] == [order_id]
    assert "check_in" in mine[0].allowed and "check_in" not in seen[0].allowed
    assert (await look(town, now, elsewhere)).orders == []


async def test_the_strip_says_what_came_up_lately_to_those_who_look_after_the_area(now):
    town = await make_town(now)
    await make_order(town, now - timedelta(days=40), item="A201")
    for item in ("A101", "A102", "A301"):
        await make_order(town, now, item=item)

    strip = (await look(town, now, town.verifier)).classes

    assert [(each.class_code, each.recent) for each in strip or []] == [("A1", 2), ("A3", 1)]
    assert (await look(town, now, town.resident)).classes is None


async def test_a_code_that_leads_nowhere_says_why(now):
    town = await make_town(now)
    await qr.revoke(town.code, actor=None, now=now, why="拆除")

    with pytest.raises(CodeRevoked):
        await look(town, now)
    for typed in ("000000000000", "nonsense", ""):
        with pytest.raises(CodeUnknown):
            await get_door(typed, None, now, frequent=3)
