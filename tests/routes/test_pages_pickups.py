"""Pages of pickups without scripts: an owner books, changes, cancels; the crew counts; the street lays down; 双报备."""

import re
from datetime import timedelta

import pytest

from backend import clock, db
from backend.accounts.structs import Role
from backend.calendars.rules import shanghai_date
from shops.pickup.bookings import booking
from shops.pickup.bookings.following import follow
from shops.pickup.kinds import AmountUnit, WasteKind
from shops.pickup.renovation.structs import COMMITMENT
from tests.makers.accounts import bearer, make_staff
from tests.makers.pickup import arrive, fetch, make_hauling, make_owned_shop, make_price, make_slot, slot_row, wish
from tests.makers.places import COMMITTEE, TOWN
from tests.makers.town import make_actor, make_unit
from tests.makers.worker import work

pytestmark = pytest.mark.usefixtures("photo_room")


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the form that books."""
    form = page[page.index('action="/shop/pickup"') :].split("</form>")[0]
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))


async def test_an_owner_books_in_four_taps_and_the_slot_is_held_meanwhile(client):
    now = clock.now()
    hauling = await make_hauling()
    await make_price(year_quota=1)
    slot_id = await make_slot(hauling, now + timedelta(hours=30), capacity=1)
    mine = bearer(hauling.owner)

    home = (await client.get("/shop", headers=mine)).text
    assert f'href="/shop/pickup?shop={hauling.shop_id}"' in home  # the first tap
    slots = (await client.get(f"/shop/pickup?shop={hauling.shop_id}&kind=wet", headers=mine)).text  # the second
    assert f'name="slot" value="{slot_id}"' in slots and "余 1" in slots
    chosen = {"shop": hauling.shop_id, "kind": "wet", "amount": 2, "unit": "bin", "slot": slot_id}
    held = await client.post("/shop/pickup/hold", data=chosen, headers=mine)  # the third
    assert held.status_code == 200
    assert "¥180.00" in held.text and "基数内 1 × ¥60.00,超量 1 × ¥120.00" in held.text
    assert tuple(await slot_row(slot_id))[:2] == (0, 1)
    fields = hidden(held.text)
    booked = await client.post("/shop/pickup", data=fields, headers=mine)  # the fourth
    again = await client.post("/shop/pickup", data=fields, headers=mine)

    assert (booked.status_code, booked.headers["location"][-6:]) == (303, "booked")
    assert again.headers["location"].endswith("done=again")
    shown = await client.get(booked.headers["location"], headers=mine)
    assert "预约成功" in shown.text and "已预约" in shown.text
    assert tuple(await slot_row(slot_id))[:2] == (1, 0)


async def test_a_slot_that_is_gone_while_deciding_leads_to_the_nearest(client):
    now = clock.now()
    hauling = await make_hauling()
    full = await make_slot(hauling, now + timedelta(hours=30), capacity=1)
    free = await make_slot(hauling, now + timedelta(hours=34))
    other_id, other = await make_owned_shop("2")
    await booking.book(other_id, wish(full), other, now=now)
    chosen = {"shop": hauling.shop_id, "kind": "wet", "amount": "3", "unit": "bin", "slot": full}

    refused = await client.post("/shop/pickup/hold", data=chosen, headers=bearer(hauling.owner))

    assert refused.status_code == 409
    assert "最近的空闲时段" in refused.text and refused.text.count(f'name="slot" value="{free}"') == 2
    assert 'name="amount" value="3"' in refused.text  # what was typed is kept
    odd = await client.post("/shop/pickup/hold", data=chosen | {"amount": "x"}, headers=bearer(hauling.owner))
    assert odd.status_code == 400
    elsewhere = await client.post("/shop/pickup/hold", data=chosen | {"shop": other_id}, headers=bearer(hauling.owner))
    assert elsewhere.headers["location"] == "/shop"  # and nothing is held for the own shop in its place


async def test_a_booking_is_moved_cancelled_confirmed_and_disputed_on_its_page(client, database):
    now = clock.now()
    hauling = await make_hauling()
    mine = bearer(hauling.owner)
    one = await make_slot(hauling, now + timedelta(hours=30))
    other = await make_slot(hauling, now + timedelta(hours=50))
    made = (await booking.book(hauling.shop_id, wish(one), hauling.owner, now=now)).booking
    to = {"shop": hauling.shop_id, "kind": "wet", "amount": 2, "unit": "bin", "slot": other, "change": made.id}
    moved = await client.post("/shop/pickup/hold", data=to, headers=mine)
    assert moved.status_code == 303
    address = moved.headers["location"].split("?")[0]
    cancelled = await client.post(f"{address}/cancel", data={"reason": "停业"}, headers=mine)
    assert "已取消" in (await client.get(cancelled.headers["location"], headers=mine)).text

    await make_price()
    made = (await booking.book(hauling.shop_id, wish(one), hauling.owner, now=now)).booking
    await fetch(made, hauling.crew, clock.now())
    await work(database)
    page = f"/shop/pickup/{made.id}"
    assert "确认" in (await client.get("/shop", headers=mine)).text
    empty = await client.post(f"{page}/dispute", data={"reason": ""}, headers=mine)
    assert empty.status_code == 422
    disputed = await client.post(f"{page}/dispute", data={"reason": "还剩一桶"}, headers=mine)
    assert "有异议" in (await client.get(disputed.headers["location"], headers=mine)).text
    await db.execute("UPDATE pickup_booking SET state = 'collected' WHERE id = $1", made.id)
    stranger = bearer((await make_owned_shop("2"))[1])
    assert (await client.get(page, headers=stranger)).status_code == 403


async def test_the_crew_counts_on_the_route_s_day(client):
    now = clock.now()
    hauling = await make_hauling()
    slot_id = await make_slot(hauling, now + timedelta(hours=1, minutes=30), cutoff=timedelta(hours=1))
    made = (await booking.book(hauling.shop_id, wish(slot_id), hauling.owner, now=now)).booking
    crew = bearer(hauling.crew)
    await arrive(made, hauling.crew, now)
    await follow([made.order_id], now)

    on = shanghai_date(made.slot.starts_at)
    day = await client.get(f"/pickups?route={hauling.route.id}&on={on}", headers=crew)
    assert "清点或称重" in day.text and f'href="/o/{made.order_id}"' in day.text
    assert 'href="/pickups"' in (await client.get("/work", headers=crew)).text
    said = {"counted": "2", "weight": "182,5", "ticket": "7", "route": hauling.route.id, "on": str(on)}
    saved = await client.post(f"/pickups/{made.id}/measure", data=said, headers=crew)
    assert saved.status_code == 303
    assert "实收 2 · 182.5 kg" in (await client.get(saved.headers["location"].split("#")[0], headers=crew)).text
    other = str(on + timedelta(days=2))
    odd = said | {"weight": "heavy", "on": other}
    wrong = await client.post(f"/pickups/{made.id}/measure", data=odd, headers=crew)
    assert wrong.status_code == 400
    assert f'on={other}" aria-current="page"' in wrong.text  # the day that was open stays open
    assert (await client.get("/pickups?on=9999-12-31", headers=crew)).status_code == 200


async def test_the_crew_says_why_it_took_nothing_and_the_shop_reads_what_to_do(client):
    now = clock.now()
    hauling = await make_hauling()
    slot_id = await make_slot(hauling, now + timedelta(hours=1, minutes=30), cutoff=timedelta(hours=1))
    made = (await booking.book(hauling.shop_id, wish(slot_id), hauling.owner, now=now)).booking
    crew, page = bearer(hauling.crew), f"/pickups/{made.id}/refuse"
    day = f"/pickups?route={hauling.route.id}&on={shanghai_date(made.slot.starts_at)}"
    assert f'href="{page}?route={hauling.route.id}"' in (await client.get(day, headers=crew)).text
    assert "分类不符" in (await client.get(page, headers=crew)).text
    assert (await client.get(page, headers=bearer(hauling.owner))).status_code == 403
    unclear = await client.post(page, data={"note": "全混在一起"}, headers=crew)
    assert unclear.status_code == 400 and "全混在一起</textarea>" in unclear.text
    said = {"refusal": "sorted_wrong", "note": "全混在一起", "route": hauling.route.id}
    early = await client.post(page, data=said, headers=crew)
    assert early.status_code == 409 and "请先在工单里到场打卡" in early.text
    await arrive(made, hauling.crew, now)

    refused = await client.post(page, data=said, headers=crew)

    assert refused.headers["location"] == f"{day}&done=refused"
    told = (await client.get(f"/shop/pickup/{made.id}", headers=bearer(hauling.owner))).text
    assert "没有收走:分类不符" in told and "重新预约" in told and "这份预约不收费" in told


async def test_the_street_lays_routes_schedules_and_prices_down_and_confirms_money(client):
    hauling = await make_hauling()
    admin = bearer(await make_staff(Role.STREET_ADMIN))
    route = {"code": "r2", "name": "二线", "unit_id": hauling.unit_id, "area_code": TOWN, "load_l": "9000"}
    plans = "/pickups/plans"
    assert (await client.post(f"{plans}/routes", data=route, headers=admin)).status_code == 303
    route_id = await db.fetchval("SELECT id FROM pickup_route WHERE code = 'r2'")
    times = {"kind": "dry", "weekday": ["1", "2", "3", "4", "5", "6", "7"], "starts": "08:00", "ends": "10:00"}
    schedule = {**times, "route_id": route_id, "capacity": "5", "cutoff_min": "60", "from_on": "2026-01-01"}
    assert (await client.post(f"{plans}/schedules", data=schedule, headers=admin)).status_code == 303
    assert await db.fetchval("SELECT count(*) FROM pickup_slot WHERE route_id = $1", route_id) >= 7
    price = {"kind": "dry", "unit": "bin", "area_code": TOWN, "base": "45.5", "over": "90", "from_on": "2026-01-01"}
    assert (await client.post(f"{plans}/prices", data=price, headers=admin)).status_code == 303
    page = (await client.get(plans, headers=admin)).text
    assert "¥45.50" in page and "二线" in page
    late = await client.post(f"{plans}/schedules", data=schedule | {"ends": "07:00"}, headers=admin)
    assert late.status_code == 422 and 'value="07:00"' in late.text  # what was typed is kept
    pickups = f"/shops/{hauling.shop_id}/pickups"
    quota = {"kind": "dry", "unit": "bin", "base": "12"}
    assert (await client.post(pickups, data=quota | {"base": "x"}, headers=admin)).status_code == 400
    assert (await client.post(pickups, data=quota, headers=admin)).status_code == 303
    assert "0 / 12" in (await client.get(pickups, headers=admin)).text
    assert (await client.post(f"{plans}/prices", data=price, headers=bearer(hauling.crew))).status_code == 403


async def test_works_are_filed_and_agreed_to_on_pages(client):
    now = clock.now()
    hauling = await make_hauling()
    await make_price("renovation", "m3", base_fen=18000, over_fen=18000)
    property_id = await make_unit("property", TOWN)
    company = bearer(await make_actor("物业", Role.HANDLER, TOWN, unit_id=property_id))
    committee = bearer(await make_actor("居委", Role.COMMITTEE, COMMITTEE))
    mine = bearer(hauling.owner)
    works = {"shop": hauling.shop_id, "works": "翻新", "amount": "2", "from_on": f"{now.date()}"}
    works |= {"until_on": f"{now.date() + timedelta(days=20)}", "commitment": COMMITMENT}
    unsigned = await client.post("/shop/pickup/renovation", data=works | {"commitment": ""}, headers=mine)
    assert unsigned.status_code == 422 and "翻新" in unsigned.text
    assert (await client.post("/shop/pickup/renovation", data=works, headers=mine)).status_code == 303
    filing_id = await db.fetchval("SELECT id FROM renovation_filing")
    for party, who in (("property", company), ("committee", committee)):
        assert "/pickups/filings" in (await client.get("/work", headers=who)).text
        listed = (await client.get("/pickups/filings", headers=who)).text
        assert f'name="party" value="{party}"' in listed
        said = {"party": party, "answer": "agree"}
        assert (await client.post(f"/pickups/filings/{filing_id}", data=said, headers=who)).status_code == 303
    desk = bearer(await make_staff(Role.DISPATCHER))
    plans = (await client.get("/pickups/plans", headers=desk)).text
    payment_id = await db.fetchval("SELECT id FROM pickup_payment")
    assert "¥360.00" in plans
    paid = await client.post(f"/pickups/plans/payments/{payment_id}", data={"receipt": "7"}, headers=desk)
    assert paid.status_code == 303
    shown = (await client.get("/shop/pickup/renovation", headers=mine)).text
    assert "预约清运" in shown and "已付" in shown
    slot_id = await make_slot(hauling, now + timedelta(days=2), kind=WasteKind.RENOVATION)
    chosen = wish(slot_id, kind=WasteKind.RENOVATION, amount=2, unit=AmountUnit.M3)
    assert (await booking.book(hauling.shop_id, chosen, hauling.owner, now=now)).is_new


async def test_a_week_s_days_are_booked_by_themselves(client):
    now = clock.now()
    hauling = await make_hauling()
    await make_slot(hauling, now + timedelta(hours=30))
    mine = bearer(hauling.owner)
    said = {"shop": hauling.shop_id, "kind": "wet", "amount": "1", "unit": "bin", "at": "09:00"}
    said |= {"weekday": [str(day) for day in range(1, 8)]}
    begun = await client.post("/shop/pickup/recurring", data=said, headers=mine)
    assert begun.status_code == 303
    assert await db.fetchval("SELECT count(*) FROM pickup_booking") == 1
    page = (await client.get(begun.headers["location"], headers=mine)).text
    assert "每周一、二、三" in page and "FREQ=" not in page
    [ends] = re.findall(r'action="(/shop/pickup/recurring/\d+/end)"', page)
    assert (await client.post(ends, headers=mine)).status_code == 303
    assert (await client.post("/shop/pickup/recurring", data=said | {"at": "soon"}, headers=mine)).status_code == 400
