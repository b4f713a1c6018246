"""What is laid down for pickups: slots from schedules, recurring bookings, routes of a day, filings of renovation."""

from datetime import date, time, timedelta

import pytest
from msgspec.structs import replace

from backend import db
from backend.accounts.structs import Role
from backend.calendars.errors import DayTooFar, ScheduleInvalid
from backend.errors import Forbidden
from shops.pickup.bookings import booking, changing
from shops.pickup.errors import (
    CommitmentMissing,
    FilingDaysWrong,
    FilingDecided,
    FilingInUse,
    KindWrong,
    NotFiled,
    NotOfShop,
    OwnShop,
    RouteNotFound,
)
from shops.pickup.kinds import AmountUnit, WasteKind
from shops.pickup.recurring import service as recurring
from shops.pickup.recurring.structs import RecurrenceInput
from shops.pickup.renovation import ending, filing
from shops.pickup.renovation.structs import COMMITMENT, FilingDecision, FilingInput, FilingParty
from shops.pickup.routes import day, reading, running
from shops.pickup.slots import making
from tests.makers.accounts import make_staff
from tests.makers.pickup import make_hauling, make_owned_shop, make_price, make_slot, schedule, wish
from tests.makers.places import COMMITTEE, TOWN
from tests.makers.shops import make_shop_person
from tests.makers.town import make_actor, make_unit

pytestmark = pytest.mark.usefixtures("database", "photo_room")


async def slots_of(route_id: int) -> list:
    return await db.fetch("SELECT * FROM pickup_slot WHERE route_id = $1 ORDER BY starts_at", route_id)


async def test_slots_appear_a_week_ahead_by_the_schedule_and_once(now):
    hauling = await make_hauling()
    made = await running.add_schedule(
        hauling.route.id, schedule(weekdays=[1, 3], until_on=date(2021, 7, 26)), None, now
    )
    assert made == 2  # Monday 19 and Wednesday 21; today is a Sunday
    assert await making.make_ahead(now) == 0
    assert await making.make_ahead(now + timedelta(days=2)) == 1
    first, *_ = await slots_of(hauling.route.id)
    assert (first["starts_at"], first["cutoff_at"]) == (
        now.replace(day=19, hour=8, minute=0),
        now.replace(day=19, hour=7, minute=0),
    )
    assert (first["capacity"], first["load_l"]) == (5, hauling.route.load_l)


async def test_a_recurring_pickup_books_its_days_ahead_each_once(now, database):
    hauling = await make_hauling()
    await running.add_schedule(hauling.route.id, schedule(), None, now)
    await running.add_schedule(hauling.route.id, schedule(starts=time(18), ends=time(20)), None, now)
    said = RecurrenceInput(
        kind=WasteKind.WET, amount=2, unit=AmountUnit.BIN, rule="FREQ=WEEKLY;BYDAY=MO,WE", starts_on=date(2021, 7, 18),
        at=time(17, 30),
    )  # fmt: skip
    begun = await recurring.begin(hauling.shop_id, said, hauling.owner, now)
    assert begun.next_days == [date(2021, 7, 19), date(2021, 7, 21)]

    assert await recurring.book_ahead(now) == 2
    assert await recurring.book_ahead(now) == 0
    rows = await db.fetch("SELECT b.id, s.starts_at FROM pickup_booking b JOIN pickup_slot s ON s.id = b.slot_id")
    assert {row["starts_at"].astimezone(now.tzinfo).hour for row in rows} == {18}
    await changing.cancel(rows[0]["id"], "", hauling.owner, now)
    assert await recurring.book_ahead(now) == 0  # what was cancelled stays so

    await db.execute("UPDATE pickup_slot SET capacity = 1, booked = 1 WHERE booked = 0")
    assert await recurring.book_ahead(now + timedelta(days=2)) == 0
    outcomes = await db.fetch("SELECT outcome FROM pickup_occurrence ORDER BY on_date")
    assert [row["outcome"] for row in outcomes] == ["booked", "booked"]
    await making.make_ahead(now + timedelta(days=2))
    await db.execute("UPDATE pickup_slot SET capacity = 1, booked = 1 WHERE booked = 0")
    assert await recurring.book_ahead(now + timedelta(days=2)) == 0
    assert await db.fetchval("SELECT outcome FROM pickup_occurrence ORDER BY on_date DESC LIMIT 1") == "full"
    assert await db.fetchval("SELECT count(*) FROM event_log WHERE name = 'PickupNotBooked'") == 1

    for never_or_unreadable in ("FREQ=DAILY;BYMONTHDAY=45", "FREQ=MONTHLY;BYDAY=9MO"):
        with pytest.raises(ScheduleInvalid):
            await recurring.begin(hauling.shop_id, replace(said, rule=never_or_unreadable), hauling.owner, now)
    with pytest.raises(DayTooFar):
        await recurring.begin(hauling.shop_id, replace(said, starts_on=date(1, 1, 1)), hauling.owner, now)

    ended = await recurring.end(begun.id, hauling.owner, now)
    assert ended.ended_at == now
    with pytest.raises(NotOfShop):
        await recurring.begin(hauling.shop_id, said, (await make_owned_shop("2"))[1], now)


async def test_a_route_s_day_lists_its_stops_in_driving_order_for_its_crew_and_the_street(now):
    hauling = await make_hauling()
    starts_at = now + timedelta(hours=26)
    slot_id = await make_slot(hauling, starts_at)
    other_id, other = await make_owned_shop("2")
    await booking.book(hauling.shop_id, wish(slot_id), hauling.owner, now=now)
    late = (await booking.book(other_id, wish(slot_id, amount=3), other, now=now)).booking
    await db.execute("UPDATE pickup_booking SET has_priority = true WHERE id = $1", late.id)
    street, stranger = await make_staff(Role.DISPATCHER), await make_staff(Role.DISPATCHER, area="310104")

    seen = await day.get_day(hauling.route.id, starts_at.date(), hauling.crew)
    assert [(stop.position, stop.amount, stop.has_priority) for stop in seen.stops] == [(1, 3, True), (2, 1, False)]
    assert seen == await day.get_day(hauling.route.id, starts_at.date(), street)
    with pytest.raises(RouteNotFound):
        await day.get_day(hauling.route.id, starts_at.date(), stranger)
    [load] = await reading.list_loads(street, starts_at.date(), 1)
    assert (load.booked, load.capacity, load.loaded_l, load.came) == (2, 10, 960, 0)
    assert await reading.list_loads(stranger, starts_at.date(), 1) == []


async def test_only_the_street_lays_prices_and_quotas_down(now):
    hauling = await make_hauling()
    admin, crew = await make_staff(Role.STREET_ADMIN), hauling.crew
    from shops.pickup.routes.structs import PriceDraft, QuotaDraft

    draft = PriceDraft(
        area_code=TOWN, kind=WasteKind.WET, unit=AmountUnit.BIN, base_fen=4000, over_fen=8000, year_quota=1,
        from_on=date(2021, 7, 18),
    )  # fmt: skip
    with pytest.raises(Forbidden):
        await running.set_price(draft, crew)
    assert (await running.set_price(draft, admin)).base_fen == 4000
    slot_id = await make_slot(hauling, now + timedelta(days=1))
    quota = QuotaDraft(kind=WasteKind.WET, unit=AmountUnit.BIN, year=2021, base=2)
    keeper = await make_staff(Role.STREET_ADMIN)
    await make_shop_person(hauling.shop_id, keeper.account_id, "staff")
    with pytest.raises(OwnShop):
        await running.set_quota(hauling.shop_id, quota, keeper)
    await running.set_quota(hauling.shop_id, quota, admin)
    made = (await booking.book(hauling.shop_id, wish(slot_id, amount=3), hauling.owner, now=now)).booking
    assert made.price.total_fen == 2 * 4000 + 8000


async def test_renovation_waste_is_fetched_once_both_have_agreed_and_the_fee_is_paid(now):
    hauling = await make_hauling()
    property_id = await make_unit("property", TOWN)
    company = await make_actor("物业", Role.HANDLER, TOWN, unit_id=property_id)
    committee = await make_actor("居委", Role.COMMITTEE, COMMITTEE)
    await make_price("renovation", "m3", base_fen=18000, over_fen=18000)
    starts_at = now + timedelta(days=3)
    slot_id = await make_slot(hauling, starts_at, kind=WasteKind.RENOVATION)
    asked = wish(slot_id, kind=WasteKind.RENOVATION, amount=2, unit=AmountUnit.M3)
    said = FilingInput(
        works="厨房翻新", amount=3, from_on=date(2021, 7, 18), until_on=date(2021, 8, 18), commitment=COMMITMENT
    )

    async def missing() -> list[str]:
        with pytest.raises(NotFiled) as refused:
            await booking.book(hauling.shop_id, asked, hauling.owner, now=now)
        return refused.value.extra["missing"]

    assert await missing() == ["filing"]
    with pytest.raises(CommitmentMissing):
        await filing.file(
            hauling.shop_id,
            FilingInput(works="x", amount=1, from_on=said.from_on, until_on=said.until_on),
            hauling.owner,
            now,
        )
    with pytest.raises(FilingDaysWrong):
        await filing.file(
            hauling.shop_id,
            FilingInput(works="x", amount=1, from_on=said.until_on, until_on=said.from_on, commitment=COMMITMENT),
            hauling.owner,
            now,
        )
    filed = await filing.file(hauling.shop_id, said, hauling.owner, now)
    assert (filed.fee_fen, await missing()) == (54000, ["property", "committee", "fee"])
    by_property = FilingDecision(party=FilingParty.PROPERTY, is_agreed=True)
    with pytest.raises(Forbidden):
        await filing.decide(filed.id, by_property, committee, now)
    both = await make_actor("居委兼店员", Role.COMMITTEE, COMMITTEE)
    await make_shop_person(hauling.shop_id, both.account_id, "staff")
    with pytest.raises(OwnShop):
        await filing.decide(filed.id, FilingDecision(party=FilingParty.COMMITTEE, is_agreed=True), both, now)
    await filing.decide(filed.id, by_property, company, now)
    assert await missing() == ["committee", "fee"]
    by_committee = FilingDecision(party=FilingParty.COMMITTEE, is_agreed=True)
    agreed = await filing.decide(filed.id, by_committee, committee, now)
    assert (agreed.state, await missing()) == ("agreed", ["fee"])
    assert await filing.decide(filed.id, by_committee, committee, now) == agreed
    with pytest.raises(FilingDecided):
        await filing.decide(
            filed.id, FilingDecision(party=FilingParty.COMMITTEE, is_agreed=False, reason="x"), committee, now
        )
    paid = "UPDATE pickup_payment SET state = 'paid', paid_at = now(), confirmed_by_id = $1 WHERE filing_id = $2"
    await db.execute(paid, hauling.crew.account_id, filed.id)

    made = (await booking.book(hauling.shop_id, asked, hauling.owner, now=now)).booking
    order = await db.fetchrow("SELECT item_id, clock_from, resolve_by FROM work_order WHERE id = $1", made.order_id)
    assert order is not None and order["item_id"] == "C102"
    assert order["resolve_by"] - starts_at == timedelta(hours=36)
    slot_id = await make_slot(hauling, starts_at + timedelta(days=1), kind=WasteKind.RENOVATION)
    asked = wish(slot_id, kind=WasteKind.RENOVATION, amount=2, unit=AmountUnit.M3)
    assert await missing() == ["amount"]
    with pytest.raises(KindWrong):
        await recurring.begin(
            hauling.shop_id,
            RecurrenceInput(
                kind=WasteKind.RENOVATION,
                amount=1,
                unit=AmountUnit.M3,
                rule="FREQ=DAILY",
                starts_on=date(2021, 7, 18),
                at=time(9),
            ),
            hauling.owner,
            now,
        )

    with pytest.raises(FilingInUse):
        await ending.end(filed.id, hauling.owner, now)
    await changing.cancel(made.id, "", hauling.owner, now)
    ended = await ending.end(filed.id, hauling.owner, now)
    assert (ended.state, ended.refund_fen, ended.is_refunded) == ("ended", 54000, False)
    assert await ending.end(filed.id, hauling.owner, now) == ended
    assert await missing() == ["filing"]
