"""What a branch opens for later: its clock begins then, it can be taken back, and silence confirms it."""

from datetime import timedelta

import pytest

from backend import db
from backend.accounts.structs import Role
from backend.orders import verbs as orders
from backend.orders.assignment.structs import Opening, OrderSite
from backend.orders.cases.root_cause import open_root_causes
from backend.orders.model.errors import MoveForbidden
from backend.orders.transitions.transition import SYSTEM_ACTOR, TransitionContext
from backend.orders.verifying.confirmation import SILENT_FOR
from tests.makers.orders import make_accepted, make_handled, make_on_site, state_of, verified_by
from tests.makers.town import COMMITTEE, DOOR, TOWN, SmallTown, make_actor, make_shift, make_town

pytestmark = pytest.mark.usefixtures("database", "photo_room")


def opening_of(town: SmallTown, **changes) -> Opening:
    scene = OrderSite(
        lng=DOOR.lng, lat=DOOR.lat, area_code=COMMITTEE, grid_code=f"{COMMITTEE}001", place_id=town.place_id
    )
    fields = {
        "item_code": "C101",
        "scene": scene,
        "actor": town.resident,
        "actor_role": "resident",
        "source_kind": "pickup",
        "reporter_kinds": None,
        "unit_id": town.unit_id,
        **changes,
    }
    return Opening(**fields)


async def row_of(order_id: int):
    return await db.fetchrow("SELECT * FROM work_order WHERE id = $1", order_id)


async def test_an_order_for_later_counts_from_then_and_goes_to_whoever_is_on_duty_then(now):
    town = await make_town(now)
    begins_at = (now + timedelta(days=2)).replace(hour=10)
    await db.execute("UPDATE duty_shift SET ends_at = $1", now + timedelta(hours=8))
    later = await make_actor("后天值班", Role.HANDLER, TOWN, unit_id=town.unit_id)
    await make_shift(later, town.unit_id, begins_at)

    opened = await orders.open(opening_of(town, begins_at=begins_at), now=now)

    row = await row_of(opened.order_id)
    assert (row["opened_at"], row["clock_from"], row["handler_id"]) == (now, begins_at, later.account_id)
    assert row["respond_by"] == begins_at + timedelta(minutes=30)
    assert row["resolve_by"] == begins_at + timedelta(minutes=240)
    assert opened.number.startswith(f"YM{now + timedelta(hours=8):%y%m%d}-")


async def test_what_was_booked_counts_as_no_report_of_its_place(now):
    town = await make_town(now)
    for _ in range(3):
        opened = await orders.open(opening_of(town), now=now)

    assert await open_root_causes([opened.order_id], now) == []


async def test_an_order_is_taken_back_until_somebody_is_there(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    by = TransitionContext(actor=town.resident, now=now)

    await orders.withdraw(order_id, "不清运了", by)

    step = await db.fetchrow("SELECT actor_id, actor_role, note FROM order_step WHERE move = 'withdraw'")
    assert tuple(step) == (town.resident.account_id, "reporter", "不清运了")
    assert await state_of(order_id) == "cancelled"
    assert await db.fetchval("SELECT name FROM event_log ORDER BY id DESC LIMIT 1") == "OrderCancelled"
    with pytest.raises(MoveForbidden):
        await orders.withdraw(await make_on_site(town, now), "晚了", TransitionContext(actor=SYSTEM_ACTOR, now=now))


async def test_a_merchant_who_says_nothing_for_a_day_has_confirmed(now):
    town = await make_town(now)
    other = await make_handled(town, now)  # waits for a verifier
    async with verified_by("merchant_confirm"):
        order_id = await make_handled(town, now)

    assert not await orders.confirm_by_silence(order_id, now + SILENT_FOR - timedelta(seconds=1))
    assert not await orders.confirm_by_silence(other, now + SILENT_FOR)
    assert await orders.confirm_by_silence(order_id, now + SILENT_FOR)
    assert not await orders.confirm_by_silence(order_id, now + SILENT_FOR)

    assert await state_of(order_id) == "closed"
    step = await db.fetchrow("SELECT move, actor_role, detail FROM order_step ORDER BY id DESC LIMIT 1")
    assert (step["move"], step["actor_role"]) == ("auto_pass", "system")
    assert "silence" in step["detail"]
