"""Who may read an order, and who may do what with it: the order decides, never a role that is held somewhere else.

Everybody asks for an order of the town. `joined_*` reported it, too; `there` is another town; `mixed_*` hold
two grants, of which neither covers what the two together seem to give; `helper*` are volunteers who have it.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from backend import clock, db
from backend.accounts.structs import Actor, Role
from backend.orders.model.visibility import audience_to
from backend.sql import sql
from tests.makers.accounts import bearer, grant, make_device, make_staff
from tests.makers.requests import MAKERS, World, status_of
from tests.makers.town import TOWN, make_town, make_unit
from tests.routes.test_operations_by_role import described

THERE = "310104003"

READINGS = """
                   opener follower joined_verifier joined_dispatcher joined_handler handler handler_there handler_other_unit verifier verifier_there dispatcher dispatcher_there inspector committee stranger mixed_handler mixed_verifier mixed_committee mixed_inspector helper helper_next_door
get_order             200      200             200               200            200     200           404                404      200            404        200              404       200       200      404           200            200             200             200       200              200
list_alike_photos     403      403             403               403            403     403           404                404      200            404        200              404       200       200      404           403            200             200             200       403              403
read_original_photo   403      403             403               403            403     403           404                404      200            404        403              404       403       403      404           403            200             403             403       403              403
redact_photo          403      403             403               403            403     403           404                404      200            404        200              404       200       200      404           403            200             200             200       403              403
release_photo         403      403             403               403            403     403           404                404      200            404        200              404       200       200      404           403            200             200             200       403              403
withhold_photo        403      403             403               403            403     403           404                404      200            404        200              404       200       200      404           403            200             200             200       403              403
"""  # noqa: E501
"""Operation, actor, status: first what may be read, and what may be done to its photos."""

MOVES = """
                opener follower joined_verifier joined_dispatcher joined_handler handler handler_there handler_other_unit verifier verifier_there dispatcher dispatcher_there inspector committee stranger mixed_handler mixed_verifier mixed_committee mixed_inspector helper helper_next_door
accept_order       403      403             403               403            403     200           404                404      403            403        403              403       403       403      403           200            403             403             403       403              403
verify_order       403      403             403               403            403     403           403                403      200            404        403              403       200       403      403           403            200             403             200       403              403
reassign_order     403      403             403               403            403     403           403                403      403            403        200              404       403       403      403           403            403             403             403       403              403
supervise_order    403      403             403               403            403     403           403                403      403            403        200              404       403       403      403           403            403             403             403       403              403
cancel_order       403      403             403               403            403     403           403                403      403            403        200              404       403       403      403           403            403             403             403       403              403
keep_call          403      403             403               403            403     403           403                403      403            403        200              404       403       403      403           403            403             403             403       403              403
urge_order         200      200             200               200            200     403           404                404      403            404        200              404       403       200      404           403            403             200             403       403              403
"""  # noqa: E501

STAFF = {"handler", "verifier", "dispatcher", "inspector", "committee"}
STAFF |= {"mixed_handler", "mixed_verifier", "mixed_committee", "mixed_inspector"}


def promised(table: str) -> dict[str, dict[str, int]]:
    head, *rows = [line.split() for line in table.splitlines() if line.strip()]
    return {name: dict(zip(head, map(int, statuses), strict=True)) for name, *statuses in rows}


@pytest.mark.parametrize("table", [READINGS, MOVES], ids=["readings", "moves"])
async def test_everybody_may_do_with_an_order_what_one_grant_of_theirs_gives(client, table):
    now = clock.now()
    world = World(await make_town(now), now)
    people, operations = await everybody(world), await described(client)

    surprises = []
    for name, row in promised(table).items():
        method, path = operations[name]
        for who, expected in row.items():
            asked = await MAKERS[name](world, None)
            await relate(who, people[who], asked.path["order_id"])
            if (status := await status_of(client, method, path, asked, bearer(people[who]))) != expected:
                surprises.append(f"{name} by {who}: promised {expected}, was {status}")

    assert surprises == []


async def test_an_order_is_told_as_to_staff_by_one_grant_only(client):
    now = clock.now()
    world = World(await make_town(now), now)
    people = await everybody(world)
    order_id = (await MAKERS["get_order"](world, None)).path["order_id"]

    told: dict[str, set[str]] = {}
    for who, person in people.items():
        await relate(who, person, order_id)
        answer = await client.get(f"/api/v1/orders/{order_id}", headers=bearer(person))
        listed = (await client.get("/api/v1/orders", headers=bearer(person))).json()["items"]
        alone = [answer.json()["audience"]] if answer.status_code == 200 else []
        assert [order["audience"] for order in listed] == alone, who
        as_sql = sql("SELECT {as_told} FROM work_order o WHERE o.id = :id", as_told=audience_to(person), id=order_id)
        assert await db.fetchval(as_sql) == (alone or ["public"])[0], who
        for audience in alone:
            told.setdefault(audience, set()).add(who)
        await part(who, person, order_id, world)

    assert told["staff"] == STAFF
    assert told["helper"] == {"helper", "helper_next_door"}
    assert told["reporter"] == {"opener", "follower", "joined_verifier", "joined_dispatcher", "joined_handler"}


async def everybody(world: World) -> dict[str, Actor]:
    unit_id = world.town.unit_id
    other_unit_id = await make_unit("greening")
    make: dict[str, Callable[[], Awaitable[Actor]]] = {
        "opener": make_device,
        "follower": make_device,
        "joined_verifier": lambda: make_staff(Role.VERIFIER, area=THERE),
        "joined_dispatcher": lambda: make_staff(Role.DISPATCHER, Role.STREET_ADMIN, area=THERE),
        "joined_handler": lambda: make_staff(Role.HANDLER, area=TOWN, unit_id=other_unit_id),
        "handler": lambda: make_staff(Role.HANDLER, area=TOWN, unit_id=unit_id),
        "handler_there": lambda: make_staff(Role.HANDLER, area=THERE, unit_id=unit_id),
        "handler_other_unit": lambda: make_staff(Role.HANDLER, area=TOWN, unit_id=other_unit_id),
        "verifier": lambda: make_staff(Role.VERIFIER, area=TOWN),
        "verifier_there": lambda: make_staff(Role.VERIFIER, area=THERE),
        "dispatcher": lambda: make_staff(Role.DISPATCHER, area=TOWN),
        "dispatcher_there": lambda: make_staff(Role.DISPATCHER, area=THERE),
        "inspector": lambda: make_staff(Role.INSPECTOR, area=TOWN),
        "committee": lambda: make_staff(Role.COMMITTEE, area=TOWN),
        "helper": lambda: make_staff(Role.VOLUNTEER, area=TOWN),
        "helper_next_door": lambda: make_staff(Role.VOLUNTEER, area=f"{TOWN[:-1]}6"),
        "stranger": lambda: make_staff(Role.RESIDENT, Role.SHOP_OWNER, Role.VOLUNTEER, area=TOWN),
    }
    people = {who: await maker() for who, maker in make.items()}
    handler = await make_staff(Role.HANDLER, area=TOWN, unit_id=unit_id)
    return people | {
        "mixed_handler": await grant(handler, Role.VERIFIER, Role.DISPATCHER, area=THERE),
        "mixed_verifier": await grant(await make_staff(Role.VERIFIER), Role.DISPATCHER, Role.HANDLER, area=THERE),
        "mixed_committee": await grant(await make_staff(Role.COMMITTEE), Role.VERIFIER, Role.DISPATCHER, area=THERE),
        "mixed_inspector": await grant(await make_staff(Role.INSPECTOR), Role.DISPATCHER, Role.COMMITTEE, area=THERE),
    }


async def relate(who: str, person: Actor, order_id: int) -> None:
    if who == "opener":
        await db.execute("UPDATE work_order SET opened_by_id = $1 WHERE id = $2", person.account_id, order_id)
    elif who.startswith("helper"):
        await db.execute("UPDATE work_order SET handler_id = $1 WHERE id = $2", person.account_id, order_id)
    elif who == "follower" or who.startswith("joined_"):
        await db.execute(_FOLLOW, order_id, person.account_id)


async def part(who: str, person: Actor, order_id: int, world: Any) -> None:
    """Nobody's relation to the order is left for the next."""
    if who == "opener":
        await db.execute(
            "UPDATE work_order SET opened_by_id = $1 WHERE id = $2", world.town.resident.account_id, order_id
        )
    if who.startswith("helper"):
        await db.execute("UPDATE work_order SET handler_id = NULL WHERE id = $1", order_id)
    await db.execute("DELETE FROM order_follower WHERE order_id = $1", order_id)


_FOLLOW = "INSERT INTO order_follower (order_id, account_id, origin_id, since) VALUES ($1, $2, $1, now())"
