"""抢单: who gets an offer, and what everybody else is told."""

from datetime import date, timedelta

import pytest

from backend import db
from backend.accounts.structs import Role
from backend.duty import service as duty
from backend.geo.points import Fix
from backend.orders import verbs as orders
from backend.orders.model.errors import KeyUsedBefore
from grab_orders.offers import reads, requirements
from grab_orders.offers.errors import NotGrabbed, OfferNotFound
from grab_orders.offers.reads import OfferFilter
from grab_orders.people.structs import Skill
from tests.makers import volunteers
from tests.makers.duty import make_volunteer
from tests.makers.pool import (
    BINS,
    FIRE_LANE,
    grab,
    make_offer,
    make_pool_town,
    offer_of,
    order_of_offer,
    takes_of,
    taps,
)
from tests.makers.town import COMMITTEE, DOOR, TOWN, make_actor

pytestmark = pytest.mark.usefixtures("database")
MINUTE = timedelta(minutes=1)
ELSEWHERE = "310115105002"


@pytest.fixture
async def scene(now):
    return await make_pool_town(now)


async def refusal(offer_id, actor, now, **more):
    with pytest.raises(NotGrabbed) as refused:
        await grab(offer_id, actor, now, **more)
    return refused.value.extra


async def test_whoever_is_first_has_the_order_and_learns_where_it_is(scene, now):
    town, (anna, bert) = scene
    offer_id = await make_offer(town, now, item=FIRE_LANE)
    (shown,) = (await reads.list_offers(bert, OfferFilter(near=DOOR), now)).items

    take = await grab(offer_id, anna, now, "key-0001")

    order = await order_of_offer(offer_id)
    assert (order["state"], order["handler_id"]) == ("accepted", anna.account_id)
    assert (take.order.place, take.order.number, take.is_lead) == ("莲安东路100号", order["number"], True)
    assert take.lease_until == now + 10 * MINUTE
    assert (shown.block, shown.id, shown.barred_by, shown.needed) == ("第一居委", offer_id, None, 1)
    assert "100号" not in str(shown)
    assert (await reads.list_offers(bert, OfferFilter(near=DOOR), now)).items == []
    assert await takes_of(offer_id) == [(anna.account_id, "held")]


async def test_whoever_is_late_learns_who_was_first_and_what_else_is_near(scene, now):
    town, (anna, bert) = scene
    offer_id, other_id = await make_offer(town, now), await make_offer(town, now)
    await grab(offer_id, anna, now)

    told = await refusal(offer_id, bert, now)

    assert (told["reason"], told["winner"]) == ("taken", "志**")
    assert [each.id for each in told["nearby"]] == [other_id]


async def test_the_same_key_gets_the_same_answer_and_another_phone_of_the_same_person_too(scene, now):
    town, (anna, _) = scene
    offer_id, other_id = await make_offer(town, now), await make_offer(town, now)
    first = await grab(offer_id, anna, now, "key-0001")

    again = await grab(offer_id, anna, now + MINUTE, "key-0001")
    other_phone = await grab(offer_id, anna, now + MINUTE, "key-0002")

    assert first == again == other_phone
    assert len(await takes_of(offer_id)) == 1
    with pytest.raises(KeyUsedBefore):
        await grab(other_id, anna, now, "key-0001")
    assert (await offer_of(other_id))["state"] == "open"


async def test_three_at_once_and_no_fourth(scene, now):
    town, (anna, _) = scene
    ids = [await make_offer(town, now) for _ in range(4)]
    for each in ids[:3]:
        await grab(each, anna, now)

    told = await refusal(ids[3], anna, now)

    assert (told["reason"], told["open_orders_max"]) == ("limit-reached", 3)
    assert (await offer_of(ids[3]))["state"] == "open"


async def test_a_grab_that_arrives_after_the_window_comes_too_late(scene, now):
    town, (anna, _) = scene
    offer_id = await make_offer(town, now, item=FIRE_LANE)

    told = await refusal(offer_id, anna, now + 3 * MINUTE)

    assert (told["reason"], told["winner"]) == ("window-over", None)


async def test_who_may_not_is_told_every_reason(scene, now):
    town, (anna, _) = scene
    offer_id = await make_offer(town, now)
    await db.execute("UPDATE offer SET skill = 'first-aid', reporter_ids = $1", [anna.account_id])
    await duty.go_off_call(anna.account_id)

    told = await refusal(offer_id, anna, now)

    assert told["reasons"] == ["own-report", "skill-missing", "not-on-call"]


async def test_a_volunteer_of_another_committee_may_take_what_is_near(scene, now):
    town, _ = scene
    neighbour = await make_volunteer(now, "邻居委员", ELSEWHERE)
    offer_id = await make_offer(town, now)

    assert (await refusal(offer_id, neighbour, now))["reason"] == "too-far"
    take = await grab(offer_id, neighbour, now, point=Fix(lng=DOOR.lng + 0.01, lat=DOOR.lat))

    assert take.order.place == "莲安东路100号"


async def test_an_order_that_went_another_way_is_withdrawn(scene, now):
    town, (anna, bert) = scene
    offer_id = await make_offer(town, now)
    order = await order_of_offer(offer_id)
    await orders.cancel(order["id"], "误报", taps(town.dispatcher, now))

    told = await refusal(offer_id, anna, now)

    assert told["reason"] == "withdrawn"
    assert await takes_of(offer_id) == []
    with pytest.raises(OfferNotFound):
        await grab(999_999, bert, now)


async def test_a_member_of_the_committee_and_a_guard_of_the_property_may_grab_where_they_serve(scene, now):
    town, _ = scene
    member = await make_actor("居委委员", Role.COMMITTEE, COMMITTEE)
    guard = await make_actor("保安", Role.HANDLER, TOWN)
    for who in (member, guard):
        await duty.go_on_call(who, COMMITTEE, now)
        take = await grab(await make_offer(town, now), who, now)
        assert take.is_lead


async def test_an_order_for_two_takes_two_and_no_third(scene, now):
    town, (anna, bert) = scene
    third = await make_volunteer(now)
    offer_id = await make_offer(town, now, item=BINS, needed=2)

    first = await grab(offer_id, anna, now)
    assert ((await offer_of(offer_id))["state"], first.is_lead) == ("open", True)
    second = await grab(offer_id, bert, now)

    assert ((await offer_of(offer_id))["state"], second.is_lead, second.order.place) == ("held", False, "莲安东路100号")
    assert (await refusal(offer_id, third, now))["winner"] == "志**"
    assert (await order_of_offer(offer_id))["handler_id"] == anna.account_id


async def test_minors_and_skills_are_as_the_committee_approved_them(scene, now):
    town, _ = scene
    guardian = {"guardian_name": "王大明", "guardian_phone": "13900000000", "guardian_agrees": True}
    young = await volunteers.make_volunteer(
        now, id_number=volunteers.id_number(date(2004, 9, 1)), skills=[Skill.REPAIR], **guardian
    )
    await duty.go_on_call(young, COMMITTEE, now, skills=["repair", "driving"])
    fire_lane, bins = await make_offer(town, now, item=FIRE_LANE), await make_offer(town, now)

    assert (await refusal(fire_lane, young, now))["reasons"] == ["adults-only"]
    await db.execute("UPDATE offer SET skill = 'driving' WHERE id = $1", bins)
    assert (await refusal(bins, young, now))["reasons"] == ["skill-missing"]
    await db.execute("UPDATE offer SET skill = 'repair' WHERE id = $1", bins)
    assert (await grab(bins, young, now)).is_lead


async def test_what_an_item_asks_holds_for_the_next_offer(scene, now):
    town, (anna, _) = scene
    asked = requirements.Requirement(item_prefix="A3", skill=Skill.DRIVING, points=33)
    await requirements.set_requirement(asked)
    try:
        offer_id = await make_offer(town, now)
        assert (await refusal(offer_id, anna, now))["reasons"] == ["skill-missing"]
        assert (await offer_of(offer_id))["points"] == 33
        assert [each.item_prefix for each in await requirements.list_requirements()] == ["A3", "B"]
    finally:
        assert await requirements.remove_requirement("A3")
    assert (await offer_of(await make_offer(town, now)))["points"] == 5
